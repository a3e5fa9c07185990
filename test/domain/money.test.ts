import { assert, describe, it } from "vitest"
import {
  base,
  mulDiv,
  notional,
  powerOfTen,
  ppm,
  price,
  quote,
  ratio,
  shareOf,
  toFloat,
  toPrice,
  toQuote,
  toStep
} from "../../src/domain/money.ts"

describe("mulDiv", () => {
  it("rounds down, up and half away from zero, on both sides of zero", () => {
    const table = [
      [7, 1, 2, 3, 4, 4],
      [-7, 1, 2, -4, -3, -4],
      [5, 1, 4, 1, 2, 1],
      [-5, 1, 4, -2, -1, -1],
      [6, 1, 3, 2, 2, 2],
      [0, 9, 7, 0, 0, 0]
    ] as const
    for (const [a, b, divisor, down, up, half] of table) {
      assert.deepStrictEqual(
        [mulDiv(a, b, divisor, "floor"), mulDiv(a, b, divisor, "ceil"), mulDiv(a, b, divisor, "halfAway")],
        [down, up, half],
        `${a} x ${b} / ${divisor}`
      )
    }
  })

  it("is exact where the product is far beyond what a float can hold", () => {
    assert.strictEqual(
      mulDiv(9_007_199_254_740_991, 9_007_199_254_740_991, 9_007_199_254_740_991, "floor"),
      9_007_199_254_740_991
    )
    assert.strictEqual(mulDiv(120_000_000_001, 123_456_789, 100_000_000, "halfAway"), 148_148_146_801)
    assert.strictEqual(mulDiv(-9_007_199_254_740_991, 3, 6, "halfAway"), -4_503_599_627_370_496)
  })

  it("gives the largest safe integer, and refuses what is rounded beyond it", () => {
    const third = (2 ** 54 - 1) / 3
    assert.strictEqual(mulDiv(third, 3, 2, "floor"), Number.MAX_SAFE_INTEGER)
    for (const rounding of ["ceil", "halfAway"] as const) {
      assert.throws(() => mulDiv(third, 3, 2, rounding), /no safe integer/)
      assert.throws(() => mulDiv(-third, 3, 2, rounding === "ceil" ? "floor" : rounding), /no safe integer/)
    }
  })

  it("never gives minus zero", () => {
    assert.isTrue(Object.is(mulDiv(-1, 1, 4, "halfAway"), 0))
    assert.isTrue(Object.is(quote(-0), 0))
  })

  it("refuses a divisor that is not positive and a result that is no safe integer", () => {
    assert.throws(() => mulDiv(1, 1, 0, "floor"), /divisor 0/)
    assert.throws(() => mulDiv(9_007_199_254_740_991, 4, -1, "floor"), /divisor -1/)
    assert.throws(() => mulDiv(9_007_199_254_740_991, 9_007_199_254_740_991, 1, "floor"), /no safe integer/)
  })
})

describe("money", () => {
  it("is made of safe integers only", () => {
    for (const make of [quote, base, price, ppm]) {
      assert.throws(() => make(0.5), /no safe integer/)
      assert.throws(() => make(Number.NaN), /no safe integer/)
      assert.throws(() => make(2 ** 53), /no safe integer/)
    }
    assert.strictEqual(ratio(0.03), 0.03)
  })

  it("turns floats into scaled integers in one place and back", () => {
    assert.strictEqual(toPrice(12_345_678.9, 4), 123_456_789_000)
    assert.strictEqual(toQuote(500_000, 4), 5_000_000_000)
    assert.strictEqual(toFloat(123_456_789_000, 4), 12_345_678.9)
    assert.throws(() => powerOfTen(16), /0 to 15 digits/)
  })

  it("values an amount at a price in quote units (L-4: 0.0001 BTC at ¥12,000,000 is ¥1,200)", () => {
    assert.strictEqual(notional(base(10_000), price(120_000_000_000), 8, "halfAway"), 12_000_000)
  })

  it("takes a fee half away from zero, also of a negative value", () => {
    assert.strictEqual(shareOf(quote(12_345), ppm(1_000)), 12)
    assert.strictEqual(shareOf(quote(12_500), ppm(1_000)), 13)
    assert.strictEqual(shareOf(quote(-12_500), ppm(1_000)), -13)
  })

  it("steps down and up to a lot, on both sides of zero", () => {
    assert.deepStrictEqual([toStep(25, 10, "down"), toStep(25, 10, "up"), toStep(20, 10, "up")], [20, 30, 20])
    assert.deepStrictEqual([toStep(-25, 10, "down"), toStep(-25, 10, "up")], [-30, -20])
  })
})
