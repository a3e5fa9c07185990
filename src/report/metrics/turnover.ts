/**
 * Turnover: how often the capital changes hands.
 * In: notional of all fills, capital, both quote units. Out: a number of times.
 * What costs are charged on: a strategy of high turnover lives from low costs.
 */
import { over } from "../series/moments.ts"

/** Notional of both sides / capital; NaN without capital. */
export const turnover = (notional: number, capital: number): number => over(notional, capital, 0)
