/**
 * What a strategy answers and what the votes come to.
 * In: one answer a strategy. Out: the vote table and its tally, kept in every decision record.
 * Types and schemas only; the arithmetic is engine/strategy/tally.ts.
 */
import { Schema } from "effect"

export const Side = Schema.Literals(["buy", "sell"])
export type Side = typeof Side.Type

export const StrategyName = Schema.Literals([
  "ATRBased",
  "MochipoyAlert",
  "MultiTimeframe",
  "FibonacciRetracement"
])
export type StrategyName = typeof StrategyName.Type

/** One row of the vote table. `silent` = no answer (not warm, or an input is not finite); it does not count for the quorum. */
export const Vote = Schema.Struct({
  strategy: Schema.String,
  side: Schema.Literals(["buy", "sell", "hold", "silent"]),
  /** Belief that the side is right, 0..1; 0 for hold and silent. */
  confidence: Schema.Finite,
  /** Which of the strategy's conditions decided, in words; counted in the funnel. */
  reason: Schema.String
})
export type Vote = typeof Vote.Type

/** Probabilities a model gives: P(long wins), P(short wins), with the base rates of its labels. */
export const Prediction = Schema.Struct({
  modelHash: Schema.String,
  long: Schema.Finite,
  short: Schema.Finite,
  longPrior: Schema.Finite,
  shortPrior: Schema.Finite,
  /** Rows of [long, short], one a model of the ensemble. */
  models: Schema.Array(Schema.Tuple([Schema.Finite, Schema.Finite]))
})
export type Prediction = typeof Prediction.Type

/** Why there is no prediction: the declared degraded mode of the stage (decisions 14). */
export const DecisionMode = Schema.Literals(["rules", "model"])
export type DecisionMode = typeof DecisionMode.Type
