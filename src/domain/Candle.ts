/**
 * One closed bar, as it came and as numbers.
 * In: the text of a venue or a file, decoded once at the wall. Out: a plain object behind which nobody parses again.
 * Only closed bars have this type; a forming bar has none (L-31).
 */
import { Schema } from "effect"

/** A closed bar; prices in quote units, volume in base units, instants UTC milliseconds. */
export const Candle = Schema.Struct({
  openTime: Schema.Int,
  closeTime: Schema.Int,
  open: Schema.Finite,
  high: Schema.Finite,
  low: Schema.Finite,
  close: Schema.Finite,
  volume: Schema.Finite,
  /** `open,high,low,close,volume` exactly as received; what the journal keeps. */
  text: Schema.String
})
export type Candle = typeof Candle.Type

/** The numbers of a closed bar, without the text they came in: all that matching and features need. */
export type ClosedBar = Omit<Candle, "text">
