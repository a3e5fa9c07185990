/**
 * Longer bars out of closed shorter ones, on the UTC grid, column by column.
 * In: a file's own bars and the length wanted. Out: the same bars as `Aggregate` makes of candles, bit for bit.
 * Here apart from it, because a candle keeps its text and a column has none: only the digits of its volumes.
 */
import type { Columns } from "../../src/domain/Columns.ts"
import { periodStart } from "../../src/domain/timeframe.ts"
import { roundedVolume } from "./aggregate.ts"
import type { Written } from "./GrowingColumns.ts"

/** `barMillis` is a multiple of `baseMillis`; a bar that is still open at the end is left out. */
export const aggregateColumns = (
  base: Written,
  baseMillis: number,
  barMillis: number
): { readonly columns: Columns; readonly thinBars: number } => {
  const rows = base.openTime.length
  const made = emptyColumns(barMillis, mostBars(base.openTime, barMillis))
  let count = 0
  let thinBars = 0
  let from = 0
  while (from < rows) {
    const start = periodStart(base.openTime[from]!, barMillis)
    const end = start + barMillis
    let to = from + 1
    while (to < rows && base.openTime[to]! < end) to += 1
    // The newest bar is closed by its own last base bar, any other by the one that follows it.
    if (to === rows && base.openTime[rows - 1]! + baseMillis !== end) break
    made.openTime[count] = start
    fill(made, count, base, from, to)
    if (2 * (to - from) * baseMillis < barMillis) thinBars += 1
    count += 1
    from = to
  }
  return { columns: cut(made, count), thinBars }
}

// Bar `count` out of the base bars [from, to).
const fill = (made: Columns, count: number, base: Written, from: number, to: number): void => {
  let high = base.high[from]!
  let low = base.low[from]!
  let volume = 0
  let digits = 0
  for (let index = from; index < to; index++) {
    if (base.high[index]! > high) high = base.high[index]!
    if (base.low[index]! < low) low = base.low[index]!
    if (base.volumeDigits[index]! > digits) digits = base.volumeDigits[index]!
    volume += base.volume[index]!
  }
  made.open[count] = base.open[from]!
  made.high[count] = high
  made.low[count] = low
  made.close[count] = base.close[to - 1]!
  made.volume[count] = roundedVolume(volume, digits)
}

const mostBars = (openTime: Float64Array, barMillis: number): number => {
  const periods = Math.floor((openTime[openTime.length - 1]! - openTime[0]!) / barMillis) + 2
  return Math.min(openTime.length, periods)
}

const emptyColumns = (barMillis: number, length: number): Columns => ({
  barMillis,
  openTime: new Float64Array(length),
  open: new Float64Array(length),
  high: new Float64Array(length),
  low: new Float64Array(length),
  close: new Float64Array(length),
  volume: new Float64Array(length)
})

const cut = (columns: Columns, length: number): Columns => ({
  barMillis: columns.barMillis,
  openTime: columns.openTime.subarray(0, length),
  open: columns.open.subarray(0, length),
  high: columns.high.subarray(0, length),
  low: columns.low.subarray(0, length),
  close: columns.close.subarray(0, length),
  volume: columns.volume.subarray(0, length)
})
