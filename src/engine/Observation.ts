/**
 * What one closed bar lets a decision see: the bar, its feature row, and bounded windows of the past on two frames.
 * In: filled by observe. Out: read by strategies, models and risk; nothing after `candle.closeTime` is in it.
 * Types only: observe.ts fills it, strategy/StrategyContext.ts reads it.
 */

/** A closed bar as numbers; prices in quote units, volume in base units, instants UTC milliseconds. */
export interface Bar {
  readonly openTime: number
  readonly closeTime: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/** Bars and feature rows kept a frame. */
export const DEPTH = 32
/** Features a row. */
export const WIDTH = 12

/**
 * The newest `DEPTH` bars and rows of one timeframe, contiguous: index `end - 1` is the newest, `end - count` the oldest kept.
 * Owned by observe; valid until its next call unless frozen by `freeze`.
 */
export interface Frame {
  readonly millis: number
  readonly openTime: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  /** Row-major, WIDTH a row, phase19 features, NaN while undefined; row of bar k starts at k * WIDTH. */
  readonly rows: Float64Array
  end: number
  /** Bars kept, at most DEPTH. */
  count: number
  /** Bars ever seen. */
  seen: number
}

export interface Observation {
  bar: Bar
  /** Open time of the first bar that feature state was fed. */
  seededAt: number
  /** Bars missing right before this one. */
  gapBars: number
  /** The recorded feature row in registry order of the chosen spec, NaN while undefined; length WIDTH. */
  features: Float64Array
  /** Version hash of the chosen feature spec (features/registry.ts `specHash`). */
  spec: string
  /** Every feature of the base row and of the recorded row is defined and finite. */
  usable: boolean
  base: Frame
  higher: Frame
  /** Open time of the newest closed higher bar, null before the first. */
  higherOpenTime: number | null
}
