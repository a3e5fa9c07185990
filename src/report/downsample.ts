/**
 * Bars cut down to what a screen can draw, with every extreme kept.
 * In: columns of any length, the most points allowed. Out: at most that many, in time order.
 * Min/max buckets, not largest triangles: a drawn maximum is then the maximum, whatever the zoom (decisions 32).
 */
import type { Columns } from "../domain/Columns.ts"
import type { PriceSeries } from "./PageModel.ts"

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
