/**
 * Calmar ratio: growth for each unit of the deepest fall.
 * In: a yearly return and a max drawdown, both shares. Out: a number a year.
 * Takes both as they are, since libraries choose different yearly returns.
 */
import { over, RETURN_NOISE } from "../series/moments.ts"

/**
 * yearly / maxDrawdown; NaN without a fall. Source: Young (1991); empyrical `calmar_ratio`, backtesting.py `Calmar
 * Ratio`.
 */
export const calmar = (yearly: number, maxDrawdown: number): number => over(yearly, maxDrawdown, RETURN_NOISE)
