/**
 * Entries and exits in the price chart when there are many: what is drawn, what is left out, and that it is said.
 * In: models with more trades than are drawn, or more than can be told apart. Out: what stands in charts and captions.
 */
import { assert, describe, it } from "@effect/vitest"
import type { LedgerTrade } from "../../../src/report/Ledger.ts"
import { timeAxis } from "../../../src/report/page/axis.ts"
import { excursions } from "../../../src/report/page/excursions.ts"
import { returnsSection } from "../../../src/report/page/histogram.ts"
import { priceChart } from "../../../src/report/page/priceChart.ts"
import { GRID_HEIGHT, GRID_WIDTH } from "../../../src/report/page/path.ts"
import type { PageModel } from "../../../src/report/PageModel.ts"
import { emptyLedger, modelOf, tradeAt } from "./model.ts"
import { walked } from "./walked.ts"

const DAY = 86_400_000
const START = Date.UTC(2024, 0, 1)
const DAYS = 800
const x = timeAxis(START, START + DAYS * DAY)
const at = Array.from({ length: DAYS }, (_, day) => START + day * DAY)
const BTC = "binance:BTC/USDT"

const series = (instrument: string): PageModel["prices"][number] => ({
  instrument,
  at,
  high: at.map(() => 70_000),
  low: at.map(() => 59_000),
  close: at.map((_, day) => 60_000 + day)
})

/** The newest `drawn` of `all` are in the model. */
const modelWith = (all: ReadonlyArray<LedgerTrade>, drawn = all.length): PageModel => ({
  ...modelOf(emptyLedger(DAYS, { trades: all })),
  prices: [series(BTC), series("binance:ETH/USDT")],
  trades: all.slice(all.length - drawn)
})

const trades = (count: number, every = 4 * 3_600_000): ReadonlyArray<LedgerTrade> =>
  Array.from({ length: count }, (_, index) => {
    const entryTime = START + index * every
    return tradeAt(index, { entryTime, exitTime: entryTime + 3_600_000 })
  })

const captionOf = (markup: string): string =>
  (/<figcaption>(.*?)<\/figcaption>/s.exec(markup)?.[1] ?? "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ")

const price = (model: PageModel, index = 0): string => priceChart(model, index, x).markup.markup

describe("more trades than are drawn", () => {
  const cut = modelWith(trades(4_783), 4_000)

  it("are said in the caption and the description of the price chart, with the day they begin", () => {
    const words = "the newest 4,000 of 4,783 trades are drawn, from 2024-05-10 on"
    assert.include(captionOf(price(cut)), words)
    assert.match(price(cut), new RegExp(`<desc[^>]*>[^<]*4,783 trades; ${words}`))
    assert.notInclude(price(modelWith(trades(4_000))), "newest")
  })

  it("are counted market by market", () => {
    const mixed = trades(40).map((trade, index) =>
      index < 10 ? { ...trade, instrument: "binance:ETH/USDT" } : trade
    )
    const later = modelWith(mixed, 25)
    assert.include(captionOf(price(later)), "the newest 25 of 30 trades are drawn")
    assert.include(captionOf(price(later, 1)), "none of 10 trades is drawn")
    assert.notInclude(captionOf(price(modelWith(mixed, 31), 0)), "are drawn")
    assert.include(captionOf(price(modelWith(mixed, 31), 1)), "the newest 1 of 10 trades is drawn")
  })

  it("are said with the moves, where all are counted and the newest are dots", () => {
    const { markup } = excursions(cut)
    assert.include(captionOf(markup), "the newest 4,000 of 4,783 trades are drawn")
    assert.include(captionOf(markup), "Winner 2,392 Loser or even 2,391")
    assert.include(markup, "2,392 winners,")
    assert.notInclude(excursions(modelWith(trades(40))).markup, "are drawn")
  })

  it("are all in the histogram of returns", () => {
    assert.include(captionOf(returnsSection(cut).markup), "4,783 trades, mean")
  })
})

/** Outline of the columns. */
const columnsIn = (markup: string): string | null =>
  /<path class="entries" d="([^"]*)"/.exec(markup)?.[1] ?? null

describe("markers that would cover one another", () => {
  it("wait for a wider chart, and columns count all entries until then; the caption says so", () => {
    const markup = price(modelWith(trades(4_000), 3_000))
    assert.include(markup, "<g class=\"marks thinned tight tightest\">")
    assert.isNotNull(columnsIn(markup))
    assert.include(
      captionOf(markup),
      "at 1× columns count all entries of every 4 d (at most 24); markers are drawn from 4× on"
    )
  })

  it("are all drawn, without a word, when there is room", () => {
    for (const few of [trades(160, 5 * DAY), trades(40, 3_600_000)]) {
      const markup = price(modelWith(few))
      assert.include(markup, "<g class=\"marks\">")
      assert.isNull(columnsIn(markup))
      assert.notInclude(captionOf(markup), "1× columns")
    }
  })

  it("are judged by the room that they have: as many in fewer days are too many", () => {
    assert.include(price(modelWith(trades(160, 2 * DAY))), "<g class=\"marks thinned\">")
    assert.include(price(modelWith(trades(1_000, 19 * 3_600_000))), "<g class=\"marks thinned tight\">")
  })

  it("are counted where they were, the stretch with the most of them the highest", () => {
    const early = trades(100, 3_600_000)
    const late = trades(300, 3_600_000).map((trade) => ({
      ...trade,
      entryTime: trade.entryTime + 400 * DAY,
      exitTime: trade.exitTime + 400 * DAY
    }))
    const columns = walked(columnsIn(price(modelWith([...early, ...late]))) ?? "")
    assert.deepStrictEqual(
      columns.map(([first]) => Math.floor(first![0] / GRID_WIDTH * 200)),
      [0, 1, 100, 101, 102, 103]
    )
    for (const column of columns) assert.strictEqual(Math.max(...column.map(([, y]) => y)), GRID_HEIGHT)
    const tops = columns.map((column) => GRID_HEIGHT - Math.min(...column.map(([, y]) => y)))
    assert.deepStrictEqual(tops.map((top) => Math.round(96 * top / Math.max(...tops))), [
      96,
      4,
      96,
      96,
      96,
      12
    ])
  })

  it("keep their columns where the older trades are not drawn", () => {
    const [all, newest] = [price(modelWith(trades(4_000))), price(modelWith(trades(4_000), 2_000))]
    assert.strictEqual(columnsIn(newest), columnsIn(all))
  })
})
