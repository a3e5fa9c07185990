/**
 * The decision record: the core's light decision made into the plain object that is journaled.
 * In: a Decision. Out: domain's DecisionRecord, with a checksum of the numbers it was made from; NaN becomes null.
 * Pure; no clock, host or path in it, so two runs of one market write the same bytes (decisions 6).
 */
import type { DecisionRecord } from "../domain/Decision.ts"
import { timeframeOf } from "../domain/timeframe.ts"
import { checksumOf } from "./checksum.ts"
import type { Decision } from "./Decision.ts"
import type { Bar } from "./Observation.ts"

/** `account/instrument/timeframe/closeTime`: the same bar has the same id, so it cannot decide twice (L-31). */
const decisionId = (
  account: string,
  instrument: string,
  timeframeMillis: number,
  closeTime: number
): string => `${decisionPrefix(account, instrument, timeframeMillis)}${closeTime}`

/** All of a decision's id but the close time, made once for an account's books. */
const decisionPrefix = (account: string, instrument: string, timeframeMillis: number): string =>
  `${account}/${instrument}/${timeframeOf(timeframeMillis) ?? `${timeframeMillis}ms`}/`

/** The full record of one decision, for whoever keeps it. */
const recordOf = (decision: Decision): DecisionRecord => {
  const { ballot, observation } = decision
  const { bar } = observation
  return {
    version: 1,
    id: decision.id,
    closeTime: bar.closeTime,
    seededAt: observation.seededAt,
    inputs: {
      base: bar.openTime,
      higher: observation.higherOpenTime,
      checksum: checksumOf(wordsOf(bar), observation.features)
    },
    spec: observation.spec,
    mode: ballot.mode,
    prediction: ballot.prediction,
    features: Array.from(observation.features, (value) => Number.isFinite(value) ? value : null),
    votes: ballot.votes,
    tally: { buy: ballot.buy, sell: ballot.sell, score: ballot.score },
    side: ballot.side,
    attribution: ballot.attribution,
    verdict: decision.verdict,
    reason: decision.reason,
    refusals: decision.refusals,
    checks: decision.checks,
    riskScore: decision.riskScore,
    order: decision.order
  }
}

const wordsOf = (bar: Bar): ReadonlyArray<number> => [
  bar.openTime,
  bar.closeTime,
  bar.open,
  bar.high,
  bar.low,
  bar.close,
  bar.volume
]

export { decisionId, decisionPrefix, recordOf }
