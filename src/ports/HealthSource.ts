/**
 * What the runtime knows of itself at one moment, for probes, metrics and people.
 * In: live state of the actors. Out: one plain snapshot, taken when somebody asks and never cached (L-25).
 * Contract only; the trading layer implements it, layers/http judges it and speaks it.
 */
import { Context } from "effect"
import type { Effect } from "effect"
import type { Severity, TradingState } from "../domain/severityTable.ts"

export type Role = "leader" | "standby" | "draining"
export type Phase = "booting" | "readOnly" | "reconciling" | "converged" | "trading" | "draining" | "stopped"

/** Ages are machine time in milliseconds; null = it has not happened yet and is not waited for. */
export interface HealthSnapshot {
  readonly account: string
  readonly instrument: string
  readonly market: string
  /** True on the synthetic market: every answer says DEMO MARKET. */
  readonly demo: boolean
  readonly stage: string
  readonly role: Role
  readonly phase: Phase
  readonly epoch: number
  /** Wall clock of the process start, UTC milliseconds. */
  readonly startedAt: number
  readonly trading: { readonly state: TradingState; readonly words: string }
  /** `parked` names groups whose restart budget is spent and that wait for their next start. */
  readonly supervisor: {
    readonly alive: boolean
    readonly parked: ReadonlyArray<string>
    readonly restarts: number
  }
  /** `failure` in words, null while it works. */
  readonly journal: { readonly opened: boolean; readonly failure: string | null; readonly head: number }
  readonly lease: { readonly held: boolean; readonly remainingMillis: number | null }
  /** `silentAfterMillis` is the age from which silence is a fault; null while the market has ended or is paused on purpose. */
  readonly feed: { readonly ageMillis: number | null; readonly silentAfterMillis: number | null }
  /** Decisions made and the age of the newest: the heartbeat of the trading loop (L-25). */
  readonly decisions: {
    readonly count: number
    readonly ageMillis: number | null
    readonly stalledAfterMillis: number | null
  }
  readonly features: { readonly warm: boolean; readonly bars: number; readonly needed: number }
  /** `missing` = none was ever served; `lost` = one served and fails now; `required` = trading counts on one (real money). */
  readonly model: {
    readonly state: "serving" | "missing" | "lost"
    readonly hash: string | null
    readonly required: boolean
  }
  readonly protection: { readonly state: "flat" | "covered" | "uncovered"; readonly uncoveredMillis: number }
  readonly reconcile: { readonly ageMillis: number | null; readonly divergences: number }
  readonly incidents: Readonly<Record<Severity, number>>
}

export class HealthSource extends Context.Service<HealthSource, {
  readonly snapshot: Effect.Effect<HealthSnapshot>
}>()("daruma/ports/HealthSource") {}
