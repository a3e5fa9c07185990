/**
 * One run of `daruma trade` from the first line to the report.
 * In: options and loaded settings. Out: an exit code; lines on stdout, rows in the journal, answers on the health port.
 * Here, behind a dynamic import: nothing of it is loaded for `--help` (decisions 10).
 */
import { Deferred, Effect, Exit, Layer } from "effect"
import type { Scope } from "effect"
import * as Context from "effect/Context"
import type { Desk } from "../src/actors/Desk.ts"
import { deskHealth } from "../src/actors/deskHealth.ts"
import { pipelineTree } from "../src/actors/Pipeline.ts"
import { Progress } from "../src/actors/Progress.ts"
import { runDesk } from "../src/actors/runDesk.ts"
import type { ConsoleEvent, SessionFacts } from "../src/cli/ConsoleEvent.ts"
import { EXIT } from "../src/cli/exitCodes.ts"
import type { ExitCode } from "../src/cli/exitCodes.ts"
import type { LoadedSettings } from "../src/cli/LoadedSettings.ts"
import type { TradeOptions } from "../src/cli/TradeOptions.ts"
import type { AnyFault } from "../src/domain/Fault.ts"
import { LeaseHeld } from "../src/errors/LeaseError.ts"
import { HealthSource } from "../src/ports/HealthSource.ts"
import * as Telemetry from "../observability/telemetry.ts"
import { openScreen } from "./console/Screen.ts"
import { deskKey, homeLayout, layoutAround, prepareHome } from "./home.ts"
import type { HomeLayout } from "./home.ts"
import * as EventLoop from "./http/EventLoop.ts"
import * as Health from "./http/health.ts"
import { liveHolder } from "./lease/lockFile.ts"
import * as Logging from "./logging/logging.ts"
import { openMarket, tradedInstrument } from "./market.ts"
import { paperLayer } from "./paper.ts"
import { higherFrame } from "./settings/frames.ts"

export const runTrade = (options: TradeOptions, loaded: LoadedSettings): Effect.Effect<ExitCode, AnyFault> =>
  Effect.scoped(trade(options, loaded)).pipe(Effect.provide(surroundings(options, loaded)))

/** Logs and traces: what every line of the run stands on. */
const surroundings = (options: TradeOptions, { settings }: LoadedSettings) => {
  const { env, stderr, stdout } = process
  const onCloudRun = (env["K_SERVICE"] ?? "") !== ""
  const level = options.quiet && settings.log.level !== "ERROR" ? "WARNING" : settings.log.level
  return Layer.provideMerge(
    Telemetry.layer(settings.telemetry, {
      serviceName: "daruma",
      serviceVersion: "0.1.0",
      attributes: { "trading.stage": settings.stage }
    }),
    Logging.layer({
      level,
      onCloudRun,
      project: env["GOOGLE_CLOUD_PROJECT"] ?? null,
      stdoutTaken: options.json,
      stdout,
      stderr
    })
  )
}

const trade = Effect.fnUntraced(function*(options: TradeOptions, loaded: LoadedSettings) {
  const { settings } = loaded
  const instrument = yield* tradedInstrument(settings)
  const market = yield* openMarket(settings, instrument, options)
  const { baseMillis, demo } = market.identity
  const account = `${demo ? "demo" : "paper"}-${settings.account}`
  const key = deskKey(account, market.identity)
  const layout = options.journal === null ? homeLayout(options.home, key) : layoutAround(options.journal)
  yield* refuseSecond(layout)
  const { kept } = yield* prepareHome(layout, options)
  const desk: Desk["Service"] = {
    account,
    instrument,
    settings,
    settingsHash: loaded.hash,
    baseMillis,
    higherMillis: higherFrame(settings, baseMillis),
    stage: settings.stage,
    realMoney: false
  }
  const facts: SessionFacts = {
    account,
    instrument,
    settings,
    baseMillis,
    realMoney: false,
    demo,
    profile: loaded.profile,
    settingsHash: loaded.hash,
    journal: layout.journal,
    notes: kept === null ? loaded.notes : [...loaded.notes, `the journal of before is kept in ${kept}`]
  }
  // The session's own scope closes first: actors, lease and server let go while journal and ledger are still open.
  return yield* Effect.scoped(session(options, loaded, facts)).pipe(
    Effect.provide(paperLayer({ desk, market, layout, key }))
  )
})

/** Somebody alive trades in this folder: said before anything is opened (exit 4). */
const refuseSecond = (layout: HomeLayout): Effect.Effect<void, LeaseHeld> => {
  const other = liveHolder(layout.lock)
  return other === null
    ? Effect.void
    : Effect.fail(new LeaseHeld({ holder: `pid ${other.pid}`, pid: other.pid, since: other.since }))
}

const session = Effect.fnUntraced(
  function*(options: TradeOptions, loaded: LoadedSettings, facts: SessionFacts) {
    const progress = yield* Progress
    const screen = yield* openScreen(options, facts)
    let draining = false
    const desk = yield* runDesk(yield* pipelineTree, { onEvent: (event) => screen.supervised(event) })
    const health = yield* deskHealth({ supervision: desk.supervision, isDraining: () => draining })
    yield* serveHealth(loaded, health, screen.tell)

    const finish = Effect.fnUntraced(function*(how: "marketEnded" | "stopped" | "failed" | "timeUp") {
      draining = true
      yield* desk.drain(how === "failed" ? "failed" : how === "marketEnded" ? "marketEnded" : "drained")
      yield* screen.end
    })
    const timeUp = options.forMillis === null
      ? Effect.never
      : Deferred.await(screen.firstCandle).pipe(
        Effect.andThen(Effect.sleep(options.forMillis)),
        Effect.as("timeUp" as const)
      )

    const how = yield* Effect.uninterruptibleMask((restore) =>
      Effect.gen(function*() {
        const ended = yield* Effect.exit(restore(Effect.raceFirst(desk.finished, timeUp)))
        const reason = Exit.isSuccess(ended) ? ended.value : "stopped"
        yield* finish(reason)
        return Exit.isSuccess(ended) ? reason : yield* ended
      })
    )
    if (how === "failed") return EXIT.failed
    return progress.tradingState === "Halted" ? EXIT.degraded : EXIT.ok
  }
)

const serveHealth = Effect.fnUntraced(function*(
  loaded: LoadedSettings,
  source: HealthSource["Service"],
  tell: (event: ConsoleEvent) => void
): Effect.fn.Return<void, AnyFault, Scope.Scope> {
  const { host, port } = loaded.settings.server
  const server = Health.layer({
    host,
    port,
    portChosen: loaded.origins.get("server.port")?.origin.kind !== "default",
    onCloudRun: (process.env["K_SERVICE"] ?? "") !== ""
  }).pipe(Layer.provide(Layer.merge(Layer.succeed(HealthSource, source), EventLoop.layer)))
  const context = yield* Layer.build(server)
  tell({ _tag: "Listening", address: Context.get(context, Health.HealthServer).url })
})
