/**
 * A decision record of ordinary size: twelve features, four votes, twelve checks.
 * In: the bar's number. Out: a record that passes its schema.
 * Here for journal tests and benches, which must write what the pipeline writes.
 */
import type { DecisionRecord } from "../../src/domain/Decision.ts"

const STRATEGIES = ["ATRBased", "MochipoyAlert", "MultiTimeframe", "FibonacciRetracement"]
const RULES = ["halted", "reducing", "drawdown", "dayLoss", "lossStreak", "coolDown"]

/** The record of 15-minute bar `bar`; a hold. */
export const recordOfBar = (bar: number): DecisionRecord => {
  const closeTime = (bar + 1) * 900_000
  return {
    version: 1,
    id: `paper-spot/bitbank:BTC/JPY/15m/${closeTime}`,
    closeTime,
    seededAt: 0,
    inputs: { base: bar * 900_000, higher: null, checksum: "9f86d081884c7d65" },
    spec: "2c26b46b68ffc68f",
    mode: "rules",
    prediction: null,
    features: Array.from({ length: 12 }, (_, index) => bar * 1.000_123_456_7 + index / 7),
    votes: STRATEGIES.map((strategy) => ({
      strategy,
      side: "hold",
      confidence: 0,
      reason: "no condition holds"
    })),
    tally: { buy: 0, sell: 0, score: 0 },
    side: "hold",
    attribution: null,
    verdict: "None",
    reason: "noSide",
    refusals: [],
    checks: RULES.map((rule) => ({ rule, verdict: "pass", value: 0.012_345, limit: 0.2 })),
    riskScore: null,
    order: null
  }
}
