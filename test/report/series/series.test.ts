/**
 * The primitives beneath every metric, by hand-made numbers and by tables of others.
 * In: short series. Out: moments, quantiles, returns, the normal distribution.
 * Normal values are those of scipy 1.x to its last digits.
 */
import { assert, describe, it } from "@effect/vitest"
import {
  covariance,
  kurtosis,
  mean,
  over,
  skewness,
  standardDeviation
} from "../../../src/report/series/moments.ts"
import { normalCdf, normalQuantile } from "../../../src/report/series/normal.ts"
import { quantile } from "../../../src/report/series/quantile.ts"
import {
  compounded,
  excess,
  geometricMean,
  perPeriod,
  returnsFrom,
  totalReturn
} from "../../../src/report/series/returns.ts"
import { rolling } from "../../../src/report/series/rolling.ts"

describe("moments", () => {
  it("the deviation divides by n - ddof", () => {
    assert.closeTo(standardDeviation([1, 2, 3, 4], 0), Math.sqrt(1.25), 1e-15)
    assert.closeTo(standardDeviation([1, 2, 3, 4], 1), Math.sqrt(5 / 3), 1e-15)
  })

  it("too few numbers have no deviation, none has no mean", () => {
    assert.isNaN(standardDeviation([1], 1))
    assert.isNaN(mean([]))
    assert.strictEqual(standardDeviation([1], 0), 0)
  })

  it("covariance pairs by place and refuses unequal lengths with NaN", () => {
    assert.strictEqual(covariance([1, 2, 3], [6, 4, 2], 1), -2)
    assert.isNaN(covariance([1, 2, 3], [6, 4], 1))
  })

  it("skewness and kurtosis are the population's, kurtosis not the excess", () => {
    assert.strictEqual(skewness([-1, 0, 1]), 0)
    assert.closeTo(skewness([0, 0, 0, 4]), 2 / Math.sqrt(3), 1e-12)
    assert.closeTo(kurtosis([0, 0, 0, 4]), 7 / 3, 1e-12)
    assert.closeTo(kurtosis([-1, 1, -1, 1]), 1, 1e-12)
  })

  it("without spread there is no shape", () => {
    assert.isNaN(skewness([2, 2, 2]))
    assert.isNaN(kurtosis([2, 2, 2]))
  })

  it("over refuses a denominator that is noise", () => {
    assert.isNaN(over(1, 1e-12, 1e-10))
    assert.isNaN(over(1, 0, 0))
    assert.strictEqual(over(1, -0.5, 1e-10), -2)
  })
})

describe("quantile", () => {
  it.each([[0, 1], [0.25, 1.75], [0.5, 2.5], [0.95, 3.85], [1, 4]])(
    "%d of four numbers lies straight between its neighbours: %d",
    (share, expected) => assert.closeTo(quantile([4, 1, 3, 2], share), expected, 1e-12)
  )

  it("of nothing is NaN, of one number is that number", () => {
    assert.isNaN(quantile([], 0.5))
    assert.strictEqual(quantile([7], 0.05), 7)
  })
})

describe("returns", () => {
  it("the first value is a return on the start", () => {
    assert.deepStrictEqual(returnsFrom(100, [110, 99]).map((each) => Math.round(each * 1e9)), [1e8, -1e8])
  })

  it("nothing is a share of what is lost", () => {
    const [lost, after] = returnsFrom(100, [0, 50])
    assert.strictEqual(lost, -1)
    assert.isNaN(after)
  })

  it("compounding undoes returnsFrom", () => {
    const values = [110, 99, 120]
    compounded(returnsFrom(100, values), 100).forEach((value, index) =>
      assert.closeTo(value, values[index]!, 1e-9)
    )
    assert.closeTo(totalReturn(returnsFrom(100, values)), 0.2, 1e-12)
  })

  it("the geometric mean, repeated, gives the total", () => {
    const returns = [0.1, -0.2, 0.3]
    assert.closeTo((1 + geometricMean(returns)) ** 3 - 1, totalReturn(returns), 1e-12)
    assert.isNaN(geometricMean([]))
  })

  it("excess takes one number or a series", () => {
    assert.deepStrictEqual(excess([3, 4], 1), [2, 3])
    assert.deepStrictEqual(excess([3, 4], [1, 2]), [2, 2])
  })

  it("a yearly return is split by compounding, not by division", () => {
    assert.closeTo(perPeriod(0.21, 2), 0.1, 1e-12)
  })
})

describe("rolling", () => {
  it("asks for every full window and for none when the series is shorter", () => {
    assert.deepStrictEqual(rolling([1, 2, 3, 4], 3, mean), [2, 3])
    assert.deepStrictEqual(rolling([1, 2], 3, mean), [])
  })
})

describe("the normal distribution", () => {
  it.each([
    [-8, 6.22096057427174e-16],
    [-3, 0.0013498980316300933],
    [-1.5, 0.06680720126885807],
    [-0.3, 0.3820885778110474],
    [0, 0.5],
    [0.7, 0.758036347776927],
    [1.96, 0.9750021048517795],
    [5.5, 0.9999999810104375]
  ])("below %d lies %d", (x, expected) => assert.closeTo(normalCdf(x), expected, 1e-15))

  it.each([
    [1e-10, -6.361340902404056],
    [0.001, -3.090232306167813],
    [0.025, -1.9599639845400545],
    [0.3, -0.5244005127080409],
    [0.5, 0],
    [0.9, 1.2815515655446004],
    [0.99, 2.3263478740408408],
    [0.999999, 4.753424308817087]
  ])(
    "a share of %d lies below %d",
    (share, expected) => assert.closeTo(normalQuantile(share), expected, 1e-14)
  )

  it("its ends are infinite, beyond them is nothing", () => {
    assert.strictEqual(normalQuantile(0), -Infinity)
    assert.strictEqual(normalQuantile(1), Infinity)
    assert.isNaN(normalQuantile(1.1))
    assert.strictEqual(normalCdf(-50), 0)
    assert.strictEqual(normalCdf(50), 1)
  })
})
