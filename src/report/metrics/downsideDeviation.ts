/**
 * How far returns fall short of what was required.
 * In: returns a period, the required return. Out: a share, 0 or more.
 * The risk of the Sortino ratio; a year's figure is asked for by its periods.
 */
import { mean } from "../series/moments.ts"
import { excess } from "../series/returns.ts"

/**
 * sqrt(mean(min(r - required, 0)²)) x sqrt(periods a year), the mean over all returns, not only the short ones. 0 when none
 * falls short, NaN for no return. Source: Sortino and van der Meer (1991), empyrical `downside_risk`.
 */
export const downsideDeviation = (
  returns: ReadonlyArray<number>,
  required: number | ReadonlyArray<number>,
  periodsPerYear: number
): number =>
  Math.sqrt(mean(excess(returns, required).map((each) => Math.min(each, 0) ** 2))) * Math.sqrt(periodsPerYear)
