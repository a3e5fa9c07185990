/**
 * One strategy's row of the vote table: asked if it can know, and taken at its word only if it makes sense.
 * In: a seat, the observation and its view. Out: a vote; `silent` when there is no answer (it counts for no quorum).
 * Here, once, so that no strategy repeats what all must do: warm-up, finite inputs, a sane answer, a stop with a distance.
 */
import type { Settings } from "../../domain/Settings.ts"
import type { Vote } from "../../domain/Vote.ts"
import { FEATURE_INDEX } from "../features/phase19.ts"
import { InvariantBroken } from "../invariant.ts"
import type { Frame, Observation } from "../Observation.ts"
import { WIDTH } from "../Observation.ts"
import type { Seat } from "./registry.ts"
import type { Answer } from "./Strategy.ts"
import { higherIsFresh } from "./StrategyContext.ts"
import type { StrategyContext } from "./StrategyContext.ts"

/** Why a vote is silent, or held by a rule that all strategies share. */
const SHARED_REASONS = {
  notWarm: "not warm: too few bars yet",
  staleHigher: "the newest higher bar is thin or missing",
  undefinedInput: "a required feature is not a finite number",
  failed: "the strategy failed",
  senseless: "the answer is not a confidence in 0..1",
  noDistance: "ATR is zero: a stop would have no distance"
} as const

/** The vote of one seat. Errors: `InvariantBroken` passes (looking ahead is our defect); any other makes it silent. */
const ask = (seat: Seat, observation: Observation, ctx: StrategyContext, settings: Settings): Vote => {
  const { base, higher } = observation
  if (base.seen < seat.warmup.base || higher.seen < seat.warmup.higher) {
    return seat.without("silent", SHARED_REASONS.notWarm)
  }
  if (seat.warmup.higher > 0 && !higherIsFresh(observation)) {
    return seat.without("silent", SHARED_REASONS.staleHigher)
  }
  // A usable observation has a finite base row; only the higher one may still lack something.
  if (!(observation.usable || allFinite(base, seat.base)) || !allFinite(higher, seat.higher)) {
    return seat.without("silent", SHARED_REASONS.undefinedInput)
  }
  const answer = decide(seat, ctx, settings)
  if (answer === undefined) return seat.without("silent", SHARED_REASONS.failed)
  const { reason, side } = answer
  if (side === "hold") return seat.without("hold", reason)
  const { confidence } = answer
  if (!(confidence > 0 && confidence <= 1)) return seat.without("silent", SHARED_REASONS.senseless)
  if (base.rows[(base.end - 1) * WIDTH + FEATURE_INDEX.atr_14] === 0) {
    return seat.without("hold", SHARED_REASONS.noDistance)
  }
  return { strategy: seat.id, side, confidence, reason }
}

const decide = (seat: Seat, ctx: StrategyContext, settings: Settings): Answer | undefined => {
  try {
    return seat.decide(ctx, settings.strategies)
  } catch (cause) {
    if (cause instanceof InvariantBroken) throw cause
    return undefined
  }
}

const allFinite = (frame: Frame, places: ReadonlyArray<number>): boolean => {
  const from = (frame.end - 1) * WIDTH
  for (let index = 0; index < places.length; index++) {
    if (!Number.isFinite(frame.rows[from + places[index]!])) return false
  }
  return true
}

export { ask, SHARED_REASONS }
