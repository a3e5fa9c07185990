/**
 * Replayed markets: what they are called, how they go on after a restart, how fast they play.
 * In: seeds and small files under a test clock. Out: the bars and waits that the port promises.
 * The shape of the synthetic prices is the simulator's own test.
 */
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import * as FileMarket from "../../../layers/market-data/File.ts"
import { layerLive, layerReplayed } from "../../../layers/market-data/MarketClocks.ts"
import { makePace } from "../../../layers/market-data/pacing.ts"
import type { Speed } from "../../../layers/market-data/pacing.ts"
import * as SyntheticMarket from "../../../layers/market-data/Synthetic.ts"
import type { AnyFault } from "../../../src/domain/Fault.ts"
import { instrumentById } from "../../../src/domain/Instrument.ts"
import type { Instrument } from "../../../src/domain/Instrument.ts"
import { MarketClock, MarketData } from "../../../src/ports/MarketData.ts"
import { temporaryFolder } from "../../kit/folder.ts"
import { INSTRUMENT_ID } from "../../kit/rows.ts"

const instrument = instrumentById(INSTRUMENT_ID) as Instrument
const MAX: Speed = { _tag: "Max" }

const synthetic = (seed = 42, speed: Speed = MAX, baseMillis = 900_000) =>
  Layer.fresh(SyntheticMarket.layer({ seed, instrument, baseMillis, speed }))

const take = Effect.fnUntraced(function*(count: number, after: number | null = null) {
  const market = yield* MarketData
  const times: Array<number> = []
  const texts: Array<string> = []
  let cursor = after
  for (let taken = 0; taken < count; taken++) {
    const event = yield* market.next(cursor)
    if (event._tag === "Ended") break
    cursor = event.candle.openTime
    times.push(cursor)
    texts.push(event.candle.text)
  }
  return { times, texts }
})

describe("Synthetic market", () => {
  it.effect("says that it is a demo, and gives 1,200 bars of history before the first", () =>
    Effect.gen(function*() {
      const market = yield* MarketData
      assert.deepStrictEqual(market.identity, {
        source: "synthetic",
        key: "15m-42",
        instrument: INSTRUMENT_ID,
        baseMillis: 900_000,
        demo: true,
        replayed: true
      })
      const history = yield* market.history
      assert.strictEqual(history.length, 1_200)
      const first = yield* market.next(null)
      assert.isTrue(
        first._tag === "Closed" && first.candle.openTime >= (history.at(-1)?.closeTime ?? Infinity)
      )
    }).pipe(Effect.provide(synthetic())))

  it.effect("the same seed gives the same bars, another seed others", () =>
    Effect.gen(function*() {
      const one = yield* Effect.provide(take(300), synthetic())
      assert.deepStrictEqual(yield* Effect.provide(take(300), synthetic()), one)
      assert.notDeepEqual((yield* Effect.provide(take(300), synthetic(43))).texts, one.texts)
    }))

  it.effect("goes on after any bar as if it had never stopped, forwards and back", () =>
    Effect.gen(function*() {
      const whole = yield* take(200)
      const middle = whole.times[99] as number
      const rest = { times: whole.times.slice(100), texts: whole.texts.slice(100) }
      assert.deepStrictEqual(yield* Effect.provide(take(100, middle), synthetic()), rest)
      assert.deepStrictEqual(yield* take(100, middle), rest)
      assert.deepStrictEqual(yield* take(200), whole)
    }).pipe(Effect.provide(synthetic())))
})

const CSV = [
  "timestamp_ms,open,high,low,close,volume",
  ...Array.from({ length: 1_000 }, (_, index) => `${(index + 1) * 60_000},10,12,9,11,${index}`)
].join("\n")

const fileMarket = (
  folder: string,
  options: { readonly timeframeMillis?: number; readonly content?: string } = {}
) => {
  const path = join(folder, "market.csv")
  writeFileSync(path, options.content ?? CSV)
  return Layer.fresh(
    FileMarket.layer({ path, instrument, timeframeMillis: options.timeframeMillis ?? null, speed: MAX })
  )
}

const inFolder = (words: string, run: (folder: string) => Effect.Effect<void, AnyFault>) =>
  it.effect(words, () => Effect.scoped(Effect.flatMap(temporaryFolder, run)))

