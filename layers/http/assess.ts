/**
 * Judges a health snapshot: is this runtime well, and if not, why, in words and with a severity.
 * In: snapshot, event-loop lag. Out: reasons (table order), and the answers of the four endpoints.
 * Pure: the server asks it anew for each request, so no answer can outlive the facts it was made of (L-25).
 */
import type { Severity } from "../../src/domain/severityTable.ts"
import type { HealthSnapshot } from "../../src/ports/HealthSource.ts"

type ReasonCode =
  | "eventLoopBlocked"
  | "supervisorDown"
  | "journalFailed"
  | "leaseLost"
  | "halted"
  | "reducing"
  | "positionUnprotected"
  | "ledgerDiverged"
  | "groupParked"
  | "feedSilent"
  | "loopStalled"
  | "notWarm"
  | "modelMissing"
  | "modelLost"
  | "draining"

interface Reason {
  readonly code: ReasonCode
  readonly severity: Severity
  readonly words: string
  /** False: said, but no reason for a 503. */
  readonly fails: boolean
  readonly runbook: string
}

/** What a probe measured itself: it is not the runtime's to say. */
interface Probed {
  /** Worst lag of the event loop in the last ten seconds, milliseconds. */
  readonly loopLagMillis: number
}

interface Rule {
  readonly code: ReasonCode
  readonly severity: Severity
  readonly fails: boolean
  readonly runbook: string
  /** Words when the reason holds, else null. */
  readonly holds: (s: HealthSnapshot, p: Probed) => string | null
}

const LOOP_LAG_LIMIT_MILLIS = 2_000
/** Decisions 39: a window without a stop up to this long is a swap, beyond it an incident. */
const UNPROTECTED_LIMIT_MILLIS = 30_000

const seconds = (millis: number): string => `${(millis / 1_000).toFixed(1)} s`
const when = (condition: boolean, words: () => string): string | null => condition ? words() : null

/** Age beyond a limit; what never happened counts from the process start, which the caller passes as age. */
const beyond = (ageMillis: number | null, limitMillis: number | null): boolean =>
  limitMillis !== null && ageMillis !== null && ageMillis > limitMillis

const RULES: ReadonlyArray<Rule> = [
  {
    code: "eventLoopBlocked",
    severity: "High",
    fails: true,
    runbook: "event-loop-blocked",
    holds: (_, p) =>
      when(
        p.loopLagMillis >= LOOP_LAG_LIMIT_MILLIS,
        () => `the event loop stood still for ${seconds(p.loopLagMillis)}`
      )
  },
  {
    code: "supervisorDown",
    severity: "Critical",
    fails: true,
    runbook: "supervisor-down",
    holds: (s) =>
      when(!s.supervisor.alive, () => "the supervisor's root has ended: nothing is restarted any more")
  },
  {
    code: "journalFailed",
    severity: "Critical",
    fails: true,
    runbook: "journal-unavailable",
    holds: (s) =>
      s.journal.failure !== null
        ? `the journal failed: ${s.journal.failure}`
        : when(!s.journal.opened && s.phase !== "booting", () => "the journal is not open")
  },
  {
    code: "leaseLost",
    severity: "High",
    fails: true,
    runbook: "lease-lost",
    holds: (s) =>
      when(s.role === "leader" && !s.lease.held, () => "this process leads without a lease: it sends nothing")
  },
  {
    code: "halted",
    severity: "Critical",
    fails: true,
    runbook: "halted",
    holds: (s) => when(s.trading.state === "Halted", () => `trading is halted: ${s.trading.words}`)
  },
  {
    code: "reducing",
    severity: "High",
    fails: true,
    runbook: "reducing",
    holds: (s) => when(s.trading.state === "Reducing", () => `no entries are made: ${s.trading.words}`)
  },
  {
    code: "positionUnprotected",
    severity: "High",
    fails: true,
    runbook: "position-unprotected",
    holds: (s) =>
      when(
        s.protection.state === "uncovered" && s.protection.uncoveredMillis > UNPROTECTED_LIMIT_MILLIS,
        () => `the position has had no live stop for ${seconds(s.protection.uncoveredMillis)}`
      )
  },
  {
    code: "ledgerDiverged",
    severity: "Critical",
    fails: true,
    runbook: "ledger-mismatch",
    holds: (s) =>
      when(s.reconcile.divergences > 0, () => `books and venue differ in ${s.reconcile.divergences} places`)
  },
  {
    code: "groupParked",
    severity: "High",
    fails: true,
    runbook: "supervision-budget-spent",
    holds: (s) =>
      when(
        s.supervisor.parked.length > 0,
        () => `out of restarts, waiting: ${s.supervisor.parked.join(", ")}`
      )
  },
  {
    code: "feedSilent",
    severity: "Medium",
    fails: true,
    runbook: "feed-silent",
    holds: (s) =>
      when(
        beyond(s.feed.ageMillis, s.feed.silentAfterMillis),
        () => `no candle for ${seconds(s.feed.ageMillis ?? 0)}`
      )
  },
  {
    code: "loopStalled",
    severity: "High",
    fails: true,
    runbook: "loop-stalled",
    holds: (s) =>
      when(
        beyond(s.decisions.ageMillis, s.decisions.stalledAfterMillis),
        () => `no decision for ${seconds(s.decisions.ageMillis ?? 0)}`
      )
  },
  {
    code: "notWarm",
    severity: "Low",
    fails: true,
    runbook: "not-warm",
    holds: (s) =>
      when(!s.features.warm, () => `features have ${s.features.bars} of ${s.features.needed} bars`)
  },
  {
    code: "modelMissing",
    severity: "Low",
    fails: false,
    runbook: "model-missing",
    holds: (s) =>
      when(s.model.state === "missing" && !s.model.required, () => "no model serves: rules only, half size")
  },
  {
    code: "modelLost",
    severity: "High",
    fails: true,
    runbook: "model-lost",
    holds: (s) =>
      when(
        s.model.state === "lost" || (s.model.state === "missing" && s.model.required),
        () =>
          s.model.state === "lost"
            ? "the serving model is lost"
            : "no model serves and this stage requires one"
      )
  },
  {
    code: "draining",
    severity: "Low",
    fails: true,
    runbook: "draining",
    holds: (s) =>
      when(
        s.role === "draining" || s.phase === "draining" || s.phase === "stopped",
        () => "the process is on its way out"
      )
  }
]

/** Every reason that holds, in table order. */
const reasonsOf = (snapshot: HealthSnapshot, probed: Probed): ReadonlyArray<Reason> =>
  RULES.flatMap((rule) => {
    const words = rule.holds(snapshot, probed)
    return words === null
      ? []
      : [{ code: rule.code, severity: rule.severity, words, fails: rule.fails, runbook: rule.runbook }]
  })

export { LOOP_LAG_LIMIT_MILLIS, reasonsOf, RULES, UNPROTECTED_LIMIT_MILLIS }
export type { Probed, Reason, ReasonCode }
