/**
 * What the account gained.
 * In: equity before and after, quote units. Out: the gain in quote units, and as a share of the beginning.
 * One metric in its two units.
 */

/** `end - start`, quote units, net of every cost, open positions at the last close. */
export const netProfit = (start: number, end: number): number => end - start

/** `end / start - 1`. NaN for a `start` of 0 or less. Source: ffn `calc_total_return`, empyrical `cum_returns_final`. */
export const netReturn = (start: number, end: number): number => start > 0 ? end / start - 1 : Number.NaN
