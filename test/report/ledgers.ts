/**
 * Ledgers for the tests of statistics, made from what matters to each.
 * In: daily equity, results of trades, and whatever else a test wants different. Out: a whole, consistent ledger.
 * A fixture, not a market: prices and costs are round numbers.
 */
import type { Ledger, LedgerDay, LedgerTrade } from "../../src/report/Ledger.ts"
import { formatDate } from "../../src/report/format.ts"

export const DAY = 86_400_000
export const FROM = Date.UTC(2024, 0, 1)
export const CAPITAL = 100_000

/** A closed trade with this net result on a cost of 10,000; one a day, eight hours long. */
export const tradeOf = (pnl: number, index: number): LedgerTrade => ({
  id: `trade-${index}`,
  instrument: "binance:BTC/USDT",
  strategy: "AtrBased",
  side: "long",
  entryTime: FROM + index * DAY,
  exitTime: FROM + index * DAY + DAY / 3,
  entryPrice: 100,
  exitPrice: 100 + pnl / 100,
  amount: 100,
  cost: 10_000,
  proceeds: 10_000 + pnl,
  fees: 0,
  slippage: 0,
  interest: 0,
  pnl,
  barsHeld: 8,
  exitReason: "exit",
  mae: 0.01,
  mfe: 0.02
})

export const dayOf = (equity: number, hold: number, index: number): LedgerDay => ({
  date: formatDate(FROM + index * DAY),
  end: FROM + (index + 1) * DAY,
  equity,
  hold
})

/** Equity day by day, buy-and-hold alike or flat, results of trades. */
export const ledgerOf = (
  equity: ReadonlyArray<number>,
  results: ReadonlyArray<number> = [],
  others: Partial<Ledger> & { readonly holds?: ReadonlyArray<number> } = {}
): Ledger => {
  const { holds = equity.map(() => CAPITAL), ...rest } = others
  return {
    quote: "USDT",
    decimals: 2,
    zone: "UTC",
    capital: CAPITAL,
    from: FROM,
    to: FROM + equity.length * DAY,
    barMillis: DAY / 24,
    trades: results.map(tradeOf),
    days: equity.map((value, index) => dayOf(value, holds[index] ?? CAPITAL, index)),
    bars: equity.length * 24,
    barsHeld: equity.length * 6,
    turnover: results.length * 20_000,
    fees: 0,
    slippage: 0,
    interest: 0,
    deepest: null,
    equity: equity.at(-1) ?? CAPITAL,
    hold: holds.at(-1) ?? CAPITAL,
    open: [],
    markets: [{ instrument: "binance:BTC/USDT", first: 100, last: 110 }],
    parameterCount: 0,
    trials: 1,
    ...rest
  }
}

/** `count` days that gain `gain` and, every third day, lose `loss` (shares). */
export const wavy = (count: number, gain = 0.004, loss = 0.005): ReadonlyArray<number> => {
  let equity = CAPITAL
  return Array.from({ length: count }, (_, day) => equity *= day % 3 === 2 ? 1 - loss : 1 + gain)
}

/** `count` results: two wins of 60 for each loss of 50. */
export const mixed = (count: number): ReadonlyArray<number> =>
  Array.from({ length: count }, (_, index) => index % 3 === 2 ? -50 : 60)
