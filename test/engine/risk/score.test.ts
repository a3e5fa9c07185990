/**
 * The risk score by its reference vectors and caps.
 * In: six facts. Out: one number 0..1.
 * Vectors: phase19 Appendix A.
 */
import { assert, describe, it } from "@effect/vitest"
import { riskScore } from "../../../src/engine/risk/score.ts"

const limits = { maxDrawdown: 0.2, lossStreak: 5 }

describe("riskScore", () => {
  it("agrees with the reference vectors", () => {
    const first = {
      confidence: 0.6,
      criticals: 0,
      warnings: 1,
      drawdown: 0.05,
      losses: 2,
      volatility: 0.012,
      ...limits
    }
    const second = {
      confidence: 0.55,
      criticals: 1,
      warnings: 1,
      drawdown: 0.1,
      losses: 3,
      volatility: 0.03,
      ...limits
    }
    assert.closeTo(riskScore(first), 0.2965, 1e-12)
    assert.closeTo(riskScore(second), 0.555, 1e-12)
  })

  it("P-44: one absurd input fills only its own term", () => {
    const calm = {
      confidence: 1,
      criticals: 0,
      warnings: 0,
      drawdown: 0,
      losses: 0,
      volatility: 0,
      ...limits
    }
    assert.strictEqual(riskScore(calm), 0)
    assert.closeTo(riskScore({ ...calm, volatility: 9 }), 0.1, 1e-12)
    assert.closeTo(riskScore({ ...calm, losses: 90 }), 0.1, 1e-12)
    assert.closeTo(riskScore({ ...calm, drawdown: 9 }), 0.25, 1e-12)
    assert.closeTo(riskScore({ ...calm, criticals: 9, warnings: 9 }), 0.25, 1e-12)
    assert.closeTo(riskScore({ ...calm, confidence: -5 }), 0.3, 1e-12)
    assert.closeTo(riskScore({ ...calm, volatility: Number.NaN }), 0.1, 1e-12)
  })
})
