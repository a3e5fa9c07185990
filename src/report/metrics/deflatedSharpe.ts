/**
 * Deflated Sharpe ratio: the probabilistic one against the best that luck alone would have found in as many trials.
 * In: a Sharpe ratio per period, the shape of its returns, how many variants were tried. Out: a probability, 0 to 1.
 * Who tries a thousand variants and shows one has not found an edge of 3: this takes the other 999 into account.
 */
import { normalQuantile } from "../series/normal.ts"
import { probabilisticSharpe } from "./probabilisticSharpe.ts"
import type { SharpeEstimate } from "./probabilisticSharpe.ts"

const EULER_MASCHERONI = 0.5772156649015329

/**
 * Probabilistic Sharpe ratio against the expected maximum of `trials` ratios whose true value is zero and whose estimates
 * vary by `variance` (per period). One trial is compared with zero: nothing was chosen.
 * Source: Bailey and Lopez de Prado, "The deflated Sharpe ratio" (2014), equations 1 and 2.
 */
export const deflatedSharpe = (estimate: SharpeEstimate, trials: number, variance: number): number =>
  probabilisticSharpe(estimate, expectedMaximum(trials, variance))

/** sqrt(V) x ((1 - c) x Z⁻¹[1 - 1/N] + c x Z⁻¹[1 - 1/(N e)]), c the Euler-Mascheroni constant; 0 for one trial or fewer. */
export const expectedMaximum = (trials: number, variance: number): number =>
  trials <= 1
    ? 0
    : Math.sqrt(variance) * (
      (1 - EULER_MASCHERONI) * normalQuantile(1 - 1 / trials) +
      EULER_MASCHERONI * normalQuantile(1 - 1 / (trials * Math.E))
    )

/**
 * Variance of a Sharpe ratio's estimate when the true one is zero, per period: 1 / (n - 1). It stands for the variance among
 * the trials where only their number is known; trials that resemble each other vary less, so this deflates too much rather
 * than too little. Source: the denominator of the probabilistic ratio at SR = 0.
 */
export const varianceOfNothing = (observations: number): number => 1 / (observations - 1)
