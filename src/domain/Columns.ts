/**
 * A series of closed bars as columns of float64: what a million bars look like when nobody makes a million objects.
 * In: filled by layers/datasets. Out: read by the bare loop, features, indicators and the report's price chart.
 * Types only; in domain because five rooms share it.
 */

/** Columns of equal length, oldest bar first; owned by whoever loaded them, never written again. */
export interface Columns {
  /** Length of every bar, milliseconds. */
  readonly barMillis: number
  /** UTC milliseconds of each bar's open, strictly increasing, exact in float64; a missing bar has no entry. */
  readonly openTime: Float64Array
  /** Prices in quote units, volume in base units. */
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}
