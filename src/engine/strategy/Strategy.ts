/**
 * The contract of a strategy: what it needs, and one pure question asked at every closed bar.
 * In: a bounded view of the past and its own settings. Out: an answer: a side with a confidence, or hold, and why.
 * Adding one: write a file like its neighbours, a settings group in domain/Settings, and a row in registry.ts.
 */
import type { FeatureName } from "../features/phase19.ts"
import type { StrategyContext } from "./StrategyContext.ts"

/** A hold is an answer with confidence 0; whoever has no answer is never asked (see `warmup`, `requires`). */
export interface Answer {
  readonly side: "buy" | "sell" | "hold"
  /** Belief that the side is right, 0..1. */
  readonly confidence: number
  /** Which branch decided, one constant sentence a branch: it is counted in the funnel. */
  readonly reason: string
}

/** What every strategy's settings hold: its say in the vote and how it wants to leave. */
export interface Basics {
  readonly enabled: boolean
  readonly weight: number
  readonly stopAtr: number
  readonly targetRatio: number
  readonly minConfidence: number
}

export interface Strategy<Params extends Basics> {
  /** The name in votes, attribution and journals; never reused for other arithmetic. */
  readonly id: string
  /** Raised whenever the same inputs may give another answer. */
  readonly version: number
  /** Bars of each frame it must have seen; before, it is silent. */
  readonly warmup: { readonly base: number; readonly higher: number }
  /** Features of the newest rows that must be finite; otherwise it is silent. */
  readonly requires: {
    readonly base: ReadonlyArray<FeatureName>
    readonly higher: ReadonlyArray<FeatureName>
  }
  /** Pure: the same view and settings give the same answer. */
  decide(ctx: StrategyContext, params: Params): Answer
}

/** The hold of one branch: made once, shared, never changed. */
const hold = (reason: string): Answer => Object.freeze({ side: "hold", confidence: 0, reason } as const)

const BELOW_MINIMUM = hold("confidence is below the strategy's minimum")

/** `direction` > 0 buys, < 0 sells, with `confidence` capped at 1; holds when that is below the strategy's minimum. */
const enter = (direction: number, confidence: number, params: Basics, reason: string): Answer => {
  const capped = confidence > 1 ? 1 : confidence
  if (!(capped >= params.minConfidence - 1e-12)) return BELOW_MINIMUM
  return { side: direction > 0 ? "buy" : "sell", confidence: capped, reason }
}

export { enter, hold }
