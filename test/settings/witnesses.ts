/**
 * Witnesses: each runs the code that reads settings and says what came out, as one text.
 * In: effective settings. Out: a fingerprint that is equal for equal behaviour.
 * A setting counts as read only if some witness says something else when it changes (L-15, P-28).
 */
import { Context, Effect, Exit, Layer, Logger } from "effect"
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { higherFrame } from "../../layers/settings/frames.ts"
import { decode, emptyGroups, treeOf } from "../../layers/settings/keys.ts"
import { parseJsonc } from "../../layers/settings/jsonc.ts"
import { refuseUnsafe } from "../../layers/settings/safety.ts"
import * as EventLoop from "../../layers/http/EventLoop.ts"
import * as Health from "../../layers/http/health.ts"
import { lineLogger } from "../../layers/logging/logging.ts"
import { openMarket, tradedInstrument } from "../../layers/market.ts"
import { keepsTrace } from "../../observability/sampling.ts"
import * as Telemetry from "../../observability/telemetry.ts"
import { Transport } from "../../observability/transport.ts"
import { runLoop } from "../../src/backtest/loop.ts"
import type { LoadedSettings } from "../../src/cli/LoadedSettings.ts"
import type { Candle } from "../../src/domain/Candle.ts"
import type { Settings } from "../../src/domain/Settings.ts"
import type { Decision } from "../../src/engine/Decision.ts"
import { makeMarketState, observe } from "../../src/engine/observe.ts"
import { recordOf } from "../../src/engine/record.ts"
import { vote } from "../../src/engine/strategy/tally.ts"
import { HealthSource } from "../../src/ports/HealthSource.ts"
import { scriptedMarket } from "../../src/simulator/markets/scripted.ts"
import { makeSyntheticMarket } from "../../src/simulator/markets/synthetic.ts"
import { wellSnapshot } from "../kit/healthSnapshots.ts"
import { held } from "../kit/timelines.ts"
import { PROFILES } from "./reading.ts"

export type Changes = Readonly<Record<string, unknown>>
export type Witness = (settings: Settings) => Promise<string>

const profile = parseJsonc(readFileSync(`${PROFILES}/balanced.json`, "utf8"))
const profileEntries = profile._tag === "Entries"
  ? profile.entries.map((entry) => [entry.path, entry.value] as const)
  : []

/** Balanced settings with some keys changed; throws when a change is out of range. */
export const settingsWith = (changes: Changes): Settings => {
  const exit = decode(treeOf([...emptyGroups(), ...profileEntries, ...Object.entries(changes)]))
  if (Exit.isFailure(exit)) throw new Error(String(exit.cause))
  return exit.value
}

const BAR = 900_000
const START = 1_767_225_600_000
const HISTORY = 1_100

const synthetic = (count: number): ReadonlyArray<Candle> => {
  const market = makeSyntheticMarket({
    seed: 42,
    startPrice: 12_000_000,
    startTime: START,
    baseMillis: BAR,
    tick: 1
  })
  return Array.from({ length: count }, () => market.next())
}

const SYNTHETIC = synthetic(HISTORY + 2_500)
const GAPS = scriptedMarket(
  { startPrice: 12_000_000, startTime: START, baseMillis: BAR, tick: 1, volume: 10 },
  `calm ${HISTORY}${
    "; down 12 by 6%; gap 2; down 4 by 4%; up 10 by 6%; gap 6; down 8 by 3%; up 8 by 4%; crash 8%; calm 6"
      .repeat(12)
  }`
)

// Up and back at once, then a smaller rise when the fall is still the larger half of RSI's window: RSI says buy, the band sell.
// Then so long without any movement that MACD is exactly zero before the slow averages meet: one vote alone.
const EDGES = scriptedMarket(
  { startPrice: 12_000_000, startTime: START, baseMillis: BAR, tick: 1, volume: 10 },
  `calm ${HISTORY}; flat 20; rally 10%; crash 9.1%; flat 12; rally 3.9%; up 5 by 5%; flat 1000`
)

/** The bare loop: every decision that is no plain hold in full, every other by its reason, and every ledger event. */
const loopOver = (candles: ReadonlyArray<Candle>): Witness => async (settings) => {
  const instrument = await Effect.runPromise(tradedInstrument(settings))
  const hash = createHash("sha256")
  runLoop({
    account: "witness",
    instrument,
    settings,
    baseMillis: BAR,
    higherMillis: higherFrame(settings, BAR),
    history: candles.slice(0, HISTORY),
    candles: candles.slice(HISTORY),
    onDecision: (decision) => hash.update(wordsOf(decision)),
    onEvent: (event) => hash.update(JSON.stringify(event))
  })
  return hash.digest("hex")
}

