/**
 * Falls of any equity.
 * In: equity by chance. Out: falls beside the line.
 * The two views must tell one story: the deepest fall is the lowest point of the line.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { deepestOf, drawdownsOf, fallsOf } from "../../src/report/drawdowns.ts"

describe("fallsOf", () => {
  it.prop("the deepest fall is the lowest point of the line, and no two overlap", {
    equity: Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000 })))
  }, ({ equity }) => {
    const falls = fallsOf(equity.map((_, index) => index + 1), equity, 0, 500)
    const deepest = deepestOf(falls)
    assert.closeTo(deepest?.share ?? 0, Math.max(0, ...drawdownsOf(equity, 500).map((each) => -each)), 1e-12)
    falls.forEach((fall, index) => {
      assert.isAbove(fall.troughAt, fall.peakAt)
      assert.isAtMost(fall.recoveredAt ?? Infinity, falls[index + 1]?.peakAt ?? Infinity)
    })
  }, { arbitrary: { runs: 200, seed: 9 } })
})
