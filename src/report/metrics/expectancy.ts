/**
 * Expectancy: what the average trade brings.
 * In: results of closed trades. Out: the same unit as the results.
 * Zero or less means that no size and no patience helps.
 */
import { mean } from "../series/moments.ts"

/**
 * mean(results) = win rate x average win - loss rate x average loss; NaN for no trade. Source: Tharp; backtesting.py
 * `Expectancy` (of returns).
 */
export const expectancy = (results: ReadonlyArray<number>): number => mean(results)
