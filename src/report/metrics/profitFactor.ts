/**
 * Profit factor: what was won for what was lost.
 * In: results of closed trades, quote units or shares. Out: a number, 0 or more; 1 is break-even.
 * Without one loss there is none: infinity is not a result.
 */
import { over, sum } from "../series/moments.ts"

/**
 * sum(wins) / |sum(losses)|; NaN without a loss. Source: backtesting.py `Profit Factor` (of returns), MetaTrader (of
 * money).
 */
export const profitFactor = (results: ReadonlyArray<number>): number =>
  over(
    sum(results.filter((result) => result > 0)),
    -sum(results.filter((result) => result < 0)),
    0
  )
