/**
 * What a library of indicators has to do in the bench: the same twelve columns as we, and four indicators one by one.
 * In: bars as columns and as plain arrays. Out: rows of twelve numbers, and the values of single indicators.
 * One file a library beside this one; whoever answers in objects or arrays has them read inside the clock, as a user would.
 */
import type { Columns } from "../../../src/domain/Columns.ts"
import { WIDTH } from "../../../src/engine/Observation.ts"

/** The same numbers twice: libraries of whole arrays take no typed ones. */
export interface Input {
  readonly columns: Columns
  readonly high: Array<number>
  readonly low: Array<number>
  readonly close: Array<number>
  readonly volume: Array<number>
}

/** Fills `out` with one value a bar (Bollinger: upper bands), NaN while undefined. */
export type Single = (input: Input, out: Float64Array) => void

export interface Peer {
  /** With its version. */
  readonly name: string
  /** Fills rows of twelve: see `writeRow`. */
  readonly features: (input: Input, rows: Float64Array) => void
  readonly rsi: Single
  readonly ema: Single
  readonly atr: Single
  readonly bollinger: Single
  /** Its ATR is a simple mean and not Wilder's: compared with ours of that kind. */
  readonly simpleAtr: boolean
  /** What else it does in another way; empty when nothing. */
  readonly words: string
}

/** What a library computes of one bar; the rest of a row is arithmetic on it. */
export interface Computed {
  rsi: number
  macd: number
  signal: number
  atr: number
  /** Place of the close between the bands, 0 at the lower one; and its distance from their middle in deviations. */
  place: number
  score: number
  short: number
  long: number
  /** Simple mean of volume over 20 bars. */
  usual: number
}

export const inputOf = (columns: Columns): Input => ({
  columns,
  high: Array.from(columns.high),
  low: Array.from(columns.low),
  close: Array.from(columns.close),
  volume: Array.from(columns.volume)
})

/** Names of a row's columns, in order. */
export const COLUMNS = [
  "close",
  "volume",
  "return",
  "RSI(14)",
  "MACD(12,26)",
  "its signal(9)",
  "ATR(14)",
  "place in Bollinger(20,2)",
  "EMA(20)",
  "EMA(50)",
  "volume / SMA(20)",
  "z-score(20)"
] as const

/** Bar `index`'s row out of what a library computed. */
export const writeRow = (
  rows: Float64Array,
  index: number,
  { close, volume }: Columns,
  of: Computed
): void => {
  const at = index * WIDTH
  const price = close[index]!
  rows[at] = price
  rows[at + 1] = volume[index]!
  rows[at + 2] = index === 0 ? NaN : price / close[index - 1]! - 1
  rows[at + 3] = of.rsi
  rows[at + 4] = of.macd
  rows[at + 5] = of.signal
  rows[at + 6] = of.atr
  rows[at + 7] = of.place
  rows[at + 8] = of.short
  rows[at + 9] = of.long
  rows[at + 10] = volume[index]! / of.usual
  rows[at + 11] = of.score
}

/** Place and score of a price between bands two deviations from their middle. */
export const placeIn = (of: Computed, price: number, lower: number, middle: number, upper: number): void => {
  const width = upper - lower
  of.place = (price - lower) / width
  of.score = 4 * (price - middle) / width
}

/** Everything undefined; overwritten bar by bar. */
export const nothingYet = (): Computed => ({
  rsi: NaN,
  macd: NaN,
  signal: NaN,
  atr: NaN,
  place: NaN,
  score: NaN,
  short: NaN,
  long: NaN,
  usual: NaN
})

/** Copies a library's array to the end of `out`: what it leaves out are the bars before its first value. */
export const alignedTo = (out: Float64Array, values: ArrayLike<number>): void => {
  const missing = out.length - values.length
  for (let index = 0; index < missing; index++) out[index] = NaN
  for (let index = 0; index < values.length; index++) out[missing + index] = values[index]!
}
