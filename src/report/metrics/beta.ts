/**
 * Beta: how much of the market's movement the account makes.
 * In: returns of the account and of the market, period by period. Out: a number; 1 moves as the market.
 * Against buy-and-hold of what was traded, not against an index.
 */
import { covariance, over, RETURN_NOISE } from "../series/moments.ts"

/** cov(r, market) / var(market); NaN for fewer than two returns, and for a market that stands still. Source: Sharpe (1964), empyrical `beta`. */
export const beta = (returns: ReadonlyArray<number>, market: ReadonlyArray<number>): number =>
  over(covariance(returns, market, 1), covariance(market, market, 1), RETURN_NOISE ** 2)
