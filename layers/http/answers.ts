/**
 * What each endpoint says: status and body, out of one snapshot and its reasons.
 * In: snapshot, reasons, probe. Out: `{ status, body }` for /livez, /startupz, /readyz and /health (decisions 45).
 * Pure; /livez looks at this process alone, never at the venue: a venue outage must not restart the bot.
 */
import type { HealthSnapshot } from "../../src/ports/HealthSource.ts"
import { reasonsOf } from "./assess.ts"
import type { Probed, Reason, ReasonCode } from "./assess.ts"

interface Answer {
  readonly status: 200 | 503
  readonly body: Readonly<Record<string, unknown>>
}

type Say = (snapshot: HealthSnapshot, probed: Probed) => Answer

const LIVE: ReadonlySet<ReasonCode> = new Set<ReasonCode>(["eventLoopBlocked", "supervisorDown"])
/** Reducing and Halted processes stay ready: they still protect positions and answer their operator. */
const READY: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  "eventLoopBlocked",
  "supervisorDown",
  "journalFailed",
  "leaseLost",
  "feedSilent",
  "loopStalled",
  "notWarm",
  "modelLost",
  "draining"
])
const STARTED_PHASES: ReadonlySet<HealthSnapshot["phase"]> = new Set(["converged", "trading", "readOnly"])

const shown = (reasons: ReadonlyArray<Reason>) =>
  reasons.map(({ code, severity, words, runbook }) => ({
    code,
    severity,
    words,
    runbook: `observability/runbooks/${runbook}.md`
  }))

const age = (millis: number | null): number | null => millis === null ? null : Math.round(millis)

const statusOf = (ok: boolean): 200 | 503 => ok ? 200 : 503

/** Event loop and supervisor root. */
const livez: Say = (snapshot, probed) => {
  const reasons = reasonsOf(snapshot, probed).filter((reason) => LIVE.has(reason.code))
  const ok = reasons.length === 0
  return {
    status: statusOf(ok),
    body: {
      status: ok ? "alive" : "dead",
      loopLagMillis: Math.round(probed.loopLagMillis),
      supervisor: snapshot.supervisor.alive,
      reasons: shown(reasons)
    }
  }
}

/** Journal opened, features warm, and the model's state known. */
const startupz: Say = (snapshot) => {
  const ok = snapshot.journal.opened && snapshot.journal.failure === null && snapshot.features.warm
  return {
    status: statusOf(ok),
    body: {
      status: ok ? "started" : "starting",
      phase: snapshot.phase,
      journal: snapshot.journal.failure ?? (snapshot.journal.opened ? "open" : "closed"),
      features: snapshot.features,
      model: snapshot.model.state
    }
  }
}

/** Would this process, as leader or as standby, do its part at the next bar? */
const readyz: Say = (snapshot, probed) => {
  const reasons = reasonsOf(snapshot, probed).filter((reason) => READY.has(reason.code))
  const ok = reasons.length === 0 && (STARTED_PHASES.has(snapshot.phase) || snapshot.role === "standby")
  return {
    status: statusOf(ok),
    body: {
      status: ok ? "ready" : "notReady",
      role: snapshot.role,
      epoch: snapshot.epoch,
      phase: snapshot.phase,
      stage: snapshot.stage,
      feedAgeMillis: age(snapshot.feed.ageMillis),
      model: snapshot.model.state,
      protection: snapshot.protection.state,
      reconcileAgeMillis: age(snapshot.reconcile.ageMillis),
      reasons: shown(reasons)
    }
  }
}

/** The whole truth; 503 as soon as one reason fails. */
const health: Say = (snapshot, probed) => {
  const reasons = reasonsOf(snapshot, probed)
  const ok = !reasons.some((reason) => reason.fails)
  return {
    status: statusOf(ok),
    body: {
      status: ok ? "healthy" : "unhealthy",
      ...(snapshot.demo ? { notice: "DEMO MARKET" } : {}),
      reasons: shown(reasons),
      loopLagMillis: Math.round(probed.loopLagMillis),
      ...snapshot
    }
  }
}

const ANSWERS: Readonly<Record<"/livez" | "/startupz" | "/readyz" | "/health", Say>> = {
  "/livez": livez,
  "/startupz": startupz,
  "/readyz": readyz,
  "/health": health
}

export { ANSWERS, health, livez, readyz, startupz }
export type { Answer }
