/**
 * The ensemble behind one question: what do the models say of this row?
 * In: a feature row, float64, registry order. Out: a prediction, or the declared reason why there is none.
 * Contract only. Without a model the stage says `Missing` and works in its degraded mode (decisions 14); never a dummy (L-26).
 */
import { Context } from "effect"
import type { Effect } from "effect"
import type { AnyFault } from "../domain/Fault.ts"
import type { Prediction } from "../domain/Vote.ts"

export type Inferred = { readonly _tag: "Predicted"; readonly prediction: Prediction } | {
  readonly _tag: "Missing"
  readonly words: string
}

export class Inference extends Context.Service<Inference, {
  readonly predict: (features: Float64Array) => Effect.Effect<Inferred, AnyFault>
}>()("daruma/ports/Inference") {}
