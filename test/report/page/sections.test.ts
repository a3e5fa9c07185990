/**
 * Single sections of the report page: that their numbers are the model's, added up where they say so.
 * In: small models with known figures. Out: what stands in the section.
 */
import { assert, describe, it } from "@effect/vitest"
import { timeAxis } from "../../../src/report/page/axis.ts"
import { drawdownChart } from "../../../src/report/page/drawdownChart.ts"
import { equityChart } from "../../../src/report/page/equityChart.ts"
import { excursions } from "../../../src/report/page/excursions.ts"
import { returnsSection } from "../../../src/report/page/histogram.ts"
import { monthTable } from "../../../src/report/page/monthTable.ts"
import { outcomesSection } from "../../../src/report/page/outcomes.ts"
import { priceChart } from "../../../src/report/page/priceChart.ts"
import { votesSection } from "../../../src/report/page/votes.ts"
import type { Fall } from "../../../src/report/Ledger.ts"
import type { PageModel } from "../../../src/report/PageModel.ts"
import { emptyLedger, modelOf, tradeAt } from "./model.ts"

const DAY = 86_400_000
const START = Date.UTC(2024, 0, 1)
const empty = modelOf(emptyLedger(30))
const x = timeAxis(START, START + 30 * DAY)
const model = (over: Partial<PageModel>): PageModel => ({
  ...empty,
  ledger: { ...empty.ledger, trades: over.trades ?? [] },
  ...over
})

/** Counts written in the tooltips of a histogram's bars, with the borders of each bar. */
const barsOf = (markup: string) =>
  [...markup.matchAll(/<title>([+-]?[\d.]+) % to ([+-]?[\d.]+) %: ([\d,]+) (trade|day)s?<\/title>/g)]
    .map(([, from, to, count, one]) => ({
      from: Number(from),
      to: Number(to),
      count: Number(count?.replace(",", "")),
      one
    }))

describe("returnsSection", () => {
  it("counts every trade and every day in some bar, with a border at zero", () => {
    const trades = Array.from(
      { length: 250 },
      (_, index) => tradeAt(index, { pnl: (index * 37 % 101) - 50, cost: 1_000 })
    )
    const days = emptyLedger(30).days.map((day, index) => ({ ...day, equity: 500_000 + 1_000 * (index % 3) }))
    const { markup } = returnsSection(model({ trades, ledger: emptyLedger(30, { trades, days }) }))
    const bars = barsOf(markup)
    const sum = (one: string) =>
      bars.filter((bar) => bar.one === one).reduce((total, { count }) => total + count, 0)
    assert.deepStrictEqual([sum("trade"), sum("day")], [250, 30])
    assert.isTrue(bars.every(({ from, to }) => from >= 0 || to <= 0), "no bar holds both gains and losses")
  })

  it("writes fewer ticks where their words are long, so that none touches the next", () => {
    const long = (pnl: (index: number) => number) => {
      const trades = Array.from(
        { length: 300 },
        (_, index) => tradeAt(index, { pnl: pnl(index), cost: 1_000 })
      )
      const { markup } = returnsSection(model({ trades }))
      const words = [...markup.split("day-returns")[0]!.matchAll(/>([+-]?[\d.]+ %)<\/span>/g)].map((
        [, text = ""]
      ) => text)
      assert.isAbove(words.length, 2)
      return words.join("").length
    }
    assert.isAtMost(long((index) => ((index * 37) % 101 - 62) / 1_250), 60)
    assert.isAtMost(long((index) => (index * 37) % 101 - 60), 60)
  })

  it("gathers what lies far out in the last bar, so that one wild trade hides no other", () => {
    const trades = Array.from(
      { length: 300 },
      (_, index) => tradeAt(index, { pnl: index === 7 ? 9_000 : index % 9, cost: 1_000 })
    )
    const bars = barsOf(returnsSection(model({ trades })).markup).filter(({ one }) => one === "trade")
    assert.isBelow(Math.max(...bars.map(({ to }) => to)), 5)
    assert.isAbove(bars.length, 5)
    assert.strictEqual(bars.reduce((sum, { count }) => sum + count, 0), 300)
  })
})

