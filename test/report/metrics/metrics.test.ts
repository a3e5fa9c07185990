/**
 * Edges of the metrics, where libraries differ or divide by zero.
 * In: short series by hand. Out: the figure, or NaN where there is none; never infinity.
 * What the golden files do not reach stands here, metric by metric.
 */
import { assert, describe, it } from "@effect/vitest"
import { alpha } from "../../../src/report/metrics/alpha.ts"
import { averageDrawdown } from "../../../src/report/metrics/averageDrawdown.ts"
import { averageDuration } from "../../../src/report/metrics/averageDuration.ts"
import { averageLoss, averageWin } from "../../../src/report/metrics/averageWinLoss.ts"
import { beta } from "../../../src/report/metrics/beta.ts"
import { cagr } from "../../../src/report/metrics/cagr.ts"
import { calmar } from "../../../src/report/metrics/calmar.ts"
import { costShare, costsOf, profitBeforeCosts } from "../../../src/report/metrics/costs.ts"
import { expectancy } from "../../../src/report/metrics/expectancy.ts"
import { expectancyRatio } from "../../../src/report/metrics/expectancyRatio.ts"
import { expectedShortfall } from "../../../src/report/metrics/expectedShortfall.ts"
import { exposureTime } from "../../../src/report/metrics/exposureTime.ts"
import { informationRatio } from "../../../src/report/metrics/informationRatio.ts"
import { kellyFraction } from "../../../src/report/metrics/kellyFraction.ts"
import { longestRun } from "../../../src/report/metrics/longestRun.ts"
import { marketChange } from "../../../src/report/metrics/marketChange.ts"
import { netReturn } from "../../../src/report/metrics/netProfit.ts"
import { omega } from "../../../src/report/metrics/omega.ts"
import { payoffRatio } from "../../../src/report/metrics/payoffRatio.ts"
import { profitFactor } from "../../../src/report/metrics/profitFactor.ts"
import { recoveryFactor } from "../../../src/report/metrics/recoveryFactor.ts"
import { sharpe } from "../../../src/report/metrics/sharpe.ts"
import { sortino } from "../../../src/report/metrics/sortino.ts"
import { sqn } from "../../../src/report/metrics/sqn.ts"
import { stability } from "../../../src/report/metrics/stability.ts"
import { tailRatio } from "../../../src/report/metrics/tailRatio.ts"
import { longestUnderWater, timeUnderWater } from "../../../src/report/metrics/timeUnderWater.ts"
import { turnover } from "../../../src/report/metrics/turnover.ts"
import { ulcerIndex } from "../../../src/report/metrics/ulcerIndex.ts"
import { valueAtRisk } from "../../../src/report/metrics/valueAtRisk.ts"
import { winRate } from "../../../src/report/metrics/winRate.ts"
import { returnsFrom } from "../../../src/report/series/returns.ts"
import { tradeOf } from "../ledgers.ts"

const TERMS = { periodsPerYear: 365, ddof: 1, riskFree: 0, annualisation: "arithmetic" } as const
const hundred = Array.from({ length: 100 }, (_, index) => (index - 50) / 1_000)
const assertNear = (actual: number, expected: number) => assert.closeTo(actual, expected, 1e-12)

