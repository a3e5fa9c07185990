/**
 * What travels down the pipeline: one message type a hop, each holding the one before it.
 * In: a closed bar. Out: in the end, a decision to commit. Messages are immutable but for `marks`, the stages' machine times.
 * Here so that two neighbours agree without knowing each other.
 */
import type { Candle } from "../domain/Candle.ts"
import type { Draft } from "../domain/Event.ts"
import type { ApprovedOrder, Order } from "../domain/Order.ts"
import type { Severity } from "../domain/severityTable.ts"
import type { Ballot } from "../engine/Ballot.ts"
import type { Decision } from "../engine/Decision.ts"
import type { Observation } from "../engine/Observation.ts"
import type { StageMark } from "../ports/DecisionTraces.ts"
import type { Inferred } from "../ports/Inference.ts"

/** Feed -> Feature. `Seed` only warms; `Bar` asks for a decision. */
export type BarMessage =
  | { readonly _tag: "Seed"; readonly candle: Candle }
  | {
    readonly _tag: "Bar"
    readonly candle: Candle
    /** Journal head when the bar closed: Risk folds up to it before it checks (decisions 3). */
    readonly foldedSeq: number
    readonly marks: Array<StageMark>
  }
export type ClosedBar = Extract<BarMessage, { _tag: "Bar" }>

/** Feature -> Inference. */
export interface RowMessage {
  readonly bar: ClosedBar
  readonly observation: Observation
}
/** Inference -> Strategy. */
export interface PredictionMessage {
  readonly row: RowMessage
  readonly inferred: Inferred
}
/** Strategy -> Risk. */
export interface BallotMessage {
  readonly row: RowMessage
  readonly ballot: Ballot
}

/** Anyone -> Journal, the only writer. */
export type JournalMessage =
  /** Risk: a decision, with its order if it wants one. */
  | { readonly _tag: "Commit"; readonly bar: ClosedBar; readonly decision: Decision }
  /** Protection: one leg to store and send. */
  | { readonly _tag: "Protect"; readonly order: ApprovedOrder }
  /** Facts: answers, reports, checks, incidents, controls. */
  | { readonly _tag: "Append"; readonly drafts: ReadonlyArray<Draft> }
  /** Feature: its state as a derived cache. */
  | { readonly _tag: "SaveSnapshot"; readonly kind: string; readonly body: string }

/** Anyone -> Incident: something that a person may have to hear of. */
export interface IncidentReport {
  readonly code: string
  readonly severity: Severity
  readonly runbook: string
  readonly words: string
}

/** Operator or severity table -> Control. */
export interface ControlCommand {
  readonly control: "halt" | "reduce" | "resume"
  readonly by: string
  readonly words: string
  readonly incident: string | null
}

/** An order whose answer is still missing, as Reconciler finds it. */
export interface Orphan {
  readonly order: Order
  readonly seq: number
}
