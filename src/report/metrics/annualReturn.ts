/**
 * Return of a year as the average period would make it.
 * In: returns a period, terms. Out: a share a year.
 * Beneath the ratios of return to risk; growth itself is cagr.ts.
 */
import { mean } from "../series/moments.ts"
import { geometricMean } from "../series/returns.ts"
import type { Terms } from "./Terms.ts"

/**
 * Arithmetic: mean(r) x periods. Geometric: (1 + g)^periods - 1 with g the geometric mean. NaN for no return.
 * Source: Sharpe (1994) for the first, backtesting.py `Return (Ann.)` for the second.
 */
export const annualReturn = (
  returns: ReadonlyArray<number>,
  { annualisation, periodsPerYear }: Pick<Terms, "annualisation" | "periodsPerYear">
): number =>
  annualisation === "arithmetic"
    ? mean(returns) * periodsPerYear
    : (1 + geometricMean(returns)) ** periodsPerYear - 1
