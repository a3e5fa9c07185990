/**
 * A data file as columns of float64, for loops that touch millions of bars.
 * In: a path, and a longer timeframe when wanted. Out: one typed array a column, all of equal length, owned by the caller.
 * Here beside the row reader, which fills it: there is no second parser.
 */
import { Effect, Stream } from "effect"
import type { FeedFault } from "../../src/errors/FeedError.ts"
import { candlesOf } from "./csv.ts"
import type { CandleOptions } from "./csv.ts"
import { survey } from "./survey.ts"

/** `openTime` in UTC milliseconds (exact in float64); prices in quote units, volume in base units. */
export interface Columns {
  readonly barMillis: number
  readonly openTime: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

/** Errors: BadRow, DatasetUnreadable, TimeframeUnfit (Medium). */
const loadColumns = Effect.fn("Datasets.loadColumns")(
  function*(path: string, options: CandleOptions = {}): Effect.fn.Return<Columns, FeedFault> {
    const surveyed = yield* survey(path)
    const column = () => new Float64Array(surveyed.rows)
    const [openTime, open, high, low, close, volume] = [
      column(),
      column(),
      column(),
      column(),
      column(),
      column()
    ]
    let count = 0
    yield* Stream.runForEachArray(candlesOf(surveyed, options), (piece) =>
      Effect.sync(() => {
        for (const bar of piece) {
          openTime[count] = bar.openTime
          open[count] = bar.open
          high[count] = bar.high
          low[count] = bar.low
          close[count] = bar.close
          volume[count] = bar.volume
          count += 1
        }
      }))
    const cut = (all: Float64Array) => all.subarray(0, count)
    return {
      barMillis: options.timeframeMillis ?? surveyed.baseMillis,
      openTime: cut(openTime),
      open: cut(open),
      high: cut(high),
      low: cut(low),
      close: cut(close),
      volume: cut(volume)
    }
  }
)

export { loadColumns }
