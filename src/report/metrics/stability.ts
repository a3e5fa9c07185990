/**
 * Stability: how straight the growth is.
 * In: returns a period. Out: a share, 0 to 1; 1 when every period grew alike.
 * High for a steady loss too: read it with the return.
 */
import { covariance, over } from "../series/moments.ts"

/**
 * R² of a straight line through the sums of log(1 + r) against time. NaN for fewer than two returns, for a return of -1 or
 * less, and when nothing moved. Source: empyrical `stability_of_timeseries`.
 */
export const stability = (returns: ReadonlyArray<number>): number => {
  let total = 0
  const heights = returns.map((each) => total += Math.log1p(each))
  const times = returns.map((_, index) => index)
  const together = covariance(times, heights, 0)
  return over(together ** 2, covariance(times, times, 0) * covariance(heights, heights, 0), 0)
}
