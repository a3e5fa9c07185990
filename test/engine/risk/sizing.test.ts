/**
 * Sizes by hand-made numbers, and the laws of any size.
 * In: SizingInputs. Out: amounts in lots.
 * Decisions 21 and 22.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Base, Price, Quote } from "../../../src/domain/money.ts"
import { capitalNeeded, sizeEntry } from "../../../src/engine/risk/sizing.ts"
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
const amountOf = (overrides: Partial<SizingInputs> = {}): number => {
  const sized = sizeEntry(inputs(overrides))
  return sized._tag === "Sized" ? sized.amount : 0
}

describe("sizeEntry", () => {
  it("the bootstrap is one per cent of equity times the score, once", () => {
    assert.strictEqual(amountOf(), 1_000_000)
    assert.strictEqual(amountOf({ score: 0.5 }), 500_000)
    assert.strictEqual(amountOf({ score: 0.5, factor: 0.5 }), 250_000)
  })

  it("a large Kelly share ends at the cap, before the score", () => {
    assert.strictEqual(amountOf({ edge: { edge: "kelly", share: 0.1225, trades: 20 } }), 3_000_000)
    assert.strictEqual(
      amountOf({ edge: { edge: "kelly", share: 0.1225, trades: 20 }, score: 0.5 }),
      1_500_000
    )
  })

  it("P-59: a wide stop sizes so that the risk share is lost there, and fees are not in it", () => {
    assert.strictEqual(amountOf({ stopDistance: 10_000_000 * YEN as Price, riskPerTrade: 0.001 }), 100_000)
    assert.strictEqual(amountOf({ stopDistance: 20_000_000 * YEN as Price, riskPerTrade: 0.01 }), 500_000)
  })

  it("exposure in flight takes from the cap, down to a refusal", () => {
    const edge = { edge: "kelly", share: 0.1, trades: 20 } as const
    assert.strictEqual(amountOf({ edge, exposure: 100_000 * YEN as Quote }), 2_000_000)
    const full = sizeEntry(inputs({ edge, exposure: 300_000 * YEN as Quote }))
    assert.deepEqual(full, { _tag: "Unsized", reason: "exposure", value: 0, limit: 0 })
  })

  it("below the minimum but inside the cap becomes the minimum", () => {
    const sized = sizeEntry(inputs({ equity: 50_000 * YEN as Quote }))
    assert.deepEqual(sized, { _tag: "Sized", amount: 10_000 as Base, raisedToMinimum: true })
  })

  it("a cap below the minimum is refused with what was wanted", () => {
    const sized = sizeEntry(inputs({ equity: 30_000 * YEN as Quote }))
    assert.deepEqual(sized, { _tag: "Unsized", reason: "belowMinimumAmount", value: 3_000, limit: 10_000 })
  })

  it("no edge with real money buys nothing, on paper it buys little", () => {
    const edge = { edge: "none", share: 0.005, trades: 20 } as const
    assert.deepEqual(sizeEntry(inputs({ edge, realMoney: true })), {
      _tag: "Unsized",
      reason: "noEdge",
      value: 20,
      limit: 0
    })
    assert.strictEqual(amountOf({ edge }), 500_000)
  })

  it("an account without money is refused, not thrown", () => {
    assert.strictEqual(sizeEntry(inputs({ equity: -5 as Quote }))._tag, "Unsized")
    assert.strictEqual(sizeEntry(inputs({ equity: 0 as Quote }))._tag, "Unsized")
  })

  it("a stop a hair away does not overflow", () =>
    assert.strictEqual(amountOf({ stopDistance: 1 as Price }), 1_000_000))
})

describe("capitalNeeded", () => {
  it("is the equity from which the minimum fits under the cap, to the unit", () => {
    const needed = capitalNeeded(bitbank(), inputs().reference, 0.03)
    assert.strictEqual(sizeEntry(inputs({ equity: needed }))._tag, "Sized")
    assert.strictEqual(sizeEntry(inputs({ equity: (needed - 1) as Quote }))._tag, "Unsized")
  })
})
