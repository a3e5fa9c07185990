/**
 * Wilder's directional movement: the two indicators, their distance DX, its average ADX, and ADXR.
 * In: high, low and close. Out: 0..100.
 * No movement is no direction: DI, DX 0. What the first bar counts for decides the first hundred bars: see `first`.
 */
import { define } from "./define.ts"
import type { Step } from "./define.ts"
import { formerBy } from "./extremes.ts"
import type { Memory } from "./Memory.ts"
import { oneOf, whole } from "./parameters.ts"
import type { ValueOf } from "./parameters.ts"
import { wilderOf } from "./smoothing.ts"

/**
 * What the first bar counts for, which has none before it: `skip` nothing, averages begin one bar later; `range` its
 * high - low and no movement; `zero` neither range nor movement, which is how sums of n - 1 bars begin.
 */
const first = oneOf("skip", "range", "zero")
type First = ValueOf<typeof first>

/** Folds a bar and writes ADX, +DI, -DI and DX, each NaN while undefined. */
const directionOf = (memory: Memory, period: number, from: First): Step => {
  const up = wilderOf(memory, period)
  const down = wilderOf(memory, period)
  const ranges = wilderOf(memory, period)
  const average = wilderOf(memory, period)
  const at = memory.take(4) // bars seen (0 or 1), newest high, low, close
  const smooth = (rise: number, fall: number, range: number, out: Float64Array): void => {
    const plus = up(rise > fall && rise > 0 ? rise : 0)
    const minus = down(fall > rise && fall > 0 ? fall : 0)
    const width = ranges(range)
    const plusDi = width === 0 ? 0 : 100 * plus / width
    const minusDi = width === 0 ? 0 : 100 * minus / width
    const dx = plusDi + minusDi === 0 ? 0 : 100 * Math.abs(plusDi - minusDi) / (plusDi + minusDi)
    out[0] = average(dx)
    out[1] = plusDi
    out[2] = minusDi
    out[3] = dx
  }
  return ({ close, high, low }, out) => {
    const before = at[3]!
    if (at[0] !== 0) {
      smooth(high - at[1]!, at[2]! - low, Math.max(high, before) - Math.min(low, before), out)
    } else if (from !== "skip") smooth(0, 0, from === "range" ? high - low : 0, out)
    at[0] = 1
    at[1] = high
    at[2] = low
    at[3] = close
  }
}

/** First bar at which ADX is defined. */
const adxWarmup = (period: number, from: First): number => 2 * period - (from === "skip" ? 1 : 2)

const ADX = define({
  name: "adx",
  also: ["dmi", "di"],
  words: "average directional index, with +DI and -DI",
  formula:
    "plusDi, minusDi = 100 * wilder(+DM, -DM) / wilder(tr), dx = 100 * |plusDi - minusDi| / (plusDi + minusDi), "
    + "adx = wilder(dx); 0 when nothing moved",
  origin: "Wilder, New Concepts in Technical Trading Systems, 1978",
  parameters: { period: whole(14), first },
  outputs: ["adx", "plusDi", "minusDi", "dx"],
  reach: "all",
  warmup: ({ first: from, period }) => adxWarmup(period, from),
  build: (memory, { first: from, period }) => directionOf(memory, period, from)
})

const ADXR = define({
  name: "adxr",
  words: "average directional index rating",
  formula: "(adx + adx[lag]) / 2, lag = n or n - 1",
  origin: "Wilder, New Concepts in Technical Trading Systems, 1978",
  parameters: { period: whole(14), lag: oneOf("n", "n-1"), first },
  reach: "all",
  warmup: ({ first: from, lag, period }) => adxWarmup(period, from) + period - (lag === "n" ? 0 : 1),
  build: (memory, { first: from, lag, period }) => {
    const fold = directionOf(memory, period, from)
    const lines = memory.take(4, NaN)
    const former = formerBy(memory, lag === "n" ? period : period - 1)
    return (bar, out) => {
      fold(bar, lines)
      const adx = lines[0]!
      out[0] = (adx + former(adx)) / 2
    }
  }
})

export { ADX, ADXR }
