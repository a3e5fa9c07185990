/**
 * System quality number: how surely the average trade differs from nothing.
 * In: results of closed trades. Out: a number; 2 is the usual line between noise and a system.
 * The t statistic of the mean result under a trader's name.
 */
import { mean, over, standardDeviation } from "../series/moments.ts"

/** Results that differ by less than this part of the largest differ by rounding. */
const ROUNDING = 1e-12

/**
 * sqrt(n) x mean / sd (n - 1); NaN for fewer than two trades, and when all results are equal. Source: Tharp,
 * backtesting.py `SQN`.
 */
export const sqn = (results: ReadonlyArray<number>): number => {
  const largest = results.reduce((size, result) => Math.max(size, Math.abs(result)), 0)
  return over(
    Math.sqrt(results.length) * mean(results),
    standardDeviation(results, 1),
    largest * ROUNDING
  )
}
