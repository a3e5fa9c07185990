/**
 * Runs one desk: starts the tree, turns what supervision says into rows, incidents and trading state, and ends it in order.
 * In: the tree as data. Out: a running desk with its status, its end, and a drain that leaves nothing half done.
 * Here because the tree decides scopes and severity decides consequences; this is where the two meet (decisions 13).
 */
import { Deferred, Effect } from "effect"
import type { Scope } from "effect"
import type { JournalEvent } from "../domain/Event.ts"
import type { Severity } from "../domain/severityTable.ts"
import { Journal } from "../ports/Journal.ts"
import type { MarketClock } from "../ports/MarketData.ts"
import { supervise } from "../supervision/Supervisor.ts"
import type { Group, Supervision, SupervisionEvent } from "../supervision/Supervisor.ts"
import type { Desk } from "./Desk.ts"
import { makeDrafts } from "./drafts.ts"
import { Mailboxes } from "./Mailboxes.ts"
import { isQuiet, Progress } from "./Progress.ts"
import { Readers } from "./Readers.ts"

export interface RunningDesk {
  readonly supervision: Supervision
  /** Waits for the end of a finite market, for a stop by command, or for the root to give up. */
  readonly finished: Effect.Effect<"marketEnded" | "stopped" | "failed">
  /** No new bar, what is on its way is finished, the session's end is written, then everything stops in reverse. */
  readonly drain: (reason: Extract<JournalEvent, { _tag: "SessionEnded" }>["reason"]) => Effect.Effect<void>
}

/** Cloud Run kills after 10 s; what is still open then is finished by the next boot (reliability 7.6). */
const DRAIN_MILLIS = 4_000
const CLOSE_MILLIS = 2_000

type Needs = Desk | Journal | Mailboxes | MarketClock | Progress | Readers

export interface DeskHooks {
  /** Sees each supervision event before its consequences. */
  readonly onEvent: (event: SupervisionEvent) => Effect.Effect<void>
}

export const runDesk = Effect.fnUntraced(function*(
  root: Group<never>,
  hooks?: DeskHooks
): Effect.fn.Return<RunningDesk, never, Needs | Scope.Scope> {
  const journal = yield* Journal
  const mailboxes = yield* Mailboxes
  const progress = yield* Progress
  const readers = yield* Readers
  const draft = yield* makeDrafts
  const append = (event: JournalEvent) =>
    mailboxes.journal.tell({ _tag: "Append", drafts: [draft(event, null, null)] })

  const seen = hooks?.onEvent ?? (() => Effect.void)
  const supervision = yield* supervise(root, {
    onEvent: (event) => Effect.andThen(seen(event), consequences(event, { append, mailboxes, progress }))
  })

  const until = (reached: () => boolean) =>
    Effect.gen(function*() {
      const done = yield* Deferred.make<void>()
      const remove = readers.add(() => {
        if (reached()) Deferred.doneUnsafe(done, Effect.void)
      })
      if (!reached()) yield* Deferred.await(done).pipe(Effect.ensuring(Effect.sync(remove)))
      else remove()
    })

  const finished = Effect.raceFirst(
    Effect.map(
      until(() => progress.feedStopped),
      () => progress.marketEnded ? "marketEnded" as const : "stopped" as const
    ),
    Effect.as(supervision.ended, "failed" as const)
  )

  const drain: RunningDesk["drain"] = Effect.fnUntraced(function*(reason) {
    yield* mailboxes.feed.command("stop")
    const idle = until(() => (progress.feedStopped || progress.feedWaiting) && isQuiet(progress))
    yield* Effect.timeoutOption(idle, DRAIN_MILLIS)
    mailboxes.feature.ring()
    yield* Effect.yieldNow
    const written = Effect.andThen(
      append({ _tag: "SessionEnded", reason }),
      until(() => progress.sessionEnded)
    )
    yield* Effect.timeoutOption(written, CLOSE_MILLIS)
    yield* Effect.ignore(journal.flush)
    yield* supervision.stop
  })
  return { supervision, finished, drain }
})

