/**
 * Planned prices and order bodies by example.
 * In: reference, ATR, distances. Out: stop and target on ticks, away and by the limit's side.
 * Rounding: decisions 20.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Base, Price } from "../../../src/domain/money.ts"
import { planPrices, reducingOrder } from "../../../src/engine/execution/plan.ts"
import { bitbank } from "../desk.ts"

const YEN = 10_000
const reference = 10_000_000.5 * YEN as Price

describe("planPrices", () => {
  it("a long's stop is rounded down and its target up, to whole ticks", () => {
    const prices = planPrices(bitbank(), "buy", reference, 1_000.2, 1.5, 2)
    assert.deepEqual(prices, {
      stop: 9_998_500 * YEN as Price,
      target: 10_003_002 * YEN as Price,
      stopDistance: 1_500.5 * YEN as Price,
      distanceShare: 1_500.5 / 10_000_000.5
    })
  })

  it("a short's are the mirror", () => {
    const prices = planPrices(bitbank(), "sell", reference, 1_000.2, 1.5, 2)
    assert.strictEqual(prices?.stop, 10_001_501 * YEN)
    assert.strictEqual(prices?.target, 9_996_999 * YEN)
  })

  it("P-62: prices that would leave the positive are no plan", () => {
    assert.isNull(planPrices(bitbank(), "buy", reference, 9_000_000, 1.5, 2))
    assert.isNull(planPrices(bitbank(), "sell", reference, 4_000_000, 1.5, 2))
  })

  it.each([0, -1, Number.NaN, Infinity])(
    "an ATR of %d is no plan",
    (atr) => assert.isNull(planPrices(bitbank(), "buy", reference, atr, 1.5, 2))
  )
})

describe("reducingOrder", () => {
  const common = {
    decisionId: "d",
    instrument: bitbank(),
    attempt: 2,
    amount: 10_000 as Base,
    strategy: "s",
    validUntil: 9
  }

  it("P-20: every leg is of the opposite side of what is held and may only reduce", () => {
    for (const leg of ["exit", "stop", "target"] as const) {
      const long = reducingOrder({ ...common, leg, held: "long", at: leg === "exit" ? null : reference })
      const short = reducingOrder({ ...common, leg, held: "short", at: leg === "exit" ? null : reference })
      assert.deepEqual([long.side, short.side, long.reduceOnly], ["sell", "buy", true])
      assert.strictEqual(long.intentId, `d#${leg}.2`)
    }
  })

  it("a stop carries its trigger, a target its limit, an exit neither", () => {
    const make = (leg: "exit" | "stop" | "target") => {
      const { price, purpose, trigger, type } = reducingOrder({
        ...common,
        leg,
        held: "long",
        at: leg === "exit" ? null : reference
      })
      return [type, purpose, price, trigger]
    }
    assert.deepEqual(make("stop"), ["stop", "protect", null, reference])
    assert.deepEqual(make("target"), ["limit", "protect", reference, null])
    assert.deepEqual(make("exit"), ["market", "exit", null, null])
  })
})
