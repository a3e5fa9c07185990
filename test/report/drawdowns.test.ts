/**
 * Falls from a peak, as a line and as a list.
 * In: equity by hand. Out: shares, dates, amounts.
 * Dates and edges; what holds of any equity stands in the properties.
 */
import { assert, describe, it } from "@effect/vitest"
import { drawdownsOf, fallsOf } from "../../src/report/drawdowns.ts"

describe("drawdownsOf", () => {
  it("measures from the highest point so far, the start included", () => {
    assert.deepStrictEqual(drawdownsOf([90, 120, 60, 120], 100).map((each) => Math.round(each * 100)), [
      -10,
      0,
      -50,
      0
    ])
  })

  it("without a start the first point is the first peak", () => {
    assert.deepStrictEqual(drawdownsOf([100, 50]), [0, -0.5])
    assert.deepStrictEqual(drawdownsOf([]), [])
  })

  it("a loss of more than everything is a share beyond one; no peak has no share", () => {
    assert.deepStrictEqual(drawdownsOf([-50], 100), [-1.5])
    assert.deepStrictEqual(drawdownsOf([-1, -2], -1), [0, 0])
  })
})

describe("fallsOf", () => {
  const at = [1, 2, 3, 4, 5, 6]

  it("dates each fall from its last peak to the return to it", () => {
    assert.deepStrictEqual(fallsOf(at, [100, 90, 100, 100, 80, 60], 0, 100), [
      { share: 0.1, amount: 10, peakAt: 1, troughAt: 2, recoveredAt: 3 },
      { share: 0.4, amount: 40, peakAt: 4, troughAt: 6, recoveredAt: null }
    ])
  })

  it("the start counts as a peak, and the first of equal lows is the bottom", () => {
    assert.deepStrictEqual(fallsOf(at, [75, 75, 100], 0, 100), [
      { share: 0.25, amount: 25, peakAt: 0, troughAt: 1, recoveredAt: 3 }
    ])
  })

  it("a line that only rises has none", () => {
    assert.deepStrictEqual(fallsOf(at, [100, 100, 101], 0, 100), [])
  })
})
