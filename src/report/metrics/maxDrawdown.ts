/**
 * Max drawdown: the deepest fall below a peak.
 * In: equity, oldest first, and what it began with. Out: a share of the peak, 0 or more.
 * Dates and quote units of that fall come from drawdowns.ts.
 */
import { drawdownsOf } from "../drawdowns.ts"

/**
 * max(1 - value / highest value so far), `start` being the first of them. 0 when equity never falls, NaN for no value.
 * Source: empyrical and ffn `max_drawdown`, which print it negative.
 */
export const maxDrawdown = (values: ReadonlyArray<number>, start: number): number =>
  values.length === 0
    ? Number.NaN
    : drawdownsOf(values, start).reduce((deepest, each) => Math.max(deepest, -each), 0)
