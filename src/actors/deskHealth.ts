/**
 * What the desk knows of itself, read off live state at the moment somebody asks.
 * In: progress, standing, the supervision tree, machine time. Out: HealthSource.
 * Nothing here is set by hand: each field can only change because the part behind it changed (L-25).
 */
import { Effect } from "effect"
import type { HealthSnapshot, HealthSource, Phase } from "../ports/HealthSource.ts"
import { Journal } from "../ports/Journal.ts"
import { MachineTime } from "../ports/MachineTime.ts"
import { MarketData } from "../ports/MarketData.ts"
import type { Supervision, TreeStatus } from "../supervision/Supervisor.ts"
import { Desk } from "./Desk.ts"
import { Progress } from "./Progress.ts"
import type { ProgressState } from "./Progress.ts"
import { Readers } from "./Readers.ts"
import { Standing } from "./Standing.ts"

/** Bars that the feature row needs (decisions 26). */
const WARM_BARS = 50
/** A live feed is silent after three bars; a replayed one, or its decisions, after a minute of machine time. */
const SILENT_BARS = 3
const REPLAY_SILENT_MILLIS = 60_000

interface Heartbeat {
  /** Machine time of the newest bar and decision; before the first, of the start: what never comes is late as well. */
  barAt: number
  bars: number
  decisionAt: number
  decisions: number
  /** The lease was held once: from then on this process leads, and without a lease it leads wrongly. */
  hasLed: boolean
  uncoveredSince: number | null
}

export interface DeskHealthOptions {
  readonly supervision: Supervision
  /** True from the moment a stop was asked for. */
  readonly isDraining: () => boolean
}

type Needs = Desk | Journal | MarketData | Progress | Readers | Standing

export const deskHealth = Effect.fnUntraced(function*(
  options: DeskHealthOptions
): Effect.fn.Return<HealthSource["Service"], never, Needs> {
  const desk = yield* Desk
  const journal = yield* Journal
  const market = yield* MarketData
  const progress = yield* Progress
  const readers = yield* Readers
  const standing = yield* Standing
  const machine = yield* MachineTime
  const startedAt = machine.now()
  const beat: Heartbeat = {
    barAt: startedAt,
    bars: 0,
    decisionAt: startedAt,
    decisions: 0,
    hasLed: false,
    uncoveredSince: null
  }
  readers.add(() => listen(beat, progress, machine.now))

  const snapshot = Effect.sync((): HealthSnapshot => {
    const now = machine.now()
    const tree = options.supervision.status()
    const lease = standing.current()
    beat.hasLed ||= lease !== null
    const { baseMillis, demo, key, replayed } = market.identity
    const silentAfterMillis = replayed ? REPLAY_SILENT_MILLIS : SILENT_BARS * baseMillis
    const isOver = progress.marketEnded || options.isDraining()
    const failure = failureOf(tree, "journal")
    return {
      account: desk.account,
      instrument: desk.instrument.id,
      market: key,
      demo,
      stage: desk.stage,
      role: options.isDraining() ? "draining" : beat.hasLed ? "leader" : "standby",
      phase: phaseOf(progress, options.isDraining(), lease !== null),
      epoch: lease?.epoch ?? 0,
      startedAt: Math.floor(startedAt),
      trading: { state: progress.tradingState, words: progress.reducedBy ?? "" },
      supervisor: { alive: tree.state === "running", parked: parkedIn(tree), restarts: progress.restarts },
      journal: { opened: progress.sessionStarted, failure, head: journal.head() },
      lease: { held: lease !== null && lease.isValid(), remainingMillis: lease?.remainingMillis() ?? null },
      feed: { ageMillis: now - beat.barAt, silentAfterMillis: isOver ? null : silentAfterMillis },
      decisions: {
        count: progress.decisions,
        ageMillis: now - beat.decisionAt,
        stalledAfterMillis: isOver ? null : silentAfterMillis
      },
      features: { warm: progress.bars >= WARM_BARS, bars: progress.bars, needed: WARM_BARS },
      model: { state: "missing", hash: null, required: desk.realMoney },
      protection: {
        state: progress.protection,
        uncoveredMillis: beat.uncoveredSince === null ? 0 : now - beat.uncoveredSince
      },
      reconcile: {
        ageMillis: progress.converged ? Math.max(0, Math.round(now - progress.reconciledAt)) : null,
        divergences: progress.divergences
      },
      incidents: { ...progress.incidents }
    }
  })
  return { snapshot }
})

const listen = (beat: Heartbeat, progress: ProgressState, now: () => number): void => {
  if (progress.bars !== beat.bars) {
    beat.bars = progress.bars
    beat.barAt = now()
  }
  if (progress.decisions !== beat.decisions) {
    beat.decisions = progress.decisions
    beat.decisionAt = now()
  }
  if (progress.protection !== "uncovered") beat.uncoveredSince = null
  else beat.uncoveredSince ??= now()
}

const phaseOf = (progress: ProgressState, isDraining: boolean, isHeld: boolean): Phase => {
  if (isDraining) return progress.sessionEnded ? "stopped" : "draining"
  if (!isHeld || !progress.sessionStarted) return "booting"
  return progress.converged ? "trading" : "reconciling"
}

const parkedIn = (tree: TreeStatus): ReadonlyArray<string> => [
  ...(tree.state === "parked" ? [tree.name] : []),
  ...tree.children.flatMap(parkedIn)
]

const failureOf = (tree: TreeStatus, child: string): string | null => {
  if (tree.name === child) return tree.state === "running" ? null : tree.lastFailure?.words ?? tree.state
  for (const below of tree.children) {
    const found = failureOf(below, child)
    if (found !== null) return found
  }
  return null
}
