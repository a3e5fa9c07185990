/**
 * Alpha: what the account earns beyond its share of the market's movement.
 * In: returns of the account and of the market, period by period. Out: a share a year.
 * Arithmetic: compounding a daily alpha over a year invents a return that nobody had.
 */
import { mean } from "../series/moments.ts"
import { beta } from "./beta.ts"

/** (mean(r) - beta x mean(market)) x periods a year; NaN where beta is. Source: Jensen (1968), riskless return 0. */
export const alpha = (
  returns: ReadonlyArray<number>,
  market: ReadonlyArray<number>,
  periodsPerYear: number
): number => (mean(returns) - beta(returns, market) * mean(market)) * periodsPerYear