describe("monthTable", () => {
  it("multiplies the months of a year and leaves absent months empty", () => {
    const { markup } = monthTable(
      model({
        months: [{ year: 2023, month: 12, share: -0.5 }, { year: 2024, month: 2, share: 0.1 }, {
          year: 2024,
          month: 3,
          share: 0.2
        }]
      })
    )
    const totals = [...markup.matchAll(/data-name="Total"[^>]*>([^<]*)</g)].map(([, words]) => words)
    assert.deepStrictEqual(totals, ["-50.0", "+32.0"])
    assert.strictEqual(markup.match(/class="none"/g)?.length, 21)
    assert.include(markup, `class="gain" data-name="Mar" style="--heat:0.40">+20.0<`)
  })

  it("writes small months with more places instead of as zero", () => {
    const { markup } = monthTable(model({ months: [{ year: 2024, month: 1, share: -0.0002 }] }))
    assert.include(markup, ">-0.020<")
  })
})

describe("outcomesSection", () => {
  it("adds up: decisions are all rows, a trade was wanted in orders and refusals", () => {
    const { markup } = outcomesSection(model({
      outcomes: [
        { name: "noSide", kind: "hold", words: "no side", count: 900 },
        { name: "dayLoss", kind: "refused", words: "day loss", count: 60 },
        { name: "coolDown", kind: "refused", words: "cooling", count: 15 },
        { name: "ordered", kind: "order", words: "sent", count: 25 }
      ]
    }))
    const stages = [...markup.matchAll(/<dt>([^<]*)<\/dt><dd><i style="width:([\d.]+)%"><\/i><b>([\d,]+)</g)]
    assert.deepStrictEqual(stages.map(([, name, width, count]) => [name, width, count]), [
      ["Decisions", "100.00", "1,000"],
      ["Wanted a trade", "10.00", "100"],
      ["Became an order", "2.50", "25"]
    ])
    assert.include(markup, "<span>day loss</span><b>60</b><small>80.0 %</small>")
  })
})

describe("votesSection", () => {
  it("writes the count and the share of every answer beside its bar", () => {
    const { markup } = votesSection(model({
      votes: [{
        name: "A",
        buy: 3,
        sell: 1,
        hold: 1_996,
        silent: 0,
        reasons: [{ words: "dull", count: 1_996 }]
      }]
    }))
    assert.include(markup, "</i>Sell</dt><dd>1<small>&lt; 0.1 %</small></dd>")
    assert.include(markup, "</i>Hold</dt><dd>1,996<small>99.8 %</small></dd>")
    assert.include(markup, "<span>dull</span><b>1,996</b>")
  })
})

