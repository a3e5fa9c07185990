/**
 * The smallest whole desk: everything in memory, a market from an array, the real actors.
 * In: candles, settings. Out: all services of a desk; replace any of them, or any actor, by providing another layer.
 * A product, not a fixture: docs/simulation.md builds on it, and the parity test compares it with the bare loop.
 */
import { Effect, Layer } from "effect"
import type { Context } from "effect"
import { actorsLayer } from "../src/actors/Pipeline.ts"
import { Desk } from "../src/actors/Desk.ts"
import { Mailboxes } from "../src/actors/Mailboxes.ts"
import { Progress } from "../src/actors/Progress.ts"
import { Readers } from "../src/actors/Readers.ts"
import { Standing } from "../src/actors/Standing.ts"
import { Timelines } from "../src/actors/Timelines.ts"
import { exchangeOptions } from "../src/backtest/driver.ts"
import type { Candle } from "../src/domain/Candle.ts"
import type { AnyFault } from "../src/domain/Fault.ts"
import type { Instrument } from "../src/domain/Instrument.ts"
import type { Settings } from "../src/domain/Settings.ts"
import { higherMillis } from "../src/domain/timeframe.ts"
import { Inference } from "../src/ports/Inference.ts"
import { MarketClock, MarketData } from "../src/ports/MarketData.ts"
import type { MarketEvent } from "../src/ports/MarketData.ts"
import { Notifier } from "../src/ports/Notifier.ts"
import { actor } from "../src/supervision/Actor.ts"
import type { Child } from "../src/supervision/Actor.ts"
import type { Inbox } from "../src/supervision/Mailbox.ts"
import { layer as journalMemory } from "./journal/Memory.ts"
import { layer as leaseMemory } from "./lease/Memory.ts"
import { LeaseTable } from "./lease/LeaseTable.ts"
import { layerMemory as venueMemory } from "./venue/Simulated.ts"

export interface TestDeskOptions {
  readonly account: string
  readonly instrument: Instrument
  readonly settings: Settings
  readonly baseMillis: number
  readonly candles: ReadonlyArray<Candle>
  readonly history?: ReadonlyArray<Candle>
  /** Capacity of every data lane; 1 is the hardest. */
  readonly capacity?: number
}

/** A replayed market out of an array, as fast as it is asked. */
export const arrayMarket = (options: TestDeskOptions): Layer.Layer<MarketData> =>
  Layer.sync(MarketData, () => {
    const { baseMillis, candles, history = [], instrument } = options
    let index = 0
    return {
      identity: {
        source: "file",
        key: `array-${candles.length}`,
        instrument: instrument.id,
        baseMillis,
        demo: false,
        replayed: true
      },
      history: Effect.succeed(history),
      next: (after) =>
        Effect.sync((): MarketEvent => {
          const wanted = after ?? Number.NEGATIVE_INFINITY
          const opens = (at: number): number => candles[at]?.openTime ?? Number.POSITIVE_INFINITY
          while (index > 0 && opens(index - 1) > wanted) index -= 1
          while (opens(index) <= wanted) index += 1
          const candle = candles[index]
          return candle === undefined ? { _tag: "Ended" } : { _tag: "Closed", candle }
        })
    }
  })

/** Market time of a replay: the close of the newest bar, never backwards (decisions 47). */
export const replayClock: Layer.Layer<MarketClock> = Layer.sync(MarketClock, () => {
  let instant = 0
  return {
    now: () => instant,
    advance: (to) => {
      if (to > instant) instant = to
    }
  }
})

const noModel: Layer.Layer<Inference> = Layer.succeed(Inference, {
  predict: () => Effect.succeed({ _tag: "Missing", words: "no model is configured" })
})

const silent: Layer.Layer<Notifier> = Layer.succeed(Notifier, { notify: () => Effect.void })

/** A desk on paper with these options. */
export const deskOf = (options: Omit<TestDeskOptions, "candles">): Desk["Service"] => ({
  account: options.account,
  instrument: options.instrument,
  settings: options.settings,
  settingsHash: "test",
  baseMillis: options.baseMillis,
  higherMillis: higherMillis(options.baseMillis),
  stage: "paper",
  realMoney: false
})

/** All services but the actors; what outlives an incarnation. */
export const servicesLayer = (options: TestDeskOptions) => {
  const world = Layer.mergeAll(
    Layer.succeed(Desk, deskOf(options)),
    Mailboxes.layer(options.capacity ?? 64),
    Progress.layer,
    Readers.layer,
    Standing.layer,
    replayClock,
    arrayMarket(options),
    noModel,
    silent
  )
  const table = LeaseTable.layerMemory
  const stores = Layer.mergeAll(
    journalMemory({ account: options.account }),
    leaseMemory({ holder: "test" })
  ).pipe(Layer.provideMerge(table))
  const venue = venueMemory(exchangeOptions(options.settings, options.instrument)).pipe(Layer.provide(world))
  return Timelines.layer.pipe(Layer.provideMerge(Layer.mergeAll(world, stores, venue)))
}

/** The whole desk: services and the real actors. */
export const deskLayer = (options: TestDeskOptions) =>
  actorsLayer.pipe(Layer.provideMerge(servicesLayer(options)))

type Boxes = Mailboxes["Service"]
type Stage = "feature" | "inference" | "strategy" | "risk"
type MessageOf<Name extends Stage> = Parameters<Boxes[Name]["tell"]>[0]

/** A stage of the pipeline of another making, in one line: answers each message of its mailbox by telling others. */
export const standIn = <Self, Name extends Stage>(
  stage: Context.Service<Self, Child<never>>,
  name: Name,
  onMessage: (message: MessageOf<Name>, mailboxes: Boxes) => Effect.Effect<unknown, AnyFault>
): Layer.Layer<Self, never, Mailboxes> =>
  Layer.effect(
    stage,
    Effect.map(Mailboxes, (mailboxes) => {
      const inbox: Inbox<MessageOf<Name>> = mailboxes[name] as unknown as Inbox<MessageOf<Name>>
      const onData = (message: MessageOf<Name>) => Effect.asVoid(onMessage(message, mailboxes))
      return actor({ name, inbox, start: Effect.succeed({ onData }) })
    })
  )
