/**
 * Sortino ratio: return above the required, for each unit of falling short.
 * In: returns a period, the required return, terms. Out: a number a year.
 * The definition of 1991: downside over all periods, not the deviation of the negative ones.
 */
import { over, RETURN_NOISE } from "../series/moments.ts"
import { excess } from "../series/returns.ts"
import { annualReturn } from "./annualReturn.ts"
import { downsideDeviation } from "./downsideDeviation.ts"
import type { Terms } from "./Terms.ts"

/**
 * Annual return of r - riskFree over the annual downside deviation, with `riskFree` as the required return. NaN for no
 * return, and when none falls short. Source: Sortino and van der Meer (1991); empyrical `sortino_ratio` (arithmetic),
 * backtesting.py (geometric).
 */
export const sortino = (returns: ReadonlyArray<number>, terms: Omit<Terms, "ddof">): number =>
  over(
    annualReturn(excess(returns, terms.riskFree), terms),
    downsideDeviation(returns, terms.riskFree, terms.periodsPerYear),
    RETURN_NOISE * Math.sqrt(terms.periodsPerYear)
  )
