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
import type { Seat } from "./registry.ts"
import type { Basics } from "./Strategy.ts"
import { contextOf } from "./StrategyContext.ts"

/** Two scores closer than this are the same score. */
const TOLERANCE = 1e-12

/** What a vote carries into the tally. */
export type Say = Pick<Basics, "weight" | "stopAtr" | "targetRatio">

/** The ballot of one bar: asks the enabled strategies in table order and tallies what they say. */
const vote = (settings: Settings, observation: Observation, prediction: Prediction | null): Ballot => {
  if (!observation.usable) return unusable(settings, observation, prediction)
  const { says, seats } = tableOf(settings.strategies)
  const ctx = contextOf(observation)
  const votes = new Array<Vote>(seats.length)
  for (let index = 0; index < seats.length; index++) {
    votes[index] = ask(seats[index]!, observation, ctx, settings)
  }
  return tally(settings.vote, votes, says, prediction)
}

/** Who is asked under one set of settings, and what each vote carries. */
interface Table {
  readonly groups: Settings["strategies"]
  readonly seats: ReadonlyArray<Seat>
  readonly says: ReadonlyArray<Say>
}

// Settings never change and a run has one set of them, so who sits at the newest table is kept, not found at every bar.
let newest: Table | null = null

const tableOf = (groups: Settings["strategies"]): Table => {
  if (newest !== null && newest.groups === groups) return newest
  const seats = SEATS.filter((seat) => seat.basics(groups).enabled)
  newest = { groups, seats, says: seats.map((seat) => seat.basics(groups)) }
  return newest
}

/**
 * Weighs a vote table (decisions 29); `says[i]` belongs to `votes[i]`. W is the weight of all that answered, holds
 * included; S(side) the sum of weight x confidence of its voters over W. Equal sides are a conflict whatever the
 * margin (L-36). A prediction that is not finite holds: it is an undefined input, not an absent model.
 */
const tally = (
  rules: Settings["vote"],
  votes: ReadonlyArray<Vote>,
  says: ReadonlyArray<Say>,
  prediction: Prediction | null
): Ballot => {
  let answers = 0
  let weight = 0
  let buying = 0
  let selling = 0
  for (let index = 0; index < votes.length; index++) {
    const { confidence, side } = votes[index]!
    if (side === "silent") continue
    const share = says[index]!.weight
    answers += 1
    weight += share
    if (side === "buy") buying += share * confidence
    else if (side === "sell") selling += share * confidence
  }
  const buy = weight > 0 ? buying / weight : 0
  const sell = weight > 0 ? selling / weight : 0
  if (!isFinitePrediction(prediction)) return held("undefinedInput", votes, buy, sell, 0, "model", null)
  const mode = prediction === null ? "rules" : "model"
  if (answers < rules.quorum) return held("quorum", votes, buy, sell, 0, mode, prediction)
  if (buy === 0 && sell === 0) return held("noSide", votes, buy, sell, 0, mode, prediction)
  const apart = Math.abs(buy - sell)
  if (buy > 0 && sell > 0 && (apart < rules.conflictMargin - TOLERANCE || apart === 0)) {
    return held("conflict", votes, buy, sell, 0, mode, prediction)
  }
  const side = buy > sell ? "buy" : "sell"
  const score = moved(side, side === "buy" ? buy : sell, rules.modelWeight, prediction)
  if (score < rules.minimum - TOLERANCE) {
    return held("belowMinimum", votes, buy, sell, score, mode, prediction)
  }
  const best = strongest(votes, says, side)
  const { stopAtr, targetRatio } = says[best]!
  const attribution = votes[best]!.strategy
  return {
    votes,
    buy,
    sell,
    score,
    side,
    reason: "ordered",
    attribution,
    stopAtr,
    targetRatio,
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
  const { long, longPrior, short, shortPrior } = prediction
  const edge = side === "buy" ? long - longPrior : short - shortPrior
  return Math.min(1, Math.max(0, score + factor * edge))
}

const isFinitePrediction = (prediction: Prediction | null): boolean => {
  if (prediction === null) return true
  const { long, longPrior, short, shortPrior } = prediction
  return Number.isFinite(long + short + longPrior + shortPrior)
}

/** Whose stop and target it will be (L-8): the largest weight x confidence on the side, the earlier one on a tie. */
const strongest = (
  votes: ReadonlyArray<Vote>,
  says: ReadonlyArray<Say>,
  side: "buy" | "sell"
): number => {
  let best = 0
  let most = -1
  for (let index = 0; index < votes.length; index++) {
    const pull = says[index]!.weight * votes[index]!.confidence
    if (votes[index]!.side === side && pull > most) {
      most = pull
      best = index
    }
  }
  return best
}

const held = (
  reason: DecisionReason,
  votes: ReadonlyArray<Vote>,
  buy: number,
  sell: number,
  score: number,
  mode: Ballot["mode"],
  prediction: Prediction | null
): Ballot => ({
  votes,
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
  const reason = warming ? SHARED_REASONS.notWarm : SHARED_REASONS.undefinedInput
  const votes: ReadonlyArray<Vote> = SEATS
    .filter((seat) => seat.basics(settings.strategies).enabled)
    .map((seat) => ({ strategy: seat.id, side: "silent", confidence: 0, reason }))
  const mode = prediction === null ? "rules" : "model"
  const known = isFinitePrediction(prediction) ? prediction : null
  return held(warming ? "notWarm" : "undefinedInput", votes, 0, 0, 0, mode, known)
}

export { tally, vote }
