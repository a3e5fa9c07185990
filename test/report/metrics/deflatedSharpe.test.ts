/**
 * How likely a Sharpe ratio is luck, by the numbers of the papers.
 * In: the worked examples of Bailey and Lopez de Prado. Out: their probabilities.
 * Per period throughout, as both formulas are.
 */
import { assert, describe, it } from "@effect/vitest"
import {
  deflatedSharpe,
  expectedMaximum,
  varianceOfNothing
} from "../../../src/report/metrics/deflatedSharpe.ts"
import { probabilisticSharpe } from "../../../src/report/metrics/probabilisticSharpe.ts"

/** A hedge fund's 24 months ("The Sharpe ratio efficient frontier", section 4). */
const fund = { sharpe: 0.458, observations: 24, skewness: -2.448, kurtosis: 10.164 }

/** Five years of days with an annual ratio of 2.5 ("The deflated Sharpe ratio", numerical example). */
const found = { sharpe: 2.5 / Math.sqrt(250), observations: 1_250, skewness: -3, kurtosis: 10 }
const VARIANCE = 0.5 / 250

describe("probabilisticSharpe", () => {
  it("the fund looks sure when its returns are taken for normal, and is not", () => {
    assert.closeTo(probabilisticSharpe({ ...fund, skewness: 0, kurtosis: 3 }, 0), 0.982, 0.0005)
    assert.closeTo(probabilisticSharpe(fund, 0), 0.913, 0.0005)
  })

  it("is a half at its own ratio, and rises with the length of the record", () => {
    assert.strictEqual(probabilisticSharpe(fund, fund.sharpe), 0.5)
    assert.isAbove(probabilisticSharpe({ ...fund, observations: 48 }, 0), probabilisticSharpe(fund, 0))
  })

  it("has no answer without observations or without variance", () => {
    assert.isNaN(probabilisticSharpe({ ...fund, observations: 1 }, 0))
    assert.isNaN(probabilisticSharpe({ ...fund, sharpe: 1, skewness: 3, kurtosis: 5 }, 0))
    assert.isNaN(probabilisticSharpe({ ...fund, sharpe: Number.NaN }, 0))
  })
})

describe("deflatedSharpe", () => {
  it("the best of a hundred trials is expected at 0.1132 a day and deflates to 0.9004", () => {
    assert.closeTo(expectedMaximum(100, VARIANCE), 0.1132, 0.00005)
    assert.closeTo(deflatedSharpe(found, 100, VARIANCE), 0.9004, 0.00005)
  })

  it("forty-six trials would have passed at 95 %, and eighty-eight with normal returns", () => {
    assert.closeTo(deflatedSharpe(found, 46, VARIANCE), 0.9505, 0.00005)
    assert.closeTo(deflatedSharpe({ ...found, skewness: 0, kurtosis: 3 }, 88, VARIANCE), 0.9505, 0.00005)
  })

  it("one trial is compared with zero", () => {
    assert.strictEqual(expectedMaximum(1, VARIANCE), 0)
    assert.strictEqual(deflatedSharpe(found, 1, VARIANCE), probabilisticSharpe(found, 0))
  })

  it("more trials deflate more", () => {
    const of = (trials: number) => deflatedSharpe(found, trials, varianceOfNothing(1_250))
    assert.isBelow(of(10), of(2))
    assert.isBelow(of(10_000), of(10))
    assert.isBelow(of(2), of(1))
  })

  it("the estimate of nothing varies by one over n - 1", () => {
    assert.strictEqual(varianceOfNothing(101), 0.01)
  })
})
