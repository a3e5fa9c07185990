/**
 * The laws of any size.
 * In: any equity, exposure, prices, shares. Out: whole lots between the minimum and every bound.
 * P-42: the smallest of three sizes was once always zero.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { mulDiv } from "../../../src/domain/money.ts"
import type { Price, Quote } from "../../../src/domain/money.ts"
import { sizeEntry } from "../../../src/engine/risk/sizing.ts"
import type { SizingInputs } from "../../../src/engine/risk/sizing.ts"
import { bitbank } from "../desk.ts"

const YEN = 10_000
const inputs = (overrides: Partial<SizingInputs> = {}): SizingInputs => ({
  instrument: bitbank(),
  equity: 10_000_000 * YEN as Quote,
  reference: 10_000_000 * YEN as Price,
  stopDistance: 100_000 * YEN as Price,
  edge: { edge: "bootstrap", share: 0.01, trades: 0 },
  realMoney: false,
  score: 1,
  factor: 1,
  maxPosition: 0.03,
  exposure: 0 as Quote,
  riskPerTrade: 0.01,
  ...overrides
})

describe("sizeEntry", () => {
  const share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))
  const money = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 90_000_000 }))
  const price = Schema.Int.check(Schema.isBetween({ minimum: 100, maximum: 90_000_000 }))
  it.prop("P-42: any size is whole lots, at least the minimum and never above the cap", {
    equity: money,
    exposure: money,
    reference: price,
    stop: price,
    score: share,
    edge: share,
    factor: share
  }, (given) => {
    const all = inputs({
      equity: given.equity * YEN as Quote,
      exposure: given.exposure * YEN / 100 as Quote,
      reference: given.reference * YEN as Price,
      stopDistance: given.stop * YEN as Price,
      score: given.score,
      factor: given.factor,
      edge: { edge: "kelly", share: given.edge, trades: 20 }
    })
    const sized = sizeEntry(all)
    if (sized._tag === "Unsized") return
    assert.isTrue(sized.amount % 10_000 === 0 && sized.amount >= 10_000)
    const value = mulDiv(sized.amount, all.reference, 100_000_000, "ceil")
    assert.isAtMost(value + all.exposure, Math.floor(all.equity * all.maxPosition) + 1)
    if (!sized.raisedToMinimum) {
      assert.isAtMost(
        mulDiv(sized.amount, all.stopDistance, 100_000_000, "floor"),
        all.equity * all.riskPerTrade
      )
      assert.isAtMost(value, all.equity * Math.min(given.edge, 0.03) * given.score * given.factor + 1)
    }
  }, { arbitrary: { runs: 200, seed: 11 } })
})
