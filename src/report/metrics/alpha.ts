/**
 * Alpha: what the account earns beyond its share of the market's movement.
 * In: returns of the account and of the market, period by period. Out: a share a year.
 * The sheet asks for the arithmetic one: compounding a daily alpha over a year invents a return that nobody had.
 */
import { excess } from "../series/returns.ts"
import { annualReturn } from "./annualReturn.ts"
import { beta } from "./beta.ts"
import type { Terms } from "./Terms.ts"

/**
 * Annual return of (r - riskFree) - beta x (market - riskFree): arithmetic, the mean times the periods; geometric, compounded.
 * NaN where beta is. Source: Jensen (1968); empyrical `alpha` compounds the mean.
 */
export const alpha = (
  returns: ReadonlyArray<number>,
  market: ReadonlyArray<number>,
  terms: Omit<Terms, "ddof">
): number => {
  const slope = beta(returns, market, terms.riskFree)
  const expected = excess(market, terms.riskFree).map((each) => slope * each)
  return annualReturn(excess(excess(returns, terms.riskFree), expected), terms)
}
