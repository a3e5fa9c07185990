/**
 * How much returns vary in a year.
 * In: returns a period, terms. Out: a share a year, 0 or more.
 * One file for both annualisations, since only the last step differs.
 */
import { standardDeviation } from "../series/moments.ts"
import { geometricMean } from "../series/returns.ts"
import type { Terms } from "./Terms.ts"

/**
 * Arithmetic: sd(r) x sqrt(periods). Geometric: sqrt((sd² + (1 + g)²)^periods - (1 + g)^(2 x periods)), g the geometric mean.
 * NaN for `ddof` returns or fewer. Source: empyrical `annual_volatility`; backtesting.py `Volatility (Ann.)`.
 */
export const annualVolatility = (
  returns: ReadonlyArray<number>,
  { annualisation, ddof, periodsPerYear }: Omit<Terms, "riskFree">
): number => {
  const deviation = standardDeviation(returns, ddof)
  if (annualisation === "arithmetic") return deviation * Math.sqrt(periodsPerYear)
  const growth = (1 + geometricMean(returns)) ** 2
  return Math.sqrt((deviation ** 2 + growth) ** periodsPerYear - growth ** periodsPerYear)
}
