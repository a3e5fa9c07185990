/**
 * Conditional value at risk (expected shortfall): the mean of the losses beyond the value at risk.
 * In: returns a period, a level such as 0.95. Out: a share, positive when it is a loss.
 * Beside value at risk, which does not say how bad the bad periods are.
 */
import { mean } from "../series/moments.ts"
import { quantile } from "../series/quantile.ts"

/** -mean(r where r <= quantile(r, 1 - level)); NaN for no return. Source: Rockafellar and Uryasev (2000). */
export const expectedShortfall = (returns: ReadonlyArray<number>, level: number): number => {
  const limit = quantile(returns, 1 - level)
  return -mean(returns.filter((each) => each <= limit))
}