interface Hands {
  readonly append: (event: JournalEvent) => Effect.Effect<boolean>
  readonly mailboxes: Mailboxes["Service"]
  readonly progress: Progress["Service"]
}

/** Facts follow facts: what halts is written before supervision goes on; a restart makes everybody look again. */
const consequences = (event: SupervisionEvent, hands: Hands): Effect.Effect<void> => {
  switch (event._tag) {
    case "Failed":
      return failed(event, hands)
    case "Restarted":
      return Effect.suspend(() => {
        const { child, children, count, fault } = event
        lookAgain(hands)
        const severity = severityOf(child, fault === "Defect", "Medium")
        const cause = `${fault}; restarted ${children.join(", ")}`
        // The journal's own restart is written by its next incarnation, whose mailbox this is.
        const restarted = hands.append({ _tag: "ActorRestarted", actor: child, cause, severity, count })
        return Effect.andThen(restarted, reopened(child, hands))
      })
    case "Parked":
      return outOfAction(
        event.group,
        event.severity,
        `${event.group} rests for ${event.forMillis} ms: ${event.words}`,
        hands
      )
    case "Resumed":
      return Effect.suspend(() => {
        lookAgain(hands)
        return reopened(event.group, hands)
      })
    case "Rose":
    case "GaveUp":
      return outOfAction(event.group, event.severity, event.words, hands)
    default:
      return Effect.void
  }
}

/** Whoever fell had a message in hand, which is lost: all who wait for a level look at it, and send again. */
const lookAgain = ({ mailboxes, progress }: Hands): void => {
  progress.restarts += 1
  for (const name of ["feed", "reconciler", "protection", "portfolio", "venue"] as const) {
    mailboxes[name].ring()
  }
}

/** What supervision itself does to the trading state; an operator's word is never undone by it. */
const setControl = (
  control: "halt" | "reduce" | "resume",
  who: string,
  words: string,
  incident: string | null,
  { append }: Hands
): Effect.Effect<void> =>
  Effect.asVoid(append({ _tag: "ControlSet", control, by: `supervision/${who}`, words, incident }))

/** Severity becomes trading state before supervision goes on: Critical halts, High reduces until it runs again. */
const failed = (event: Extract<SupervisionEvent, { _tag: "Failed" }>, hands: Hands): Effect.Effect<void> =>
  Effect.gen(function*() {
    const { child, defect, fault, runbook } = event
    const severity = severityOf(child, defect, event.severity)
    const words = `${child}: ${event.words}`
    const { tradingState } = hands.progress
    if (severity === "Critical" && tradingState !== "Halted") {
      yield* setControl("halt", child, words, fault, hands)
    }
    if (severity === "High" && tradingState === "Active") {
      yield* setControl("reduce", child, words, fault, hands)
    }
    yield* hands.mailboxes.incident.tell({ code: fault, severity, runbook, words })
  })

/** Lifts what the outage of this child or group reduced, and nothing else. */
const reopened = (who: string, hands: Hands): Effect.Effect<void> =>
  Effect.suspend(() =>
    hands.progress.reducedBy === who
      ? setControl("resume", who, `${who} runs again`, null, hands)
      : Effect.void
  )

/** A group that does not run any more: a stage of the pipeline is out. */
const outOfAction = (group: string, severity: Severity, words: string, hands: Hands): Effect.Effect<void> =>
  Effect.gen(function*() {
    const { reducedBy, tradingState } = hands.progress
    if (severity === "High" && (tradingState === "Active" || reducedBy !== null)) {
      yield* setControl("reduce", group, words, "BudgetSpent", hands)
    }
    const runbook = "supervision-budget-spent"
    yield* hands.mailboxes.incident.tell({ code: `BudgetSpent/${group}`, severity, runbook, words })
  })

/** A defect in the order path is Critical, in a derived stage High (architecture 6). */
const severityOf = (child: string, isDefect: boolean, declared: Severity): Severity => {
  if (!isDefect) return declared
  return DERIVED.has(child) ? "High" : "Critical"
}
const DERIVED = new Set(["feed", "feature", "inference", "strategy", "incident", "control"])
