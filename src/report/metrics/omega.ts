/**
 * Omega ratio: what lies above a threshold for what lies below it.
 * In: returns a period, a threshold a period. Out: a number, 0 or more; 1 when both sides weigh the same.
 * Takes the threshold per period; a yearly one is turned into it by series/returns.ts `perPeriod`.
 */
import { over, RETURN_NOISE, sum } from "../series/moments.ts"
import { excess } from "../series/returns.ts"

/**
 * sum(max(r - threshold, 0)) / sum(max(threshold - r, 0)); NaN for no return, and when none lies below.
 * Source: Keating and Shadwick (2002); empyrical `omega_ratio` (threshold = risk-free + required return per period).
 */
export const omega = (
  returns: ReadonlyArray<number>,
  threshold: number | ReadonlyArray<number>
): number => {
  const above = excess(returns, threshold)
  const gains = sum(above.map((each) => Math.max(each, 0)))
  const losses = sum(above.map((each) => Math.max(-each, 0)))
  return over(gains, losses, RETURN_NOISE)
}
