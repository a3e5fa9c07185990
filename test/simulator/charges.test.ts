/**
 * Values, fees and what money can buy, against hand figures and against the domain's own arithmetic.
 * In: amounts, prices, rates. Out: assertions to the last unit.
 * Two formulas written apart must agree; where they do not, one is wrong (decisions 9).
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { instrumentById } from "../../src/domain/Instrument.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { base, notional, ppm, price, quote, shareOf } from "../../src/domain/money.ts"
import { affordable, costOf, feeOn, interestOn, tradeValue } from "../../src/simulator/charges.ts"
import { bitbank, btc, yen } from "./exchangeKit.ts"

const bitfinex = instrumentById("bitfinex:BTC/USD") as Instrument
const within = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

describe("feeOn", () => {
  it.each([
    [yen(100_000), 1_000, yen(100)],
    [500, 1_000, 1],
    [499, 1_000, 0],
    [-500, 1_000, -1],
    [-499, 1_000, 0],
    [500, -1_000, -1],
    [0, 1_000, 0]
  ])("of %i at %i per million is %i", (value, rate, fee) => {
    assert.strictEqual(feeOn(quote(value), ppm(rate)) + 0, fee)
  })

  it.prop(
    "agrees with the domain's share",
    [within(-1e15, 1e15), within(-50_000, 50_000)],
    ([value, rate]) => {
      assert.strictEqual(feeOn(quote(value), ppm(rate)) + 0, shareOf(quote(value), ppm(rate)) + 0)
    }
  )
})

describe("tradeValue", () => {
  it("half a unit goes up", () => {
    assert.strictEqual(tradeValue(bitfinex, 1, price(50_000_000)), 1)
    assert.strictEqual(tradeValue(bitfinex, 1, price(49_999_999)), 0)
  })

  it.prop("agrees with the domain's notional", [within(1, 1e11), within(1, 1e12)], ([amount, at]) => {
    assert.strictEqual(
      tradeValue(bitfinex, amount, price(at)),
      notional(base(amount), price(at), 8, "halfAway")
    )
  })

  it("a value that is no safe integer is a defect, not a rounded figure", () => {
    assert.throws(() => tradeValue(bitfinex, 1e13, price(1e13)), /safe integer/)
  })
})

describe("affordable", () => {
  it.each([[0], [-5]])(
    "%i buys nothing",
    (money) => assert.strictEqual(affordable(bitbank, money, price(yen(1)), ppm(1_000)), 0)
  )

  it.prop(
    "it is the largest multiple of the lot that money covers",
    [within(1, 1e13), within(1, 1e12), within(-500, 5_000)],
    ([money, at, rate]) => {
      for (const instrument of [bitbank, bitfinex]) {
        const amount = affordable(instrument, money, price(at), ppm(rate))
        if (amount > 1e13) continue
        assert.strictEqual(amount % instrument.lot, 0)
        assert.isAtMost(costOf(instrument, amount, price(at), ppm(rate)), money)
        // Rounding makes a unit of difference between neighbours of one lot.
        assert.isAtLeast(costOf(instrument, amount + 2 * instrument.lot, price(at), ppm(rate)) + 1, money)
      }
    }
  )

  it("two halves that both go up cost a unit more than the quotient foresaw: one lot less", () => {
    // 312.5 and a fee of 0.5 are 313 exactly, but 313 + 1 when each is rounded.
    assert.strictEqual(costOf(bitfinex, 2, price(15_625_000_000), ppm(1_600)), 314)
    assert.strictEqual(affordable(bitfinex, 313, price(15_625_000_000), ppm(1_600)), 1)
  })

  it("more than can be counted is bounded, not rounded", () => {
    assert.strictEqual(
      affordable({ ...bitfinex, takerFee: ppm(0) }, 9e15, price(1), ppm(0)),
      Number.MAX_SAFE_INTEGER
    )
  })
})

describe("interestOn", () => {
  it.each([[0.1], [-0.1]])("costs 0.04 %% of the worth of %f bitcoin", (amount) => {
    assert.strictEqual(interestOn(bitbank, base(btc(amount)), price(yen(1_000_000)), ppm(400)), yen(40))
  })
})
