/**
 * The journal's rows: what happened, each kind once, in the past tense.
 * In: facts. Out: `JournalEvent` (the body by kind) and `JournalRow` (the body with its chain columns, decisions 4).
 * The journal is the truth for history: state anywhere else is a fold of these.
 */
import { Schema } from "effect"
import { DecisionRecord } from "./Decision.ts"
import { Order, VenueReport } from "./Order.ts"

const candle = { openTime: Schema.Int, closeTime: Schema.Int, text: Schema.String }

export const JournalEvent = Schema.Union([
  /** A process began to write; `settings` is the hash of the effective settings that decide, never paths or hosts. */
  Schema.TaggedStruct("SessionStarted", {
    stage: Schema.String,
    market: Schema.String,
    demo: Schema.Boolean,
    account: Schema.Literals(["spot", "margin"]),
    /** Quote money, scaled. */
    /** Quote money, scaled. */
    capital: Schema.Int,
    settings: Schema.String,
    spec: Schema.String
  }),
  /** A bar of history that only warms features. */
  Schema.TaggedStruct("CandleSeeded", candle),
  Schema.TaggedStruct("CandleClosed", { ...candle, gapBars: Schema.Int }),
  /** Closes its bar at once unless `record.order` is set. `foldedSeq` = journal head when the bar closed. */
  Schema.TaggedStruct("DecisionMade", { foldedSeq: Schema.Int, record: DecisionRecord }),
  Schema.TaggedStruct("OrderSending", { order: Order, t0: Schema.Int, settleBy: Schema.Int }),
  /** Ours, before the wire: the transaction that would have stored the intent said no (decisions 34). */
  Schema.TaggedStruct("OrderDenied", {
    intentId: Schema.String,
    reason: Schema.String,
    words: Schema.String
  }),
  Schema.TaggedStruct("OrderAccepted", { intentId: Schema.String, venueOrderId: Schema.String }),
  Schema.TaggedStruct("OrderRefused", { intentId: Schema.String, code: Schema.String, words: Schema.String }),
  Schema.TaggedStruct("OrderUnknown", { intentId: Schema.String, words: Schema.String }),
  /** No byte left: the send window had passed (decisions 2). */
  Schema.TaggedStruct("OrderExpired", { intentId: Schema.String }),
  /** The venue authoritatively does not know it (decisions 35). */
  Schema.TaggedStruct("OrderAbsent", { intentId: Schema.String }),
  Schema.TaggedStruct("VenueReported", { report: VenueReport }),
  /** Protection looked at the position after folding up to `throughSeq`. */
  Schema.TaggedStruct("ProtectionChecked", {
    throughSeq: Schema.Int,
    state: Schema.Literals(["flat", "covered", "uncovered"])
  }),
  /** The bar's decision needs nothing more: every order of it has the venue's answer. */
  Schema.TaggedStruct("DecisionClosed", { decisionId: Schema.String }),
  Schema.TaggedStruct("ControlSet", {
    control: Schema.Literals(["halt", "reduce", "resume"]),
    by: Schema.String,
    words: Schema.String,
    incident: Schema.NullOr(Schema.String)
  }),
  Schema.TaggedStruct("IncidentOpened", {
    incident: Schema.String,
    code: Schema.String,
    severity: Schema.Literals(["Critical", "High", "Medium", "Low"]),
    runbook: Schema.String,
    words: Schema.String
  }),
  Schema.TaggedStruct("ActorRestarted", {
    actor: Schema.String,
    cause: Schema.String,
    severity: Schema.Literals(["Critical", "High", "Medium", "Low"]),
    count: Schema.Int
  }),
  Schema.TaggedStruct("SessionEnded", { reason: Schema.Literals(["drained", "marketEnded", "failed"]) })
])
export type JournalEvent = typeof JournalEvent.Type
export type EventKind = JournalEvent["_tag"]

/** What a writer hands in; the journal adds sequence, epoch, account and chain. */
export interface Draft {
  readonly event: JournalEvent
  /** Market time in UTC milliseconds (decisions 47). */
  readonly instant: number
  /** Null for account-wide events. */
  readonly instrument: string | null
  readonly decisionId: string | null
  /** Sequence number, intent or decision that led here; null at the root. */
  readonly causationId: string | null
}

/** One row as stored. `recordedAt` is machine time and stands outside the hash. */
export interface JournalRow extends Draft {
  readonly seq: number
  readonly schemaVersion: number
  readonly account: string
  readonly epoch: number
  readonly previousHash: string
  readonly hash: string
  readonly recordedAt: number
}
