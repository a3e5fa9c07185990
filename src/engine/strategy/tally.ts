/**
 * The vote: every enabled strategy is asked, the answers are weighed, a model may move the score.
 * In: settings, one observation, a prediction or null. Out: a ballot with one side, or a hold and its reason.
 * Source: decisions 29. Sums, never means: one confident seller must not outweigh two buyers (P-26, P-27).
 */
import type { DecisionReason } from "../../domain/decisionReasons.ts"
import type { Settings } from "../../domain/Settings.ts"
import type { Prediction, Vote } from "../../domain/Vote.ts"
import type { Ballot } from "../Ballot.ts"
import { WARM_BARS } from "../features/registry.ts"
import type { Observation } from "../Observation.ts"
import { ask, SHARED_REASONS } from "./ask.ts"
import { SEATS } from "./registry.ts"
import type { Basics } from "./Strategy.ts"
import { contextOf } from "./StrategyContext.ts"

/** Two scores closer than this are the same score. */
const TOLERANCE = 1e-12

/** One line of the table: a vote with the weight, stop and target it carries. */
export interface Line {
  readonly vote: Vote
  readonly basics: Pick<Basics, "weight" | "stopAtr" | "targetRatio">
}

/** The ballot of one bar: asks the enabled strategies in table order and tallies what they say. */
const vote = (settings: Settings, observation: Observation, prediction: Prediction | null): Ballot => {
  if (!observation.usable) return unusable(settings, observation, prediction)
  const ctx = contextOf(observation)
  const lines: Array<Line> = []
  for (const seat of SEATS) {
    const basics = seat.basics(settings.strategies)
    if (basics.enabled) lines.push({ vote: ask(seat, observation, ctx, settings), basics })
  }
  return tally(settings.vote, lines, prediction)
}

/**
 * Weighs a vote table (decisions 29). W is the weight of all that answered, holds included; S(side) the sum of
 * weight x confidence of its voters over W. Equal sides are a conflict whatever the margin (L-36).
 */
const tally = (
  rules: Settings["vote"],
  lines: ReadonlyArray<Line>,
  prediction: Prediction | null
): Ballot => {
  let answers = 0
  let weight = 0
  let buying = 0
  let selling = 0
  for (const { basics, vote: { confidence, side } } of lines) {
    if (side === "silent") continue
    answers += 1
    weight += basics.weight
    if (side === "buy") buying += basics.weight * confidence
    else if (side === "sell") selling += basics.weight * confidence
  }
  const buy = weight > 0 ? buying / weight : 0
  const sell = weight > 0 ? selling / weight : 0
  if (!isFinitePrediction(prediction)) return held("undefinedInput", lines, buy, sell, 0, null, "model")
  const mode = prediction === null ? "rules" : "model"
  if (answers < rules.quorum) return held("quorum", lines, buy, sell, 0, prediction, mode)
  if (buy === 0 && sell === 0) return held("noSide", lines, buy, sell, 0, prediction, mode)
  const apart = Math.abs(buy - sell)
  if (buy > 0 && sell > 0 && (apart < rules.conflictMargin - TOLERANCE || apart === 0)) {
    return held("conflict", lines, buy, sell, 0, prediction, mode)
  }
  const side = buy > sell ? "buy" : "sell"
  const score = moved(side, side === "buy" ? buy : sell, rules.modelWeight, prediction)
  if (score < rules.minimum - TOLERANCE) {
    return held("belowMinimum", lines, buy, sell, score, prediction, mode)
  }
  const { basics, vote: { strategy } } = strongest(lines, side)
  return {
    votes: lines.map((line) => line.vote),
    buy,
    sell,
    score,
    side,
    reason: "ordered",
    attribution: strategy,
    stopAtr: basics.stopAtr,
    targetRatio: basics.targetRatio,
    mode,
    prediction
  }
}

/** Model term: probability of the side above its base rate, so that a model without knowledge changes nothing. */
const moved = (
  side: "buy" | "sell",
  score: number,
  factor: number,
  prediction: Prediction | null
): number => {
  if (prediction === null) return score
  const edge = side === "buy"
    ? prediction.long - prediction.longPrior
    : prediction.short - prediction.shortPrior
  return Math.min(1, Math.max(0, score + factor * edge))
}

const isFinitePrediction = (prediction: Prediction | null): boolean =>
  prediction === null ||
  Number.isFinite(prediction.long + prediction.short + prediction.longPrior + prediction.shortPrior)

/** Whose stop and target it will be (L-8): the largest weight x confidence on the side, the earlier line on a tie. */
const strongest = (lines: ReadonlyArray<Line>, side: "buy" | "sell"): Line => {
  let best = lines[0]!
  let most = -1
  for (const line of lines) {
    const pull = line.basics.weight * line.vote.confidence
    if (line.vote.side === side && pull > most) {
      most = pull
      best = line
    }
  }
  return best
}

const held = (
  reason: DecisionReason,
  lines: ReadonlyArray<Line>,
  buy: number,
  sell: number,
  score: number,
  prediction: Prediction | null,
  mode: Ballot["mode"]
): Ballot => ({
  votes: lines.map((line) => line.vote),
  buy,
  sell,
  score,
  side: "hold",
  reason,
  attribution: null,
  stopAtr: 0,
  targetRatio: 0,
  mode,
  prediction
})

/** No strategy is asked: the row is not warm yet, or the newest bar or its row is not finite (C8 54). */
const unusable = (settings: Settings, observation: Observation, prediction: Prediction | null): Ballot => {
  const { base } = observation
  const folded = base.seen > 0 && base.openTime[base.end - 1] === observation.bar.openTime
  const warming = folded && base.seen < WARM_BARS
  const words = warming ? SHARED_REASONS.notWarm : SHARED_REASONS.undefinedInput
  const lines: Array<Line> = []
  for (const { basics, id } of SEATS) {
    const say = basics(settings.strategies)
    if (say.enabled) {
      lines.push({ vote: { strategy: id, side: "silent", confidence: 0, reason: words }, basics: say })
    }
  }
  const usable = isFinitePrediction(prediction) ? prediction : null
  const mode = prediction === null ? "rules" : "model"
  return held(warming ? "notWarm" : "undefinedInput", lines, 0, 0, 0, usable, mode)
}

export { tally, vote }