describe("charts over time", () => {
  const at = Array.from({ length: 30 }, (_, day) => START + day * DAY)
  const line = (value: (day: number) => number) => ({ at, value: at.map((_, day) => value(day)) })

  it("show the strategy once more alone when buy-and-hold flattens it, and not otherwise", () => {
    const alone = (swing: number) => {
      const drawn = model({
        equity: line((day) => 500_000 + day * swing),
        hold: line((day) => 500_000 + day * 10_000)
      })
      return equityChart(drawn, x).markup.markup.includes("equity-alone")
    }
    assert.isTrue(alone(100))
    assert.isFalse(alone(5_000))
    assert.isFalse(alone(0), "a flat line says no more on a scale of its own")
  })

  it("say that a wide range is drawn logarithmically", () => {
    const grown = model({ equity: line((day) => 500_000 * 1.1 ** day), hold: line(() => 500_000) })
    assert.include(equityChart(grown, x).markup.markup, "logarithmic scale")
    assert.notInclude(equityChart(empty, x).markup.markup, "logarithmic scale")
  })

  it("tell the deepest fall with its dates", () => {
    const deepest = {
      share: 0.125,
      amount: 1,
      peakAt: START,
      troughAt: START + 3 * DAY,
      recoveredAt: START + 9 * DAY
    }
    const { markup } = drawdownChart(model({ ledger: emptyLedger(30, { deepest }) }), x).markup
    assert.include(
      markup,
      "began on 2024-01-01 and reached 12.50 % on 2024-01-04; it was back there on 2024-01-10, after 9 d."
    )
  })

  it("show no level above zero when nothing ever fell", () => {
    const labels = [...drawdownChart(empty, x).markup.markup.matchAll(/<span style="top[^>]*>([^<]*)</g)]
    assert.deepStrictEqual(labels.map(([, words]) => words).at(-1), "0 %")
    assert.isTrue(labels.slice(0, -1).every(([, words]) => words?.startsWith("-")))
  })

  it("tell buy-and-hold's deepest fall as the ledger knows it, else as its line shows it", () => {
    const fall = { share: 0.4, amount: 1, peakAt: START, troughAt: START, recoveredAt: null }
    const told = (holdDeepest: Fall | null) =>
      drawdownChart(
        model({ ledger: emptyLedger(30, { holdDeepest }), holdDrawdown: line((day) => -day / 100) }),
        x
      )
        .markup.markup
    assert.include(told(fall), "Buy-and-hold: 40.00 % at its deepest.")
    assert.include(told(null), "Buy-and-hold: 29.00 % at its deepest.")
  })

  it("draw nothing where bars are missing", () => {
    const holed = at.filter((_, day) => day < 5 || day > 20)
    const flat = holed.map(() => 100)
    const series = {
      instrument: "a:B/C",
      at: holed,
      high: flat,
      low: flat,
      close: flat.map((value, index) => value + index % 2)
    }
    const { markup } = priceChart(model({ prices: [series] }), 0, x).markup
    const path = /class="line price" d="([^"]*)"/.exec(markup)?.[1] ?? ""
    assert.strictEqual(path.match(/m/g)?.length, 2)
  })

  it("mark each entry and each exit of their own market once", () => {
    const prices = ["a:B/C", "a:D/C"].map((instrument) => ({
      instrument,
      at,
      high: at.map(() => 110),
      low: at.map(() => 90),
      close: at.map((_, day) => 100 + day % 3)
    }))
    const trades = [0, 1, 1].map((index) =>
      tradeAt(index, { instrument: "a:D/C", entryPrice: 100, exitPrice: 101 })
    )
    const [first, second] = prices.map((_, index) =>
      priceChart(model({ prices, trades }), index, x).markup.markup
    )
    assert.notMatch(first ?? "", /<use href=#/)
    assert.strictEqual(second?.match(/<use href=#e /g)?.length, 2)
    assert.strictEqual(second?.match(/<use href=#o /g)?.length, 2)
  })
})

describe("excursions", () => {
  it("draws winners full and losers hollow, each place once, none outside", () => {
    const trades = [
      tradeAt(0, { mae: 0.01, mfe: 0.02, pnl: 1 }),
      tradeAt(1, { mae: 0.01, mfe: 0.02, pnl: 1 }),
      tradeAt(2, { mae: 0.02, mfe: 0, pnl: -1 }),
      tradeAt(3, { mae: 0.02, mfe: 0.01, pnl: 0 })
    ]
    const { markup } = excursions(model({ trades }))
    const [lost, won] = ["lost", "won"].map((kind) =>
      new RegExp(`<g class="${kind}">(.*?)</g>`).exec(markup)?.[1] ?? ""
    )
    assert.deepStrictEqual([lost?.match(/<circle/g)?.length, won?.match(/<circle/g)?.length], [2, 1])
    assert.match(won ?? "", /cx=47\.5% cy=4\.75%/)
  })
})
