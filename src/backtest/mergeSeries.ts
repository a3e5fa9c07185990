/**
 * Several series walked through as one, by the instant at which bars close.
 * In: columns of one bar length. Out: for each instant the row of every series that has a bar there.
 * Indices only: a million instants make no object.
 */
import { invariant } from "../engine/invariant.ts"
import type { Series } from "./Result.ts"

export interface Merge {
  /** Row of each series, in the given order; -1 where it has no bar. Valid until the next move. */
  readonly rows: Int32Array
  /** Close of those bars, UTC milliseconds; NaN before the first move. */
  readonly closeTime: number
  /** Moves to the next instant at which a bar closes; false at the end of all series. */
  readonly next: () => boolean
}

/** A merge that stands before the first bar of rows `[from, to)`. Errors: `InvariantBroken` when bar lengths differ. */
export const mergeSeries = (series: ReadonlyArray<Pick<Series, "columns" | "from" | "to">>): Merge => {
  const barMillis = series[0]?.columns.barMillis ?? 0
  invariant(
    series.every(({ columns }) => columns.barMillis === barMillis),
    "series that are merged have one bar length"
  )
  const openTimes = series.map(({ columns }) => columns.openTime)
  const ends = Int32Array.from(series, ({ columns, to }) => Math.min(to, columns.openTime.length))
  const ahead = Int32Array.from(series, ({ from }) => from)
  const rows = new Int32Array(series.length).fill(-1)
  const merge = { rows, closeTime: NaN, next: (): boolean => false }
  merge.next = () => {
    let opened = Infinity
    for (let index = 0; index < rows.length; index++) {
      const at = ahead[index]!
      if (at < ends[index]! && openTimes[index]![at]! < opened) opened = openTimes[index]![at]!
    }
    rows.fill(-1)
    if (opened === Infinity) return false
    for (let index = 0; index < rows.length; index++) {
      const at = ahead[index]!
      if (at >= ends[index]! || openTimes[index]![at] !== opened) continue
      rows[index] = at
      ahead[index] = at + 1
    }
    merge.closeTime = opened + barMillis
    return true
  }
  return merge
}
