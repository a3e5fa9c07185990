/**
 * How a candle becomes a bar that can be traded, and how a price is worsened.
 * In: candles and prices. Out: assertions on scaled prices and room.
 * The direction of every rounding is against the trader.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { ppm, price } from "../../src/domain/money.ts"
import { barOf, slipped } from "../../src/simulator/bar.ts"
import { bitbank, btc, candle, still, yen } from "./exchangeKit.ts"

const within = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

describe("barOf", () => {
  it("scales prices and floors the room to the lot", () => {
    assert.deepStrictEqual(barOf(bitbank, 0.1, candle(0, [10.5, 12, 9, 11], 1.23456)), {
      open: yen(10.5),
      high: yen(12),
      low: yen(9),
      room: btc(0.1234)
    })
  })

  it.each([[0], [-1], [NaN], [0.000_99]])("a volume of %f leaves no lot to trade", (volume) => {
    assert.isUndefined(barOf(bitbank, 0.1, still(0, 1_000, volume)))
  })

  it("an endless volume leaves as much room as can be counted", () => {
    const room = barOf(bitbank, 1, still(0, 1_000, Infinity))?.room ?? 0
    assert.isTrue(Number.isSafeInteger(room) && room > 1e15)
  })
})

describe("slipped", () => {
  it.each(
    [
      ["buy", 1_000_000, 500, 1_000_500],
      ["sell", 1_000_000, 500, 999_500],
      ["buy", 1_000_000, 0, 1_000_000],
      ["sell", 1_000_000, 0, 1_000_000],
      ["buy", 1_000_000.5, 0, 1_000_001],
      ["sell", 1_000_000.5, 0, 1_000_000],
      ["sell", 1, 50_000, 1],
      ["buy", 1, 50_000, 2]
    ] as const
  )("a %s at %f with %i per million pays %f", (side, at, slippage, expected) => {
    assert.strictEqual(slipped(price(yen(at)), side, ppm(slippage), bitbank.tick), yen(expected))
  })

  it.prop(
    "is a tick, never better, never a tick worse than asked",
    [within(10_000, 1e12), within(0, 50_000)],
    ([at, slippage]) => {
      const asked = at * slippage / 1e6
      const buy = slipped(price(at), "buy", ppm(slippage), bitbank.tick)
      const sell = slipped(price(at), "sell", ppm(slippage), bitbank.tick)
      assert.strictEqual(buy % bitbank.tick, 0)
      assert.strictEqual(sell % bitbank.tick, 0)
      assert.isTrue(buy >= at + asked - 1e-3 && buy < at + asked + bitbank.tick + 1e-3)
      assert.isTrue(
        sell === bitbank.tick || (sell <= at - asked + 1e-3 && sell > at - asked - bitbank.tick - 1e-3)
      )
    }
  )
})
