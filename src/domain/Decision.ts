/**
 * The decision record: everything one bar's decision was made of, enough to explain it and to make it again.
 * In: what observe, predict, vote, check and plan found. Out: one plain object, journaled for every bar (decisions 6).
 * No machine time, host or path in it: two runs of the same market write the same bytes.
 */
import { Schema } from "effect"
import { DECISION_REASONS } from "./decisionReasons.ts"
import type { DecisionReason } from "./decisionReasons.ts"
import { Order } from "./Order.ts"
import { DecisionMode, Prediction, Vote } from "./Vote.ts"

const reasons = Object.keys(DECISION_REASONS) as unknown as readonly [
  DecisionReason,
  ...Array<DecisionReason>
]
export const Reason = Schema.Literals(reasons)

/** One rule's verdict on a wanted entry; `value` and `limit` in the rule's own unit (its file says which). */
export const Check = Schema.Struct({
  rule: Schema.String,
  verdict: Schema.Literals(["pass", "reduce", "refuse"]),
  value: Schema.NullOr(Schema.Finite),
  limit: Schema.NullOr(Schema.Finite)
})
export type Check = typeof Check.Type

export const DecisionRecord = Schema.Struct({
  version: Schema.Literal(1),
  /** `account/instrument/timeframe/closeTime`: a repeated bar cannot decide twice (L-31). */
  id: Schema.String,
  closeTime: Schema.Int,
  /** Open time of the bar at which feature state was seeded. */
  seededAt: Schema.Int,
  inputs: Schema.Struct({
    /** Open time of the newest base bar, and of the newest closed higher bar (null before the first). */
    base: Schema.Int,
    higher: Schema.NullOr(Schema.Int),
    /** Checksum over the newest bar and feature row as IEEE-754 words. */
    checksum: Schema.String
  }),
  /** Version hash of the feature spec. */
  spec: Schema.String,
  mode: DecisionMode,
  prediction: Schema.NullOr(Prediction),
  /** The twelve features in registry order; null while undefined. */
  features: Schema.Array(Schema.NullOr(Schema.Finite)),
  votes: Schema.Array(Vote),
  /** S(buy) and S(sell), 0..1, and the final score s of the winning side. */
  tally: Schema.Struct({ buy: Schema.Finite, sell: Schema.Finite, score: Schema.Finite }),
  side: Schema.Literals(["buy", "sell", "hold"]),
  /** Strategy with the largest weight x confidence among those that agree; null on a hold. */
  attribution: Schema.NullOr(Schema.String),
  verdict: Schema.Literals(["None", "Approved", "Reduced", "Refused"]),
  reason: Reason,
  /** Every refusal found, in table order; `reason` is the first. */
  refusals: Schema.Array(Reason),
  checks: Schema.Array(Check),
  /** Risk score 0..1 of a wanted entry, else null. */
  riskScore: Schema.NullOr(Schema.Finite),
  order: Schema.NullOr(Order)
})
export type DecisionRecord = typeof DecisionRecord.Type
