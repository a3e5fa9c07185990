/**
 * Tail ratio: the size of good extremes for that of bad ones.
 * In: returns a period. Out: a number, 0 or more; above 1 the gains have the longer tail.
 * Says in one figure what the histogram shows.
 */
import { over, RETURN_NOISE } from "../series/moments.ts"
import { quantile } from "../series/quantile.ts"

/**
 * |quantile(r, 0.95)| / |quantile(r, 0.05)|; NaN for no return, and when the bad tail is zero. Source: empyrical
 * `tail_ratio`.
 */
export const tailRatio = (returns: ReadonlyArray<number>): number =>
  over(Math.abs(quantile(returns, 0.95)), Math.abs(quantile(returns, 0.05)), RETURN_NOISE)
