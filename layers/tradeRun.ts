/**
 * One run of `daruma trade` from the first line to the report.
 * In: options and loaded settings. Out: an exit code; lines on stdout, rows in the journal, answers on the health port.
 * Here, behind a dynamic import: nothing of it is loaded for `--help` (decisions 10).
 */
import { Cause, Deferred, Effect, Exit, Layer, Queue } from "effect"
import type { Scope } from "effect"
import * as Context from "effect/Context"
import type { Desk } from "../src/actors/Desk.ts"
import { deskHealth } from "../src/actors/deskHealth.ts"
import { pipelineTree } from "../src/actors/Pipeline.ts"
import { Progress } from "../src/actors/Progress.ts"
import { Readers } from "../src/actors/Readers.ts"
import { runDesk } from "../src/actors/runDesk.ts"
import type { ConsoleEvent, SessionFacts } from "../src/cli/ConsoleEvent.ts"
import { EXIT } from "../src/cli/exitCodes.ts"
import type { ExitCode } from "../src/cli/exitCodes.ts"
import type { LoadedSettings } from "../src/cli/LoadedSettings.ts"
import type { TradeOptions } from "../src/cli/TradeOptions.ts"
import type { AnyFault } from "../src/domain/Fault.ts"
import { toFloat, toPrice, toQuote } from "../src/domain/money.ts"
import { capitalNeeded } from "../src/engine/risk/sizing.ts"
import { LeaseHeld } from "../src/errors/LeaseError.ts"
import { HealthSource } from "../src/ports/HealthSource.ts"
import { Journal } from "../src/ports/Journal.ts"
import { mustSee } from "../src/ports/logFacts.ts"
import type { SupervisionEvent } from "../src/supervision/Supervisor.ts"
import * as Telemetry from "../observability/telemetry.ts"
import { mayPaint } from "./console/paint.ts"
import { closing, makePresenter, opening, present } from "./console/Presenter.ts"
import { deskKey, homeLayout, layoutAround, prepareHome } from "./home.ts"
import type { HomeLayout } from "./home.ts"
import * as EventLoop from "./http/EventLoop.ts"
import * as Health from "./http/health.ts"
import { liveHolder } from "./lease/lockFile.ts"
import * as Logging from "./logging/logging.ts"
import { openMarket, tradedInstrument } from "./market.ts"
import { paperLayer } from "./paper.ts"
import { higherFrame } from "./settings/frames.ts"

const PAGE = 500

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
  return yield* session(options, loaded, facts).pipe(
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

interface Screen {
  readonly tell: (event: ConsoleEvent) => void
  readonly supervised: (event: SupervisionEvent) => Effect.Effect<void>
  /** Done when the first candle of this run was shown. */
  readonly firstCandle: Deferred.Deferred<void>
  /** Shows what is left and the report. */
  readonly end: Effect.Effect<void>
}

/** Rows by cursor to lines: a reader like any other, which trading never waits for. */
const openScreen = Effect.fnUntraced(function*(
  options: TradeOptions,
  facts: SessionFacts
): Effect.fn.Return<Screen, AnyFault, Journal | Readers | Scope.Scope> {
  const journal = yield* Journal
  const readers = yield* Readers
  const { env, stdout } = process
  const colours = mayPaint({
    wanted: options.color,
    terminal: stdout.isTTY === true,
    noColor: env["NO_COLOR"]
  })
  const presenter = makePresenter(facts, { json: options.json, quiet: options.quiet, colours })
  const firstCandle = yield* Deferred.make<void>()
  const bell = yield* Queue.sliding<void>(1)
  const print = (lines: ReadonlyArray<string>) => {
    if (lines.length > 0) stdout.write(`${lines.join("\n")}\n`)
  }
  const tell = (event: ConsoleEvent) => print(present(presenter, event))

  /** Said once, at the first price: below it every entry would be refused for its size (decisions 21). */
  const tooSmall = (candle: string): ReadonlyArray<string> => {
    const { instrument, settings } = facts
    const { priceScale, quote } = instrument
    const close = toPrice(Number(candle.split(",")[3]), priceScale)
    const needed = capitalNeeded(instrument, close, settings.sizing.maxPosition)
    if (toQuote(settings.capital, priceScale) >= needed) return []
    const words = `capital ${settings.capital} ${quote} is too small for ${instrument.id}: at this price the smallest `
      + `order needs ${Math.ceil(toFloat(needed, priceScale))} ${quote}; until then entries are refused`
    return present(presenter, { _tag: "Notice", severity: "Medium", words })
  }

  const past = journal.head()
  let cursor = 0
  const follow = Effect.gen(function*() {
    while (cursor < journal.head()) {
      const lines: Array<string> = []
      for (const row of yield* journal.read(cursor, PAGE)) {
        cursor = row.seq
        if (row.seq <= past) {
          present(presenter, { _tag: "Past", row })
          continue
        }
        lines.push(...present(presenter, { _tag: "Row", row }))
        if (row.event._tag === "CandleClosed") {
          if (!Deferred.isDoneUnsafe(firstCandle)) lines.push(...tooSmall(row.event.text))
          Deferred.doneUnsafe(firstCandle, Effect.void)
        }
      }
      print(lines)
    }
  })
  print(opening(presenter))
  yield* follow
  readers.add(() => Queue.offerUnsafe(bell, undefined))
  // Trading does not depend on a screen: when the screen fails it says so, and trading goes on unseen but journaled.
  const darkened = (cause: Cause.Cause<AnyFault>) =>
    mustSee(Effect.logError(`the screen stopped, trading goes on: ${Cause.pretty(cause)}`))
  const watch = Effect.forever(Effect.andThen(Queue.take(bell), follow)).pipe(Effect.catchCause(darkened))
  yield* Effect.forkScoped(watch)
  return {
    tell,
    firstCandle,
    supervised: (event) =>
      Effect.clockWith((clock) =>
        Effect.sync(() => {
          const told = supervisedEvent(event, clock.currentTimeMillisUnsafe())
          if (told !== null) tell(told)
        })
      ),
    end: Effect.gen(function*() {
      yield* Effect.catchCause(follow, darkened)
      print(closing(presenter))
    })
  }
})

const supervisedEvent = (event: SupervisionEvent, at: number): ConsoleEvent | null => {
  switch (event._tag) {
    case "Failed":
      return {
        _tag: "Supervised",
        change: "failed",
        name: event.child,
        severity: event.severity,
        words: event.words,
        at
      }
    case "Restarted":
      return {
        _tag: "Supervised",
        change: "restarted",
        name: event.child,
        severity: null,
        words: `${event.children.join(", ")} after ${Math.round(event.delayMillis)} ms (${event.fault})`,
        at
      }
    case "Parked":
      return {
        _tag: "Supervised",
        change: "parked",
        name: event.group,
        severity: event.severity,
        words: event.words,
        at
      }
    case "Resumed":
      return {
        _tag: "Supervised",
        change: "resumed",
        name: event.group,
        severity: null,
        words: "starts again",
        at
      }
    case "Rose":
    case "GaveUp":
      return {
        _tag: "Supervised",
        change: "gaveUp",
        name: event.group,
        severity: event.severity,
        words: event.words,
        at
      }
    default:
      return null
  }
}
