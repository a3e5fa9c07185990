/**
 * The report page as text: escaped, complete, the same each time, small enough.
 * In: models of real runs and odd ones. Out: what stands in the HTML; how it looks is page.slow.test.ts.
 */
import { createHash } from "node:crypto"
import { assert, describe, it } from "vitest"
import { page } from "../../../src/report/page/page.ts"
import { SCRIPT, SCRIPT_HASH } from "../../../src/report/page/script.ts"
import type { PageModel } from "../../../src/report/PageModel.ts"
import { emptyLedger, modelOf, runModel, tradeAt } from "./model.ts"
import { HARM, ODD_MODELS } from "./oddModels.ts"

const model = runModel(3, 6_000)
const text = page(model)

const odd = (name: string): PageModel => ODD_MODELS.find(([each]) => each === name)![1]

/** The page without styles, scripts, drawings and tags: what a person reads. */
const wordsOf = (html: string): string =>
  html.replace(/<style>[\s\S]*?<\/style>|<script[\s\S]*?<\/script>|<[^>]*>/g, " ").replace(/\s+/g, " ")

describe("page", () => {
  it("is the same text for the same model", () => {
    assert.strictEqual(page(runModel(3, 6_000)), text)
  })

  it("puts the questions in order: what, how much, is it true, where from, why, every trade, facts", () => {
    const places = [
      "<h1>",
      "DEMO MARKET",
      "Net profit",
      "class=\"care",
      ...["equity", "drawdown", "price-1", "months", "returns", "excursions", "votes", "decisions", "metrics"]
        .map((id) => `<section id="${id}"`),
      "<section id=\"trades\"",
      "<section id=\"facts\""
    ].map((words) => text.indexOf(words))
    assert.isTrue(places.every((place) => place > 0), places.join(" "))
    assert.deepStrictEqual(places, places.toSorted((a, b) => a - b))
  })

  it("shows each figure that everybody asks for in a tile, from a real tear sheet", () => {
    const tiles = [...text.matchAll(/<div class="tile"><dt>([^<]*)<\/dt>/g)].map(([, name]) => name)
    assert.deepStrictEqual(tiles, [
      "Net profit",
      "Buy and hold",
      "Max drawdown",
      "Sharpe ratio",
      "Trades",
      "Win rate",
      "Exposure",
      "Costs"
    ])
  })

  it("lets only its own script run, by the hash of what stands in it", () => {
    const hash = `sha256-${createHash("sha256").update(SCRIPT).digest("base64")}`
    assert.strictEqual(SCRIPT_HASH, hash, "SCRIPT changed: write the new hash into script.ts")
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1]?.replaceAll("&#39;", "'") ??
      ""
    assert.include(policy, `script-src '${hash}';`)
    assert.include(policy, "default-src 'none';")
    assert.include(text, `<script>${SCRIPT}</script>`)
  })

  it("names no address outside itself", () => {
    const addresses = text.match(/(?:https?:|\/\/[a-z])[^"'\s]*/g) ?? []
    assert.deepStrictEqual(addresses, [])
    assert.notMatch(text, /<link(?![^>]*href="data:)|@import|url\(/)
  })

  it("escapes names, reasons, notes and facts wherever they stand", () => {
    const harmed = page(odd("harmful names"))
    assert.notInclude(harmed, HARM)
    assert.strictEqual(harmed.match(/<script/g)?.length, 2)
    assert.notMatch(harmed, /<img/)
    assert.isAbove(harmed.split("&lt;img src=x onerror=&quot;").length, 15)
  })

  it.each(ODD_MODELS)("has no broken number and no hole in its words: %s", (_, each) => {
    const html = page(each)
    assert.notMatch(wordsOf(html), /\b(NaN|Infinity|undefined|null|-0(?:\.0+)? %)/)
    assert.notMatch(html.replace(/<script>[\s\S]*?<\/script>/, ""), /NaN|Infinity|undefined|\[object/)
  })

  it("has no more than 1.5 MB when everything it shows is at its most", () => {
    const html = page(odd("as much as a page shows"))
    assert.isAtMost(Buffer.byteLength(html), 1_500_000)
    assert.include(html, "The newest 4,000 are listed; trades.csv has all 8,000.")
    assert.include(html, "<tr><td>8,000<td>")
    assert.notInclude(html, "<tr><td>4,000<td>")
  })

  it("says that no sign of trouble was found, and that this proves nothing, when nothing is suspicious", () => {
    const calm = page({ ...model, tearSheet: { ...model.tearSheet, suspicions: [] } })
    assert.include(calm, "That is no proof that it will last.")
    assert.notInclude(calm, "care-title")
    assert.include(text, "<h2 id=\"care-title\">Read with care</h2>")
  })

  it("gives the reason of a missing figure as a tooltip and as a visible note, each reason once", () => {
    const html = page(odd("all figures N/A"))
    assert.include(html, "title=\"there are too few days\"")
    assert.strictEqual(html.match(/<li id="note-\d+">/g)?.length, 1)
    assert.include(html, "<li id=\"note-1\">there are too few days</li>")
  })

  it("numbers different reasons, and every figure points to its own", () => {
    const row = (id: string, note: string | null) =>
      ({ id, label: id, unit: "number", value: null, hold: null, note }) as const
    const equity = [row("a", "first"), row("b", "second"), row("c", "first"), row("d", null)]
    const html = page({ ...model, tearSheet: { equity, trades: [], suspicions: [] } })
    const links = [
      ...html.matchAll(/<th scope="row">(\w)<\/th>.*?(?:<a href="#note-(\d)">(\d)<\/a>.*?)?<\/tr>/g)
    ]
    assert.deepStrictEqual(links.map(([, id, to, shown]) => [id, to, shown]), [
      ["a", "1", "1"],
      ["b", "2", "2"],
      ["c", "1", "1"],
      ["d", undefined, undefined]
    ])
    assert.include(html, "<li id=\"note-1\">first</li><li id=\"note-2\">second</li>")
  })

  it("adds up all costs, and measures profit against the capital", () => {
    const ledger = emptyLedger(20, { equity: 505_000, hold: 490_000, fees: 10, slippage: 5, interest: 2 })
    const words = wordsOf(page(modelOf(ledger)))
    assert.include(words, "Net profit +1.00 % +5,000.00 USDT")
    assert.include(words, "Buy and hold -2.00 % -10,000.00 USDT")
    assert.include(words, "Costs 17.00 USDT fees, slippage, interest")
  })

  it("counts the days of the period, not the trading days that it touches", () => {
    const of = (hours: number) => {
      const ledger = emptyLedger(Math.ceil(hours / 24) + 1)
      return wordsOf(page(modelOf({ ...ledger, to: ledger.from + hours * 3_600_000 })))
    }
    assert.include(of(366 * 24), "2024-01-01 to 2025-01-01 · 366 days ·")
    assert.include(of(366 * 24 - 1), "· 366 days ·", "rounded")
    assert.include(of(24), "· 1 day ·")
    const half = of(62.5 * 24)
    assert.include(half, "· 62.5 days ·")
    assert.include(half, "The run covers 62.5 days;")
    assert.include(half, "there are 62.5")
  })

  it("writes drawdowns without a sign in tile, legend and sentence, as the tear sheet does", () => {
    const fall = { share: 0.0029, amount: 1, peakAt: 0, troughAt: 0, recoveredAt: null }
    const words = wordsOf(page(modelOf(emptyLedger(20, { deepest: fall, holdDeepest: fall }))))
    assert.include(words, "Max drawdown 0.29 % not recovered")
    assert.include(words, "Strategy, deepest 0.29 % Buy and hold, deepest 0.29 %")
    assert.include(words, "reached 0.29 % on")
    assert.notInclude(words, "-0.29 %")
  })

  it("lists what is still open, with its result so far", () => {
    const open = {
      instrument: "binance:BTC/USDT",
      side: "long",
      entryTime: Date.UTC(2024, 0, 2, 3, 4),
      entryPrice: 60_000,
      amount: 0.5,
      result: -12.5
    } as const
    const words = wordsOf(page(modelOf(emptyLedger(20, { open: [open] }))))
    assert.include(words, "long 0.5 of binance:BTC/USDT since 2024-01-02 03:04 UTC at 60,000")
    assert.include(words, "-12.50 USDT before the cost of leaving")
  })

  it("folds many trades away and shows few", () => {
    const of = (count: number) =>
      page(modelOf(emptyLedger(60, { trades: Array.from({ length: count }, (_, index) => tradeAt(index)) })))
    assert.notInclude(of(100), "<details>")
    assert.include(of(101), "<details><summary>Show 101 trades</summary>")
  })

  it("counts a short trade's return on what its entry was worth, and costs as fees, interest and slippage", () => {
    const short = tradeAt(0, {
      side: "short",
      cost: 600,
      proceeds: 590,
      pnl: 9,
      fees: 1,
      slippage: 2,
      interest: 3
    })
    const html = page(modelOf(emptyLedger(20, { trades: [short] })))
    assert.include(html, "<td>6.00<td class=g>+9.00<td>+1.50 %")
  })
})
