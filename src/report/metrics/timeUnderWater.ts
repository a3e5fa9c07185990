/**
 * Time under water: how much of the time an account is below its peak, and the longest stretch of it.
 * In: equity, or falls with their dates. Out: a share of the points, or milliseconds.
 * Both answer one question: how long one waits.
 */
import { drawdownsOf } from "../drawdowns.ts"
import type { Fall } from "../Ledger.ts"
import { mean } from "../series/moments.ts"

/** Points below the running peak / all points; NaN for none. */
export const timeUnderWater = (values: ReadonlyArray<number>, start: number): number =>
  mean(drawdownsOf(values, start).map((each) => each < 0 ? 1 : 0))

/** The longest time from a peak to the return to it, or to `end` where it did not return; 0 when there was no fall. */
export const longestUnderWater = (falls: ReadonlyArray<Fall>, end: number): number =>
  falls.reduce((longest, { peakAt, recoveredAt }) => Math.max(longest, (recoveredAt ?? end) - peakAt), 0)
