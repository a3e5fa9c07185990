/**
 * Candles of a csv or csv.gz file, as a stream or all at once.
 * In: a path, and a longer timeframe when wanted. Out: closed bars oldest first, with their text as received.
 * Here so that market, backtest and tools read a file in exactly one way.
 */
import { Effect, Stream } from "effect"
import type { Candle } from "../../src/domain/Candle.ts"
import { TimeframeUnfit } from "../../src/errors/FeedError.ts"
import type { BadRow, FeedFault } from "../../src/errors/FeedError.ts"
import { Aggregate } from "./aggregate.ts"
import { CsvRows } from "./CsvRows.ts"
import { bytesOf } from "./source.ts"
import { survey } from "./survey.ts"
import type { Survey } from "./survey.ts"

export interface CandleOptions {
  /** Bar length wanted, milliseconds; absent = the file's own. A multiple of it, or TimeframeUnfit. */
  readonly timeframeMillis?: number
}

/** All bars of a file in memory. Errors: BadRow, DatasetUnreadable, TimeframeUnfit (Medium). */
const loadCandles = Effect.fn("Datasets.loadCandles")(
  function*(path: string, options: CandleOptions = {}): Effect.fn.Return<ReadonlyArray<Candle>, FeedFault> {
    const surveyed = yield* survey(path)
    const candles: Array<Candle> = []
    yield* Stream.runForEachArray(candlesOf(surveyed, options), (piece) =>
      Effect.sync(() => {
        for (const candle of piece) candles.push(candle)
      }))
    return candles
  }
)

/** The bars of a surveyed file, oldest first, in bounded memory; a longer bar that is still open at the end never comes. */
const candlesOf = (surveyed: Survey, options: CandleOptions = {}): Stream.Stream<Candle, FeedFault> => {
  const wanted = options.timeframeMillis ?? surveyed.baseMillis
  if (wanted === surveyed.baseMillis) return rowsOf(surveyed)
  if (wanted < surveyed.baseMillis || wanted % surveyed.baseMillis !== 0) {
    return Stream.fail(
      new TimeframeUnfit({ market: surveyed.file, baseMillis: surveyed.baseMillis, wantedMillis: wanted })
    )
  }
  return Stream.suspend(() => {
    const aggregate = new Aggregate(wanted)
    return Stream.flattenIterable(Stream.map(rowsOf(surveyed), (bar) => {
      const closed: Array<Candle> = []
      aggregate.push(bar, closed)
      return closed
    }))
  })
}

const rowsOf = (surveyed: Survey): Stream.Stream<Candle, FeedFault> =>
  Stream.suspend(() => {
    const rows = new CsvRows(surveyed.file, surveyed.baseMillis)
    const read = (step: (into: Array<Candle>) => BadRow | null) =>
      Effect.suspend(() => {
        const piece: Array<Candle> = []
        const bad = step(piece)
        return bad === null ? Effect.succeed(piece) : Effect.fail(bad)
      })
    const pieces = Stream.mapEffect(bytesOf(surveyed.file), (bytes) => read((into) => rows.push(bytes, into)))
    const rest = Stream.fromEffect(Effect.suspend(() => read((into) => rows.end(into))))
    return Stream.flattenIterable(Stream.concat(pieces, rest))
  })

export { candlesOf, loadCandles }