describe("File market", () => {
  inFolder("plays every bar once, then ends, and stays ended", (folder) =>
    Effect.gen(function*() {
      const market = yield* MarketData
      const { times } = yield* take(2_000)
      assert.strictEqual(times.length, 1_000)
      assert.deepStrictEqual(yield* market.history, [])
      assert.strictEqual((yield* market.next(times.at(-1) ?? null))._tag, "Ended")
    }).pipe(Effect.provide(fileMarket(folder))))

  inFolder("is named by its content and bar length, not by its path", (folder) =>
    Effect.gen(function*() {
      const key = (options: Parameters<typeof fileMarket>[1]) =>
        Effect.provide(Effect.map(MarketData, ({ identity }) => identity.key), fileMarket(folder, options))
      const plain = yield* key({})
      assert.match(plain, /^1m-[0-9a-f]{12}$/)
      assert.match(yield* key({ timeframeMillis: 300_000 }), /^5m-/)
      assert.notStrictEqual(yield* key({ content: CSV.replace("10,12", "10,13") }), plain)
      assert.strictEqual(yield* key({}), plain)
    }))

  inFolder(
    "goes on after any bar, and rewinds when an earlier one is asked for again",
    (folder) =>
      Effect.gen(function*() {
        const whole = yield* take(1_000)
        const cut = { times: whole.times.slice(500), texts: whole.texts.slice(500) }
        assert.deepStrictEqual(yield* take(500, whole.times[499]), cut)
        assert.deepStrictEqual(yield* take(1_000), whole)
        assert.deepStrictEqual(yield* Effect.provide(take(500, whole.times[499]), fileMarket(folder)), cut)
      }).pipe(Effect.provide(fileMarket(folder)))
  )

  inFolder(
    "a bad row at the end refuses the market before its first bar",
    (folder) =>
      Effect.gen(function*() {
        const spoilt = fileMarket(folder, { content: `${CSV}\n70000000,1,2,3` })
        const fault = yield* Effect.match(Effect.provide(take(1), spoilt), {
          onFailure: (found) => found._tag,
          onSuccess: () => "played"
        })
        assert.strictEqual(fault, "BadRow")
      })
  )
})

describe("makePace", () => {
  const timesOf = (speed: Speed, closes: ReadonlyArray<number>, stallAt = -1) =>
    Effect.gen(function*() {
      const pace = makePace(speed)
      const run = Effect.forEach(closes, (close, index) =>
        Effect.andThen(
          Effect.andThen(pace.wait(close), index === stallAt ? Effect.sleep("1 second") : Effect.void),
          Clock.currentTimeMillis
        ))
      const fiber = yield* Effect.forkChild(run)
      yield* TestClock.adjust("2 hours")
      return yield* Fiber.join(fiber)
    })
  const closes = [60_000, 120_000, 300_000, 360_000, 420_000]

  it.effect("N bars a second, the first at once, whatever market time passes between them", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* timesOf({ _tag: "PerSecond", candles: 20 }, closes), [
        0,
        50,
        100,
        150,
        200
      ])
    }))

  it.effect("a fraction of a millisecond is carried on, not lost", () =>
    Effect.gen(function*() {
      const many = Array.from({ length: 301 }, (_, index) => (index + 1) * 60_000)
      assert.strictEqual((yield* timesOf({ _tag: "PerSecond", candles: 300 }, many)).at(-1), 1_000)
    }))

  it.effect("a stall is not caught up with a burst", () =>
    Effect.gen(function*() {
      const slow: Speed = { _tag: "PerSecond", candles: 20 }
      assert.deepStrictEqual(yield* timesOf(slow, closes, 1), [0, 1_050, 1_050, 1_100, 1_150])
    }))

  it.effect("real plays by the bars' own times, gaps included", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* timesOf({ _tag: "Real" }, closes), [0, 60_000, 240_000, 300_000, 360_000])
    }))

  it.live("max lets others have their turn at least every 16 bars", () =>
    Effect.gen(function*() {
      const pace = makePace(MAX)
      for (let round = 0; round < 10; round++) {
        let served = false
        setImmediate(() => served = true)
        for (let bar = 0; bar < 16; bar++) yield* pace.wait(1)
        assert.isTrue(served)
      }
    }))
})

describe("MarketClock", () => {
  it.effect("replayed: stands at the newest advance and never goes back", () =>
    Effect.gen(function*() {
      const clock = yield* MarketClock
      clock.advance(5_000)
      clock.advance(4_000)
      yield* TestClock.adjust("1 hour")
      assert.strictEqual(clock.now(), 5_000)
    }).pipe(Effect.provide(Layer.fresh(layerReplayed))))

  it.effect("live: is the wall clock and ignores advances", () =>
    Effect.gen(function*() {
      const clock = yield* MarketClock
      clock.advance(5_000)
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual(clock.now(), 2_000)
    }).pipe(Effect.provide(Layer.fresh(layerLive))))
})