describe("ratios of return to risk", () => {
  it("a constant gain has no Sharpe ratio, though its returns differ by rounding", () => {
    const equity = Array.from({ length: 200 }, (_, day) => 100_000 * 1.000_1 ** day)
    const returns = returnsFrom(100_000, equity).slice(1)
    assert.notStrictEqual(new Set(returns).size, 1)
    assert.isNaN(sharpe(returns, TERMS))
    assert.isNaN(sharpe(returns, { ...TERMS, annualisation: "geometric" }))
    assert.isNaN(sharpe([], TERMS))
    assert.isNaN(sharpe([0.1], TERMS))
  })

  it("the annualisation and the riskless return are the caller's", () => {
    assert.closeTo(sharpe([0.01, 0.03], TERMS), 0.02 / Math.sqrt(0.0002) * Math.sqrt(365), 1e-12)
    assertNear(sharpe([0.01, 0.03], { ...TERMS, periodsPerYear: 1, ddof: 0 }), 2)
    assertNear(sharpe([0.01, 0.03], { ...TERMS, periodsPerYear: 1, ddof: 0, riskFree: 0.01 }), 1)
    assertNear(sharpe([0.01, 0.03], { ...TERMS, periodsPerYear: 1, ddof: 0, riskFree: [0, 0.01] }), 3)
  })

  it("Sortino counts every day under the root, not only the losing ones", () => {
    assertNear(
      sortino([0.03, -0.01, 0.03, -0.01], { ...TERMS, periodsPerYear: 1 }),
      0.01 / Math.sqrt(0.00005)
    )
    assert.isNaN(sortino([0.01, 0.02], TERMS))
  })

  it("Calmar, recovery and Omega have no answer without a loss", () => {
    assert.isNaN(calmar(0.5, 0))
    assert.isNaN(recoveryFactor(10, 0))
    assert.isNaN(omega([0.1, 0.2], 0))
    assert.isNaN(omega([], 0))
    assertNear(calmar(-0.2, 0.4), -0.5)
    assertNear(recoveryFactor(30, 20), 1.5)
    assertNear(recoveryFactor(0.3, 0.2), 1.5)
    assertNear(omega([0.3, -0.1], 0), 3)
    assertNear(omega([0.3, -0.1], [0.1, 0.1]), 1)
  })

  it("the information ratio of what never strays is none", () => {
    assert.isNaN(informationRatio([0.1, 0.2, 0.3], [0.1, 0.2, 0.3], TERMS))
    assertNear(informationRatio([0.1, 0.4], [0, 0.1], { periodsPerYear: 1, ddof: 0 }), 2)
  })

  it("beta is the slope and alpha the rest, compounded or not", () => {
    const market = [0.01, -0.02, 0.03, 0.01]
    const own = market.map((each) => 0.5 * each + 0.001)
    assertNear(beta(own, market, 0), 0.5)
    assertNear(alpha(own, market, TERMS), 0.365)
    assertNear(
      alpha(own, market, { ...TERMS, annualisation: "geometric", periodsPerYear: 2 }),
      1.001 ** 2 - 1
    )
    assertNear(alpha(own, market, { ...TERMS, periodsPerYear: 1, riskFree: 0.01 }), 0.001 - 0.005)
    assert.isNaN(beta(own, [0, 0, 0, 0], 0))
    assert.isNaN(beta(own, [0, 1e-12, 0, 1e-12], 0))
    assert.isNaN(alpha(own, [0, 0, 0, 0], TERMS))
  })
})

describe("growth and falls", () => {
  it("growth needs a beginning and time", () => {
    assertNear(cagr(100, 121, 2), 0.1)
    assertNear(cagr(100, 0, 1), -1)
    assert.isNaN(cagr(0, 100, 1))
    assert.isNaN(cagr(100, 121, 0))
    assert.isNaN(cagr(100, -1, 0.3))
    assert.isNaN(netReturn(0, 10))
  })

  it("depth, length and share of the falls", () => {
    const values = [110, 99, 110, 104.5, 120]
    assertNear(ulcerIndex(values, 100), Math.sqrt((0.01 + 0.0025) / 5))
    assertNear(timeUnderWater(values, 100), 0.4)
    assert.isNaN(ulcerIndex([], 100))
    const fall = { share: 0.1, amount: 11, peakAt: 10, troughAt: 20, recoveredAt: 30 }
    assertNear(averageDrawdown([fall, { ...fall, share: 0.3, recoveredAt: null }]), 0.2)
    assert.strictEqual(averageDrawdown([]), 0)
    assert.strictEqual(longestUnderWater([fall], 100), 20)
    assert.strictEqual(longestUnderWater([fall, { ...fall, recoveredAt: null }], 100), 90)
    assert.strictEqual(longestUnderWater([], 100), 0)
  })

  it("a straight line is stable, a still one is nothing", () => {
    assertNear(stability([0.01, 0.01, 0.01]), 1)
    assert.isNaN(stability([0, 0, 0]))
    assert.isNaN(stability([0.1]))
    assert.isNaN(stability([-1, 0.1]))
  })
})