const wordsOf = (decision: Decision): string =>
  decision.verdict === "None"
    ? `${decision.reason} ${decision.ballot.score} ${decision.ballot.votes.map((one) => one.reason).join()}`
    : JSON.stringify(recordOf(decision))

export const loop: Witness = loopOver(SYNTHETIC)
export const loopWithGaps: Witness = loopOver(GAPS)
export const loopAtEdges: Witness = loopOver(EDGES)

/** The loop with every feature row: what is recorded and given to models. */
export const rows: Witness = async (settings) => {
  const market = makeMarketState({
    baseMillis: BAR,
    higherMillis: higherFrame(settings, BAR),
    spec: settings.spec
  })
  const hash = createHash("sha256")
  for (const candle of SYNTHETIC.slice(0, 200)) hash.update(observe(market, candle).features)
  return hash.digest("hex")
}

/** The vote with a model that is sure of the long side. */
export const voteWithModel: Witness = async (settings) => {
  const market = makeMarketState({
    baseMillis: BAR,
    higherMillis: higherFrame(settings, BAR),
    spec: settings.spec
  })
  const prediction = { modelHash: "test", long: 0.9, short: 0.1, longPrior: 0.5, shortPrior: 0.5, models: [] }
  return SYNTHETIC.slice(0, 2_000).map((candle) => vote(settings, observe(market, candle), prediction).score)
    .join()
}

/** What the market is: its identity and its first bars. */
export const market: Witness = (settings) =>
  Effect.runPromise(Effect.scoped(Effect.gen(function*() {
    const instrument = yield* tradedInstrument(settings)
    const opened = yield* openMarket(settings, instrument, { data: null, speed: { _tag: "Max" } })
    const history = yield* opened.history
    return JSON.stringify([opened.identity, history.slice(0, 3)])
  })))

/** Whether the run may start, and the words when it may not. */
export const start: Witness = (settings) => {
  const loaded: LoadedSettings = {
    settings,
    origins: new Map(),
    notes: [],
    mode: null,
    profile: "balanced",
    hash: ""
  }
  return Effect.runPromise(
    refuseUnsafe(loaded, null, {}).pipe(
      Effect.match({ onFailure: (fault) => fault.message, onSuccess: () => "starts" })
    )
  )
}

/** The log lines that pass. */
export const logLines: Witness = (settings) => {
  const lines: Array<string> = []
  const logger = lineLogger(settings.log.level, (line) => line.message, (line) => void lines.push(line))
  const all = Effect.all([
    Effect.logDebug("debug"),
    Effect.log("info"),
    Effect.logWarning("warning"),
    Effect.logError("error")
  ])
  return Effect.runPromise(all.pipe(Effect.provide(Logger.layer([logger])), Effect.map(() => lines.join())))
}

/** Which plain holds get a trace. */
export const traces: Witness = async (settings) =>
  Array.from({ length: 200 }, (_, index) => {
    const timeline = held()
    return keepsTrace(
        { ...timeline, record: { ...timeline.record, id: `hold/${index}` } },
        settings.telemetry.holdSample
      )
      ? "1"
      : "0"
  }).join("")

/** Where the health server listens, or what it says when it cannot. */
export const server: Witness = (settings) => {
  const address = { ...settings.server, portChosen: true, onCloudRun: false }
  const source = Layer.succeed(HealthSource, { snapshot: Effect.succeed(wellSnapshot()) })
  const built = Layer.build(Health.layer(address).pipe(Layer.provide(Layer.merge(source, EventLoop.layer))))
  return Effect.runPromise(
    Effect.scoped(built).pipe(
      Effect.match({
        onFailure: (fault) => fault.message,
        onSuccess: (context) => Context.get(context, Health.HealthServer).url
      }),
      Effect.provide(Logger.layer([]))
    )
  )
}

/** Where spans are sent, `nowhere` without an endpoint. */
export const endpoint: Witness = (settings) => {
  let url = "nowhere"
  const load: Telemetry.LoadTransport = () =>
    Promise.resolve({
      layer: (options) => {
        url = options.url
        return Layer.succeed(Transport, {
          offer: () => {},
          counts: () => ({ sent: 0, full: 0, failed: 0, shutdown: 0 })
        })
      }
    })
  const resource = { serviceName: "daruma", serviceVersion: "0", attributes: {} }
  const built = Layer.build(Telemetry.layer(settings.telemetry, resource, load))
  return Effect.runPromise(Effect.map(Effect.scoped(built), () => url))
}
