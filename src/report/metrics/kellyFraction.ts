/**
 * Kelly fraction: the share of capital that would have grown fastest on these very trades.
 * In: results of closed trades. Out: a share of 1 or less; negative where not trading was best.
 * A measure of the past here; what is traded by Kelly is engine/risk/kelly.ts, which clips and damps it.
 */
import { payoffRatio } from "./payoffRatio.ts"
import { winRate } from "./winRate.ts"

/**
 * p - (1 - p) / payoff ratio, p the win rate; NaN without a win or without a loss. Source: Kelly (1956),
 * backtesting.py `Kelly Criterion`.
 */
export const kellyFraction = (results: ReadonlyArray<number>): number => {
  const rate = winRate(results)
  return rate - (1 - rate) / payoffRatio(results)
}
