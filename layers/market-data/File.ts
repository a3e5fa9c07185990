/**
 * A recorded market: the closed bars of one file, in order, once.
 * In: a surveyed file, instrument, speed. Out: each next bar, then the end; no history, features warm on its own bars.
 * The whole file was checked before the first bar goes out, so no bad row can end a run (decisions 24, 48).
 */
import { Effect, Exit, Layer, Scope, Semaphore, Stream } from "effect"
import type { Candle } from "../../src/domain/Candle.ts"
import type { AnyFault } from "../../src/domain/Fault.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { timeframeOf } from "../../src/domain/timeframe.ts"
import { TimeframeUnfit } from "../../src/errors/FeedError.ts"
import type { FeedFault } from "../../src/errors/FeedError.ts"
import { MarketData } from "../../src/ports/MarketData.ts"
import type { MarketEvent } from "../../src/ports/MarketData.ts"
import { candlesOf } from "../datasets/csv.ts"
import { survey } from "../datasets/survey.ts"
import type { Survey } from "../datasets/survey.ts"
import { makePace } from "./pacing.ts"
import type { Speed } from "./pacing.ts"

export interface FileMarketOptions {
  readonly path: string
  readonly instrument: Instrument
  /** Bar length wanted, milliseconds; null = the file's own smallest gap. */
  readonly timeframeMillis: number | null
  readonly speed: Speed
}

/** Errors: BadRow, DatasetUnreadable, TimeframeUnfit (Medium), all before the first bar. */
const layer = (options: FileMarketOptions): Layer.Layer<MarketData, FeedFault> =>
  Layer.effect(MarketData, make(options))

const make = Effect.fn("FileMarket.open")(function*(options: FileMarketOptions) {
  const { instrument, path, speed, timeframeMillis } = options
  const surveyed = yield* survey(path)
  const baseMillis = timeframeMillis ?? surveyed.baseMillis
  if (baseMillis % surveyed.baseMillis !== 0) {
    return yield* new TimeframeUnfit({
      market: path,
      baseMillis: surveyed.baseMillis,
      wantedMillis: baseMillis
    })
  }
  const reader = yield* readerOf(surveyed, baseMillis)
  const pace = makePace(speed)
  const next = Effect.fnUntraced(
    function*(afterOpenTime: number | null): Effect.fn.Return<MarketEvent, AnyFault> {
      const candle = reader.ready(afterOpenTime) ?? (yield* reader.after(afterOpenTime))
      if (candle === null) return { _tag: "Ended" }
      yield* pace.wait(candle.closeTime)
      return { _tag: "Closed", candle }
    }
  )
  return MarketData.of({
    identity: {
      source: "file",
      key: `${timeframeOf(baseMillis) ?? `${baseMillis}ms`}-${surveyed.contentHash.slice(0, 12)}`,
      instrument: instrument.id,
      baseMillis,
      demo: false,
      replayed: true
    },
    history: Effect.succeed([]),
    next
  })
})

/** A cursor over the file that can be asked again: asking for an earlier bar opens the file anew. */
const readerOf = Effect.fnUntraced(function*(surveyed: Survey, timeframeMillis: number) {
  const outer = yield* Effect.scope
  const turn = Semaphore.makeUnsafe(1)
  let opened = yield* openFrom(surveyed, timeframeMillis, outer)

  const pulled = Effect.fnUntraced(function*(wanted: number): Effect.fn.Return<Candle | null, FeedFault> {
    if (wanted < opened.floor) {
      yield* Scope.close(opened.scope, Exit.void)
      opened = yield* openFrom(surveyed, timeframeMillis, outer)
    }
    while (true) {
      const found = opened.take(wanted)
      if (found !== undefined) return found
      if (!(yield* opened.fill)) return null
    }
  })
  return {
    /** The bar, when it is in memory already: the common case, without a fiber's turn. */
    ready: (afterOpenTime: number | null) => {
      const wanted = afterOpenTime ?? Number.NEGATIVE_INFINITY
      return wanted < opened.floor ? undefined : opened.take(wanted)
    },
    after: (afterOpenTime: number | null) =>
      turn.withPermits(1)(pulled(afterOpenTime ?? Number.NEGATIVE_INFINITY))
  }
})

const openFrom = Effect.fnUntraced(function*(surveyed: Survey, timeframeMillis: number, outer: Scope.Scope) {
  const scope = yield* Scope.fork(outer)
  const pull = yield* Scope.provide(Stream.toPull(candlesOf(surveyed, { timeframeMillis })), scope)
  return new Opened(scope, pull)
})

type Pulled = Effect.Success<ReturnType<typeof Stream.toPull<Candle, FeedFault, never>>>

class Opened {
  readonly scope: Scope.Closeable
  readonly fill: Effect.Effect<boolean, FeedFault>
  /** Asking at or after this open time needs no rewind. */
  floor = Number.NEGATIVE_INFINITY
  #piece: ReadonlyArray<Candle> = []
  #index = 0

  constructor(scope: Scope.Closeable, pull: Pulled) {
    this.scope = scope
    this.fill = pull.pipe(
      Effect.map((piece) => {
        this.#piece = piece
        this.#index = 0
        return true
      }),
      Effect.catchTag("Done", () => Effect.succeed(false))
    )
  }

  /** The first bar after `wanted` in memory; bars passed over are forgotten. */
  take(wanted: number): Candle | undefined {
    for (; this.#index < this.#piece.length; this.#index++) {
      const bar = this.#piece[this.#index] as Candle
      if (bar.openTime > wanted) return bar
      this.floor = bar.openTime
    }
    return undefined
  }
}

export { layer }
