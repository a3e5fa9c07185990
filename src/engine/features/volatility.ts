/**
 * The volatility family: true range, its simple mean, and the place of the close between its bands.
 * In: one bar and the close before it; mean and deviation of the closes. Out: ATR in price units, band position around 0.5.
 * Source: phase19.md section 2, rows 7-8; the first bar has no true range (nothing is filled in, L-39).
 */
import type { Feature } from "./Feature.ts"

const ATR_WINDOW = 14
const BAND_WINDOW = 20

const ATR = {
  name: "atr_14",
  category: "volatility",
  firstBar: 14,
  formula: "simple mean of max(high - low, |high - close[t-1]|, |low - close[t-1]|), from bar 1",
  windows: [ATR_WINDOW]
} as const satisfies Feature
const BAND_POSITION = {
  name: "bb_position",
  category: "volatility",
  firstBar: 19,
  formula: "(close - lower) / (upper - lower), bands = mean +- 2 sample sd; 0.5 when sd is 0",
  windows: [BAND_WINDOW]
} as const satisfies Feature

/** True range of a bar, in price units; NaN without a previous close. */
const trueRangeOf = (high: number, low: number, previousClose: number): number =>
  Math.max(high - low, Math.abs(high - previousClose), Math.abs(low - previousClose))

/** 0 at the lower band, 1 at the upper one, beyond them outside. */
const bandPosition = (close: number, mean: number, deviation: number): number =>
  deviation === 0 ? 0.5 : 0.5 + (close - mean) / (4 * deviation)

export { ATR, ATR_WINDOW, BAND_POSITION, BAND_WINDOW, bandPosition, trueRangeOf }
