/**
 * The bound of the risk score, whatever goes in.
 * In: any finite numbers. Out: 0..1.
 * P-44: unbounded terms refused every trade.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { riskScore } from "../../../src/engine/risk/score.ts"

const limits = { maxDrawdown: 0.2, lossStreak: 5 }

describe("riskScore", () => {
  it.prop("P-44: any numbers give a score from 0 to 1", {
    a: Schema.Finite,
    b: Schema.Finite,
    c: Schema.Finite,
    d: Schema.Finite
  }, ({ a, b, c, d }) => {
    const score = riskScore({
      confidence: a,
      criticals: b,
      warnings: b,
      drawdown: c,
      losses: d,
      volatility: c,
      ...limits
    })
    assert.isTrue(score >= 0 && score <= 1)
  }, { arbitrary: { runs: 200, seed: 7 } })
})
