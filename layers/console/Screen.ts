/**
 * The terminal of one run: rows by cursor to lines, and what supervision says.
 * In: the journal, the session's facts, how to print. Out: lines on stdout; a mark when the first candle was shown.
 * A reader like any other: trading never waits for it, and goes on without it.
 */
import { Cause, Deferred, Effect, Queue } from "effect"
import type { Scope } from "effect"
import { Readers } from "../../src/actors/Readers.ts"
import type { ConsoleEvent, SessionFacts } from "../../src/cli/ConsoleEvent.ts"
import type { OutputOptions } from "../../src/cli/TradeOptions.ts"
import type { AnyFault } from "../../src/domain/Fault.ts"
import { toFloat, toPrice, toQuote } from "../../src/domain/money.ts"
import { capitalNeeded } from "../../src/engine/risk/sizing.ts"
import { Journal } from "../../src/ports/Journal.ts"
import { mustSee } from "../../src/ports/logFacts.ts"
import type { SupervisionEvent } from "../../src/supervision/Supervisor.ts"
import { cloud } from "../logging/shapes.ts"
import { mayPaint } from "./paint.ts"
import { closing, makePresenter, opening, present } from "./Presenter.ts"

const PAGE = 500

export interface Screen {
  readonly tell: (event: ConsoleEvent) => void
  readonly supervised: (event: SupervisionEvent) => Effect.Effect<void>
  /** Done when the first candle of this run was shown. */
  readonly firstCandle: Deferred.Deferred<void>
  /** Shows what is left and the report. */
  readonly end: Effect.Effect<void>
}

const onCloudRun = (env: NodeJS.ProcessEnv): boolean => (env["K_SERVICE"] ?? "") !== ""

/** On Cloud Run a block of lines is one log entry: stdout carries nothing but JSON there (decisions 45, conventions F1). */
const cloudEntry = (env: NodeJS.ProcessEnv): (text: string) => string => {
  const shape = cloud(env["GOOGLE_CLOUD_PROJECT"] ?? null)
  const facts = {
    severity: "INFO",
    labels: {},
    fields: {},
    runbook: null,
    cause: null,
    span: null,
    mustSee: true
  } as const
  return (message) => shape({ ...facts, date: new Date(), message })
}

/** Rows by cursor to lines: a reader like any other, which trading never waits for. */
export const openScreen = Effect.fnUntraced(function*(
  options: OutputOptions,
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
  const shape = onCloudRun(env) && !options.json ? cloudEntry(env) : (text: string) => text
  const presenter = makePresenter(facts, { json: options.json, quiet: options.quiet, colours })
  const firstCandle = yield* Deferred.make<void>()
  const bell = yield* Queue.sliding<void>(1)
  const print = (lines: ReadonlyArray<string>) => {
    if (lines.length > 0) stdout.write(`${shape(lines.join("\n"))}\n`)
  }
  const tell = (event: ConsoleEvent) => print(present(presenter, event))

  /** Said once, at the first price: below it every entry would be refused for its size (decisions 21). */
  const tooSmall = (candle: string): ReadonlyArray<string> => {
    const { instrument, settings } = facts
    const { priceScale, quote } = instrument
    const close = toPrice(Number(candle.split(",")[3]), priceScale)
    const needed = capitalNeeded(instrument, close, settings.sizing.maxPosition)
    if (toQuote(settings.capital, priceScale) >= needed) return []
    const words =
      `capital ${settings.capital} ${quote} is too small for ${instrument.id}: at this price the smallest `
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
