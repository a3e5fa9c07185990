/**
 * The outcome of one vote: the table, the tally, and what the winning side wants.
 * In: made by strategy/tally.ts from the votes and the prediction. Out: read by risk, kept in the decision record.
 * Types only.
 */
import type { DecisionReason } from "../domain/decisionReasons.ts"
import type { DecisionMode, Prediction, Side, Vote } from "../domain/Vote.ts"

export interface Ballot {
  readonly votes: ReadonlyArray<Vote>
  /** S(buy), S(sell): weight x confidence over those voting the side, divided by the weight of all that answered. */
  readonly buy: number
  readonly sell: number
  /** s: the winning S, moved by the model when one serves; 0 on a hold without a side. */
  readonly score: number
  readonly side: Side | "hold"
  /** A hold reason, or `ordered` when a side is wanted (risk may still turn it into a hold or a refusal). */
  readonly reason: DecisionReason
  /** The agreeing strategy with the largest weight x confidence, ties in table order. */
  readonly attribution: string | null
  /** That strategy's stop distance in ATR14 and target distance in stop distances; 0 on a hold. */
  readonly stopAtr: number
  readonly targetRatio: number
  readonly mode: DecisionMode
  readonly prediction: Prediction | null
}
