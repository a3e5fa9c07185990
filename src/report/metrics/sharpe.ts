/**
 * Sharpe ratio: return above the riskless, for each unit of variation.
 * In: returns a period, terms. Out: a number a year.
 * The most quoted and most abused figure of all: read it with probabilisticSharpe.ts.
 */
import { over, RETURN_NOISE } from "../series/moments.ts"
import { excess } from "../series/returns.ts"
import { annualReturn } from "./annualReturn.ts"
import { annualVolatility } from "./annualVolatility.ts"
import type { Terms } from "./Terms.ts"

/**
 * Annual return of r - riskFree over its annual volatility; arithmetic: mean / sd x sqrt(periods). NaN for `ddof` returns or
 * fewer, and without variation (a deviation that is rounding noise is none).
 * Source: Sharpe (1994); empyrical `sharpe_ratio` (arithmetic), backtesting.py (geometric).
 */
export const sharpe = (returns: ReadonlyArray<number>, terms: Terms): number => {
  const above = excess(returns, terms.riskFree)
  const noise = RETURN_NOISE * Math.sqrt(terms.periodsPerYear)
  return over(annualReturn(above, terms), annualVolatility(above, terms), noise)
}
