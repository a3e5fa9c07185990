/**
 * Compound annual growth rate.
 * In: equity before and after, years between. Out: the yearly return that leads from one to the other, as a share.
 * The year is the caller's: libraries count days of 365, 365.25 or periods.
 */

/**
 * (end / start)^(1 / years) - 1. NaN when nothing was there to grow, no time passed, or equity ended below zero.
 * Source: ffn `calc_cagr` (years = days / 365.25), empyrical `cagr` (years = periods / periods a year).
 */
export const cagr = (start: number, end: number, years: number): number =>
  start > 0 && years > 0 ? (end / start) ** (1 / years) - 1 : Number.NaN
