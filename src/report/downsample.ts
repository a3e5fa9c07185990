/**
 * Long series cut down to what a screen can draw, with every extreme kept.
 * In: lines or bars of any length, the most points allowed. Out: at most that many, in time order.
 * Min/max buckets, not largest triangles: a drawn maximum is then the maximum, whatever the zoom (decisions 32).
 */
import type { Columns } from "../domain/Columns.ts"
import type { Line, PriceSeries } from "./PageModel.ts"

/**
 * One line of at most `max` points (4 or more): its first and last, and of each run of equally many points the lowest and
 * the highest. A line that fits is returned whole.
 */
export const downsampleLine = (at: ArrayLike<number>, value: ArrayLike<number>, max: number): Line => {
  const kept = keptIndexes(value, at.length, max)
  return {
    at: kept.map((index) => at[index] ?? 0),
    value: kept.map((index) => value[index] ?? 0)
  }
}

/**
 * Bars `[from, to)` merged into at most `max` points of equally many bars: highest high, lowest low, last close, at the
 * close of the last bar (UTC milliseconds).
 */
export const downsamplePrice = (
  columns: Columns,
  max: number,
  from = 0,
  to = columns.openTime.length
): Omit<PriceSeries, "instrument"> => {
  const bars = Math.max(0, to - from)
  const points = Math.min(bars, max)
  const at: Array<number> = []
  const high: Array<number> = []
  const low: Array<number> = []
  const close: Array<number> = []
  for (let point = 0; point < points; point++) {
    const first = from + Math.floor((point * bars) / points)
    const last = from + Math.floor(((point + 1) * bars) / points) - 1
    let highest = -Infinity
    let lowest = Infinity
    for (let bar = first; bar <= last; bar++) {
      highest = Math.max(highest, columns.high[bar] ?? -Infinity)
      lowest = Math.min(lowest, columns.low[bar] ?? Infinity)
    }
    at.push((columns.openTime[last] ?? 0) + columns.barMillis)
    high.push(highest)
    low.push(lowest)
    close.push(columns.close[last] ?? 0)
  }
  return { at, high, low, close }
}

const keptIndexes = (value: ArrayLike<number>, length: number, max: number): ReadonlyArray<number> => {
  if (length <= max) return Array.from({ length }, (_, index) => index)
  const inside = length - 2
  const buckets = Math.max(1, Math.floor((max - 2) / 2))
  const kept = [0]
  for (let bucket = 0; bucket < buckets; bucket++) {
    const first = 1 + Math.floor((bucket * inside) / buckets)
    const last = Math.floor(((bucket + 1) * inside) / buckets)
    kept.push(...extremesOf(value, first, last))
  }
  kept.push(length - 1)
  return kept
}

/** The lowest and the highest of a run, in time order; one when they are the same point. */
const extremesOf = (value: ArrayLike<number>, first: number, last: number): ReadonlyArray<number> => {
  let lowest = first
  let highest = first
  for (let index = first + 1; index <= last; index++) {
    if ((value[index] ?? 0) < (value[lowest] ?? 0)) lowest = index
    if ((value[index] ?? 0) > (value[highest] ?? 0)) highest = index
  }
  if (lowest === highest) return [lowest]
  return lowest < highest ? [lowest, highest] : [highest, lowest]
}
