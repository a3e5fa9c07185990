/**
 * Beta: how much of the market's movement the account makes.
 * In: returns of the account and of the market, period by period. Out: a number; 1 moves as the market.
 * Against buy-and-hold of what was traded, not against an index.
 */
import { covariance, over, RETURN_NOISE } from "../series/moments.ts"
import { excess } from "../series/returns.ts"

/**
 * cov(r, market) / var(market), both less `riskFree`; NaN for fewer than two returns, and for a market that stands still.
 * Source: Sharpe (1964), empyrical `beta`.
 */
export const beta = (
  returns: ReadonlyArray<number>,
  market: ReadonlyArray<number>,
  riskFree: number | ReadonlyArray<number>
): number => {
  const above = excess(market, riskFree)
  return over(covariance(excess(returns, riskFree), above, 1), covariance(above, above, 1), RETURN_NOISE ** 2)
}
