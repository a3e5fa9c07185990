/**
 * Value at risk: the loss that one period in twenty (or a hundred) exceeds.
 * In: returns a period, a level such as 0.95. Out: a share, positive when it is a loss.
 * Historical: what happened, no distribution assumed.
 */
import { quantile } from "../series/quantile.ts"

/**
 * -quantile(r, 1 - level); negative when even that period gained, NaN for no return. Meaningful from 1 / (1 - level) returns.
 * Source: Jorion, "Value at Risk" (historical simulation).
 */
export const valueAtRisk = (returns: ReadonlyArray<number>, level: number): number =>
  -quantile(returns, 1 - level)
