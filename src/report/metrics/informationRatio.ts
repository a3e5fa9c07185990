/**
 * Information ratio: return above a benchmark, for each unit of straying from it.
 * In: returns of the account and of the benchmark, period by period. Out: a number a year.
 * A Sharpe ratio whose riskless return is the benchmark's.
 */
import { sharpe } from "./sharpe.ts"
import type { Terms } from "./Terms.ts"

/**
 * mean(r - benchmark) / sd(r - benchmark) x sqrt(periods); NaN when they never differ. Source: Sharpe (1994),
 * empyrical `excess_sharpe` (one period).
 */
export const informationRatio = (
  returns: ReadonlyArray<number>,
  benchmark: number | ReadonlyArray<number>,
  terms: Pick<Terms, "ddof" | "periodsPerYear">
): number => sharpe(returns, { ...terms, riskFree: benchmark, annualisation: "arithmetic" })