describe("tails", () => {
  it("value at risk is a loss as a positive share, a gain as a negative one", () => {
    assertNear(valueAtRisk(hundred, 0.95), 0.04505)
    assertNear(valueAtRisk(hundred.map((each) => each + 1), 0.95), 0.04505 - 1)
    assert.isNaN(valueAtRisk([], 0.95))
  })

  it("the expected shortfall is the mean of what lies beyond", () => {
    assertNear(expectedShortfall(hundred, 0.95), 0.048)
    assert.isAbove(expectedShortfall(hundred, 0.95), valueAtRisk(hundred, 0.95))
    assert.isNaN(expectedShortfall([], 0.95))
  })

  it("the tail ratio needs a bad tail", () => {
    assertNear(tailRatio([-1, 0, 1]), 1)
    assert.isNaN(tailRatio([0, 0, 1]))
  })
})

describe("trades", () => {
  const results = [60, -50, 0, 60, 60, -20]

  it("a result of zero is neither win nor loss", () => {
    assert.strictEqual(winRate(results), 0.5)
    assertNear(averageWin(results), 60)
    assertNear(averageLoss(results), 35)
    assertNear(payoffRatio(results), 60 / 35)
    assertNear(profitFactor(results), 180 / 70)
    assertNear(expectancy(results), 110 / 6)
    assertNear(expectancyRatio(results), 110 / 6 / 35)
    assertNear(kellyFraction(results), 0.5 - 0.5 * 35 / 60)
  })

  it("without a loss there is no profit factor, payoff, Kelly or expectancy ratio, and none is infinite", () => {
    for (const  of of[profitFactor, payoffRatio, kellyFraction, expectancyRatio, averageLoss]) {
      assert.isNaN(of([10, 20, 0]))
      assert.isNaN(of([]))
    }
    assert.isNaN(averageWin([-1]))
    assert.strictEqual(averageWin([0.25, 0.75]), 0.5)
    assert.strictEqual(averageLoss([-0.25, -0.75]), 0.5)
    assert.isNaN(winRate([]))
    assert.strictEqual(profitFactor([-10]), 0)
  })

  it("equal results have no quality number, even when they differ by rounding", () => {
    assert.isNaN(sqn([0.1 + 0.2, 0.3, 0.3]))
    assert.isNaN(sqn([5]))
    assertNear(sqn([1, 3]), 2)
    assertNear(sqn([1e-13, 3e-13]), 2)
  })

  it("a zero ends both runs", () => {
    assert.strictEqual(longestRun(results, "wins"), 2)
    assert.strictEqual(longestRun(results, "losses"), 1)
    assert.strictEqual(longestRun([1, 0, 1], "wins"), 1)
    assert.strictEqual(longestRun([-1, 0, -1], "losses"), 1)
    assert.strictEqual(longestRun([], "wins"), 0)
  })

  it("time and turnover", () => {
    assert.strictEqual(
      averageDuration([tradeOf(1, 0), { ...tradeOf(1, 0), entryTime: tradeOf(1, 0).exitTime }]),
      14_400_000
    )
    assert.isNaN(averageDuration([]))
    assertNear(exposureTime(3, 12), 0.25)
    assert.isNaN(exposureTime(0, 0))
    assertNear(turnover(300, 100), 3)
    assertNear(turnover(1.5, 0.5), 3)
    assert.isNaN(turnover(300, 0))
    assertNear(
      marketChange([{ instrument: "a", first: 1, last: 2 }, { instrument: "b", first: 4, last: 2 }]),
      0.25
    )
    assert.isNaN(marketChange([]))
  })

  it("all three costs are paid out of the profit before them", () => {
    const paid = { capital: 100, equity: 90, fees: 20, slippage: 15, interest: 5 }
    assert.strictEqual(costsOf(paid), 40)
    assert.strictEqual(profitBeforeCosts(paid), 30)
    assertNear(costShare(paid), 40 / 30)
    assertNear(costShare({ ...paid, equity: 60.5 }), 80)
    assert.isNaN(costShare({ ...paid, equity: 60 }))
  })
})
