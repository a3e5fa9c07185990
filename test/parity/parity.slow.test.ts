/**
 * Two drivers, one core: the bare loop and the supervised actors decide and book identically, byte for byte.
 * In: real and synthetic candles, every check forced once. Out: equal records, equal ledger events, in equal order.
 */
import { Effect, Layer } from "effect"
import { it } from "@effect/vitest"
import { assert, describe } from "vitest"
import { actorsLayer } from "../../src/actors/Pipeline.ts"
import type { Candle } from "../../src/domain/Candle.ts"
import { DECISION_REASONS } from "../../src/domain/decisionReasons.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import { Inference } from "../../src/ports/Inference.ts"
import { loadCandles } from "../../layers/datasets/csv.ts"
import { servicesLayer } from "../../layers/test.ts"
import type { TestDeskOptions } from "../../layers/test.ts"
import { byActors, byLoop } from "../kit/drivers.ts"
import type { Driven } from "../kit/drivers.ts"
import { profileSettings } from "../kit/profile.ts"
import { referencePath } from "../kit/reference.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../kit/syntheticBars.ts"

const deskOn = (
  instrumentId: string,
  candles: ReadonlyArray<Candle>,
  over: Parameters<typeof profileSettings>[1] = {}
): TestDeskOptions => {
  const instrument = instrumentById(instrumentId)
  assert.isDefined(instrument)
  return {
    account: "parity",
    instrument,
    settings: profileSettings("balanced", over),
    baseMillis: FIFTEEN_MINUTES,
    candles
  }
}

const assertEqual = (loop: Driven, actors: Driven) => {
  assert.strictEqual(actors.decisions.length, loop.decisions.length)
  loop.decisions.forEach((record, index) => assert.strictEqual(actors.decisions[index], record))
  assert.deepStrictEqual(actors.events, loop.events)
}

/** Names of the refusals among the reasons. */
const refusalsIn = (driven: Driven): ReadonlyArray<string> =>
  [...driven.reasons.keys()].filter((reason) =>
    DECISION_REASONS[reason as keyof typeof DECISION_REASONS].kind === "refused"
  )

const month = referencePath("data/binance-btcusdt-15m-2024.csv.gz")
const MARCH = [Date.UTC(2024, 2, 1), Date.UTC(2024, 3, 1)] as const

describe("bare loop and actors", () => {
  it.effect.skipIf(month === undefined)(
    "agree on a month of real candles with many orders and refusals",
    () =>
      Effect.gen(function*() {
        const year = yield* loadCandles(month ?? "")
        const candles = year.filter(({ openTime }) => openTime >= MARCH[0] && openTime < MARCH[1])
        const strict = { risk: { entriesPerDay: 5, guardStops: 2, maxDayLoss: 0.001 }, account: "margin" }
        const desk = deskOn("binance:BTC/USDT", candles, strict)
        const loop = byLoop(desk)
        assertEqual(loop, yield* byActors(desk))
        const refusals = refusalsIn(loop).map((reason) => loop.reasons.get(reason) ?? 0)
        assert.isAtLeast(loop.reasons.get("ordered") ?? 0, 80)
        assert.isAtLeast(refusals.length, 4, refusalsIn(loop).join(", "))
        assert.isAtLeast(refusals.reduce((sum, one) => sum + one, 0), 20)
      }),
    60_000
  )

  it.live("are not disturbed by a stall of five seconds", () =>
    Effect.gen(function*() {
      const desk = deskOn("bitbank:BTC/JPY", syntheticBars(5, 400))
      let asked = 0
      const stalling = Layer.succeed(Inference, {
        predict: () =>
          Effect.as(
            ++asked === 200 ? Effect.sleep("5 seconds") : Effect.void,
            { _tag: "Missing", words: "stalled" } as const
          )
      })
      const slow = actorsLayer.pipe(Layer.provideMerge(stalling), Layer.provideMerge(servicesLayer(desk)))
      assertEqual(byLoop(desk), yield* byActors(desk, slow))
      assert.isAbove(asked, 200)
    }), 60_000)

  it.effect("part as soon as one constant of either changes", () =>
    Effect.gen(function*() {
      const bars = syntheticBars(5, 600)
      const on = (change: object) => deskOn("bitbank:BTC/JPY", bars, { capital: 50_000_000, ...change })
      const desk = on({})
      const actors = yield* byActors(desk)
      const loop = byLoop(desk)
      assertEqual(loop, actors)
      const takerFee = {
        ...desk,
        instrument: { ...desk.instrument, takerFee: 1_001 as typeof desk.instrument.takerFee }
      }
      const changes = [
        on({ vote: { conflictMargin: 0.12 } }),
        on({ sizing: { bootstrap: 0.0101 } }),
        on({ risk: { coolDownBars: 2 } }),
        takerFee
      ]
      for (const changed of changes) {
        const inLoop = byLoop(changed)
        const inActors = yield* byActors(changed)
        assert.throws(() => assertEqual(inLoop, actors))
        assert.throws(() => assertEqual(loop, inActors))
        assertEqual(inLoop, inActors)
      }
    }), 60_000)
})

/** Settings under which a market of 1,500 synthetic bars meets a rule at least once; some bars are taken out for gaps. */
const FORCED: ReadonlyArray<readonly [reason: string, over: Parameters<typeof profileSettings>[1]]> = [
  ["drawdown", {
    risk: { maxDrawdown: 0.01, lossStreak: 50 },
    sizing: { maxPosition: 0.1, bootstrap: 0.1, riskPerTrade: 0.05 },
    vote: { rulesOnlyFactor: 1 },
    simulation: { slippage: 0.01 }
  }],
  ["dayLoss", {
    risk: { maxDayLoss: 0.001 },
    sizing: { maxPosition: 0.1, bootstrap: 0.1, riskPerTrade: 0.05 },
    vote: { rulesOnlyFactor: 1 }
  }],
  ["lossStreak", { risk: { lossStreak: 2 } }],
  ["coolDown", { risk: { coolDownBars: 6 } }],
  ["stoplossGuard", { risk: { guardStops: 1, guardPauseBars: 30 } }],
  ["lowProfitPairs", { risk: { lowProfitTrades: 1, lowProfitLoss: 0 } }],
  ["entryLimit", { risk: { entriesPerDay: 1 } }],
  ["dataGap", { risk: { maxGapBars: 0 } }],
  ["anomaly", { risk: { anomalyMove: 0.01 } }],
  ["riskScore", { risk: { denyScore: 0.2, conditionalScore: 0.1 } }],
  ["belowMinimumAmount", { capital: 20_000 }],
  ["planOutOfBounds", { risk: { maxStopDistance: 0.005 } }]
]

const gapped = syntheticBars(9, 1_500).filter((_, index) => index % 37 !== 5)

describe("every check of the market's making, in both drivers", () => {
  for (const account of ["spot", "margin"] as const) {
    it.effect.each(FORCED)(
      `refuses for %s on a ${account} account`,
      ([reason, over]) =>
        Effect.gen(function*() {
          const desk = deskOn("bitbank:BTC/JPY", gapped, { capital: 5_000_000, ...over, account })
          const loop = byLoop(desk)
          assertEqual(loop, yield* byActors(desk))
          assert.include(refusalsIn(loop), reason)
        }),
      30_000
    )
  }
})
