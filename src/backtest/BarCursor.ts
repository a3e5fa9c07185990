/**
 * One bar object that walks along columns: a backtest of a million bars makes one bar, not a million.
 * In: columns. Out: the bar at an index, in the same object every time.
 * In backtest because only a loop that is done with a bar before it takes the next may read it this way.
 */
import type { ClosedBar } from "../domain/Candle.ts"
import type { Columns } from "../domain/Columns.ts"
import { invariant } from "../engine/invariant.ts"

export interface BarCursor {
  /** The bar moved to last, NaN before the first move. Valid until the next move: whoever keeps a bar copies it. */
  readonly bar: ClosedBar
  /** Fills `bar` from the columns at `index` and returns it. Errors: `InvariantBroken` outside the columns. */
  readonly moveTo: (index: number) => ClosedBar
}

/** A cursor that stands before the first bar. */
export const makeCursor = (columns: Columns): BarCursor => {
  const { barMillis, close, high, low, open, openTime, volume } = columns
  // NaN from the start: a field that begins as a small integer is stored another way and moved later.
  const bar = { openTime: NaN, closeTime: NaN, open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN }
  const moveTo = (index: number): ClosedBar => {
    const opened = openTime[index]
    invariant(opened !== undefined, "a cursor stays inside its columns")
    bar.openTime = opened
    bar.closeTime = opened + barMillis
    bar.open = open[index]!
    bar.high = high[index]!
    bar.low = low[index]!
    bar.close = close[index]!
    bar.volume = volume[index]!
    return bar
  }
  return { bar, moveTo }
}
