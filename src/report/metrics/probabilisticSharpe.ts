/**
 * Probabilistic Sharpe ratio: how likely the true ratio is above a benchmark, given how few and how crooked the returns are.
 * In: a Sharpe ratio per period and the shape of its returns. Out: a probability, 0 to 1.
 * Fat tails and short records make a high ratio cheap: this is the price.
 */
import { normalCdf } from "../series/normal.ts"

export interface SharpeEstimate {
  /** Per period, not annualised. */
  readonly sharpe: number
  /** How many returns it was estimated from. */
  readonly observations: number
  readonly skewness: number
  /** 3 for a normal distribution. */
  readonly kurtosis: number
}

/**
 * Z[(SR - benchmark) x sqrt(n - 1) / sqrt(1 - skew x SR + (kurtosis - 1) / 4 x SR²)], all per period. NaN for fewer than two
 * returns, and where the shape gives the estimate no variance.
 * Source: Bailey and Lopez de Prado, "The Sharpe ratio efficient frontier" (2012), equation 11.
 */
export const probabilisticSharpe = (estimate: SharpeEstimate, benchmark: number): number => {
  const { kurtosis, observations, sharpe, skewness } = estimate
  const variance = 1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe ** 2
  if (!(variance > 0 && observations > 1)) return Number.NaN
  return normalCdf((sharpe - benchmark) * Math.sqrt(observations - 1) / Math.sqrt(variance))
}
