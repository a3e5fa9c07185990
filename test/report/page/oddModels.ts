/**
 * Models at the edge of what a run can leave: nothing, one of each, far too much, and names that mean harm.
 * In: nothing. Out: named PageModels, each as a run could make it.
 */
import type { LedgerTrade } from "../../../src/report/Ledger.ts"
import { MAX_POINTS } from "../../../src/report/PageModel.ts"
import type { PageModel } from "../../../src/report/PageModel.ts"
import { emptyLedger, modelOf, tradeAt } from "./model.ts"

const HOUR = 3_600_000
const START = Date.UTC(2024, 0, 1)

/** Text that would run, close an element or leave an attribute if it were not escaped. */
export const HARM =
  `</script><script>document.title="harmed"</script><img src=x onerror="document.title='harmed'">"'&`

const trades = (count: number, over: Partial<LedgerTrade> = {}): ReadonlyArray<LedgerTrade> =>
  Array.from({ length: count }, (_, index) => tradeAt(index, over))

const withTrades = (days: number, list: ReadonlyArray<LedgerTrade>): PageModel => {
  const pnl = list.reduce((sum, trade) => sum + trade.pnl, 0)
  const empty = emptyLedger(days)
  const lastDay = empty.days.at(-1)
  return modelOf({
    ...empty,
    trades: list,
    days: lastDay === undefined ? [] : [...empty.days.slice(0, -1), { ...lastDay, equity: 500_000 + pnl }],
    equity: 500_000 + pnl,
    barsHeld: list.length * 4
  })
}

const wave = (count: number, base: number, swing: number): ReadonlyArray<number> =>
  Array.from({ length: count }, (_, index) => base + swing * Math.sin(index / 60) + (index * 7_919 % 13))

const priceOf = (instrument: string, count: number, base: number): PageModel["prices"][number] => {
  const close = wave(count, base, base / 20)
  return {
    instrument,
    at: close.map((_, index) => START + index * 4 * HOUR),
    high: close.map((value) => value * 1.01),
    low: close.map((value) => value * 0.99),
    close
  }
}

const NAMES = ["ATRBased", "MochipoyAlert", "MultiTimeframe", "FibonacciRetracement"]

/** As much as a page ever shows: MAX_POINTS points a series, MAX_POINTS of twice as many trades. */
const most = (): PageModel => {
  const model = withTrades(
    1_400,
    trades(2 * MAX_POINTS).map((trade, index) => ({
      ...trade,
      strategy: NAMES[index % NAMES.length]!,
      entryPrice: trade.entryPrice + (index * 7_919) % 5_000 + 0.37,
      exitPrice: trade.exitPrice + (index * 7_907) % 5_000 + 0.73,
      amount: 0.1 + (index % 977) / 1e7,
      mae: (((index * 104_729) % 9_973) / 9_973) ** 2 / 50,
      mfe: (((index * 103_979) % 9_967) / 9_967) ** 2 / 50
    }))
  )
  const price = priceOf("binance:BTC/USDT", MAX_POINTS, 60_000)
  const line = (base: number, swing: number) => ({ at: price.at, value: wave(MAX_POINTS, base, swing) })
  return {
    ...model,
    prices: [price],
    equity: line(500_000, 20_000),
    hold: line(700_000, 90_000),
    drawdown: { at: price.at, value: wave(MAX_POINTS, -20, 5).map((value) => value / 100) },
    holdDrawdown: { at: price.at, value: wave(MAX_POINTS, -30, 8).map((value) => value / 100) }
  }
}

const twoMarkets = (): PageModel => {
  const list = trades(30).map((trade, index) =>
    index % 3 === 0
      ? { ...trade, instrument: "binance:ETH/USDT", entryPrice: 2_000, exitPrice: 2_020 }
      : trade
  )
  return {
    ...withTrades(30, list),
    prices: [priceOf("binance:BTC/USDT", 180, 60_000), priceOf("binance:ETH/USDT", 180, 2_000)]
  }
}

const harmful = (): PageModel => {
  const model = twoMarkets()
  return {
    ...model,
    title: HARM,
    facts: [[HARM, HARM]],
    notices: [HARM],
    tearSheet: {
      equity: [{ id: "sharpe", label: HARM, unit: "number", value: null, hold: null, note: HARM }],
      trades: [],
      suspicions: [{ id: "harm", words: HARM }]
    },
    ledger: { ...model.ledger, quote: HARM, zone: HARM },
    prices: model.prices.map((series) => ({ ...series, instrument: HARM })),
    trades: model.trades.map((trade) => ({ ...trade, instrument: HARM, strategy: HARM })),
    votes: [{ name: HARM, buy: 1, sell: 0, hold: 0, silent: 0, reasons: [{ words: HARM, count: 1 }] }],
    outcomes: [{ name: "ordered", kind: "order", words: HARM, count: 1 }, {
      name: "dayLoss",
      kind: "refused",
      words: HARM,
      count: 2
    }]
  }
}

const absent = (): PageModel => {
  const model = withTrades(3, trades(2))
  const without = (rows: PageModel["tearSheet"]["equity"]) =>
    rows.map((row) => ({ ...row, value: null, hold: null, note: "there are too few days" }))
  const { equity, suspicions, trades: rows } = model.tearSheet
  return { ...model, tearSheet: { equity: without(equity), trades: without(rows), suspicions } }
}

const nothingDrawn = (): PageModel => {
  const none = { at: [], value: [] }
  const empty = modelOf({ ...emptyLedger(0), bars: 0 })
  return {
    ...empty,
    equity: none,
    hold: none,
    drawdown: none,
    holdDrawdown: none,
    prices: [{ instrument: "binance:BTC/USDT", at: [], high: [], low: [], close: [] }]
  }
}

const onePoint = (): PageModel => ({
  ...withTrades(1, trades(1)),
  prices: [priceOf("binance:BTC/USDT", 1, 60_000)]
})

const lost = (): PageModel => {
  const model = withTrades(40, trades(40, { pnl: -12_500, cost: 0 }))
  return { ...model, ledger: { ...model.ledger, equity: 0, days: model.ledger.days } }
}

/** Name of the oddity and a model that has it. */
export const ODD_MODELS: ReadonlyArray<readonly [string, PageModel]> = [
  ["no bar, no day, no point", nothingDrawn()],
  ["no trade", withTrades(20, [])],
  ["one trade on one day, one price", onePoint()],
  ["flat equity", modelOf(emptyLedger(100))],
  ["all figures N/A", absent()],
  ["everything lost", lost()],
  ["two markets", twoMarkets()],
  ["harmful names", harmful()],
  ["as much as a page shows", most()]
]
