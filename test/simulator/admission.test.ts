/**
 * The door of the exchange: each rule of admission, with the code that proves a refusal.
 * In: orders that break one rule. Out: assertions on outcomes, and that a refusal changes nothing.
 * Risk has checked the same before; the venue does not know that.
 */
import { assert, describe, it } from "@effect/vitest"
import { base, ppm, price, quote } from "../../src/domain/money.ts"
import type { Order } from "../../src/domain/Order.ts"
import { accountOf, closeBar, openBar, snapshotOf, submit } from "../../src/simulator/Exchange.ts"
import type { Exchange } from "../../src/simulator/Exchange.ts"
import { accept, btc, closeOf, exchangeOf, limit, market, orderOf, still, stop, yen } from "./exchangeKit.ts"

const M = 1_000_000

const at = (exchange: Exchange, n: number, price = M): Exchange => {
  openBar(exchange, still(n, price))
  closeBar(exchange, still(n, price))
  return exchange
}

const codeOf = (exchange: Exchange, order: ReturnType<typeof orderOf>): string => {
  const before = JSON.stringify(snapshotOf(exchange))
  const outcome = submit(exchange, order, closeOf(0))
  if (outcome._tag === "Refused") {
    assert.strictEqual(JSON.stringify(snapshotOf(exchange)), before, "a refusal changes nothing")
  }
  return outcome._tag === "Refused" ? outcome.code : outcome._tag
}

describe("submit", () => {
  const rows: ReadonlyArray<readonly [string, Partial<Order>, string]> = [
    ["an amount of one lot and the minimum", { amount: base(10_000) }, "Accepted"],
    ["no amount", { amount: base(0) }, "InvalidAmount"],
    ["a negative amount", { amount: base(-10_000) }, "InvalidAmount"],
    ["a fraction as amount", { amount: 10_000.5 as Order["amount"] }, "InvalidAmount"],
    ["an amount between two lots", { amount: base(15_000) }, "OffLot"],
    ["another instrument", { instrument: "binance:BTC/USDT" }, "UnknownInstrument"],
    ["a market order with a price", { price: price(yen(M)) }, "InvalidPrice"],
    ["a market order with a trigger", { trigger: price(yen(M)) }, "InvalidPrice"],
    ["a limit without a price", { type: "limit" }, "InvalidPrice"],
    ["a limit at zero", { type: "limit", price: price(0) }, "InvalidPrice"],
    ["a limit between two ticks", { type: "limit", price: price(yen(999_999.5)) }, "OffTick"],
    ["a stop between two ticks", { type: "stop", trigger: price(yen(1_000_001.5)) }, "OffTick"],
    ["a stop without a trigger", { type: "stop" }, "InvalidPrice"],
    ["a post-only market order", { postOnly: true }, "InvalidPostOnly"],
    ["a reduce-only sale while flat", { side: "sell", reduceOnly: true }, "NothingToReduce"],
    ["a sale of coins the spot account has not", { side: "sell" }, "InsufficientFunds"],
    ["all the money", { amount: base(btc(9.99)) }, "Accepted"],
    ["more than the money, fee included", { amount: base(btc(9.9901)) }, "InsufficientFunds"]
  ]

  it.each(rows)("%s", (_, change, expected) => {
    assert.strictEqual(codeOf(at(exchangeOf(), 0), orderOf("o", change)), expected)
  })

  it("an order below the minimum is refused, unless it closes the whole position", () => {
    const instrument = { ...exchangeOf().options.instrument, minAmount: base(50_000) }
    const exchange = at(exchangeOf({ instrument, participation: 0.1 }), 0)
    assert.strictEqual(codeOf(exchange, market("small", "buy", 0.000_4)), "BelowMinimum")
    accept(exchange, market("e", "buy", 0.001), closeOf(0))
    openBar(exchange, still(1, M, 0.003))
    assert.strictEqual(accountOf(exchange).base, btc(0.000_3))
    assert.strictEqual(
      codeOf(exchange, market("part", "sell", 0.000_2, { reduceOnly: true })),
      "BelowMinimum"
    )
    assert.strictEqual(codeOf(exchange, market("rest", "sell", 0.000_3, { reduceOnly: true })), "Accepted")
  })

  it("an intent is taken once, also after its order has ended", () => {
    const exchange = at(exchangeOf(), 0)
    accept(exchange, market("e", "buy", 0.1), closeOf(0))
    assert.strictEqual(codeOf(exchange, market("e", "buy", 0.1)), "DuplicateClientOrderId")
    at(exchange, 1)
    assert.strictEqual(codeOf(exchange, market("e", "buy", 0.2)), "DuplicateClientOrderId")
  })

  it("before a price was seen nothing can be bought", () => {
    assert.strictEqual(codeOf(exchangeOf(), market("e", "buy", 0.1)), "NoMarket")
  })

  it("the price with slippage has to be paid, not the price alone", () => {
    const exchange = at(exchangeOf({ slippage: ppm(500) }), 0)
    // 1,000,500 x 1.001 = 1,001,500.5 each: 9.985 cost 9,999,982.4925.
    assert.strictEqual(codeOf(exchange, market("more", "buy", 9.9851)), "InsufficientFunds")
    assert.strictEqual(codeOf(exchange, market("less", "buy", 9.985)), "Accepted")
  })

  it("a buy stop costs its trigger, or the market where that has passed it", () => {
    const exchange = at(exchangeOf(), 0)
    const over = { reduceOnly: false } as const
    assert.strictEqual(codeOf(exchange, stop("above", "buy", 9, 1_200_000, over)), "InsufficientFunds")
    assert.strictEqual(codeOf(exchange, stop("below", "buy", 12, 800_000, over)), "InsufficientFunds")
    assert.strictEqual(codeOf(exchange, stop("fits", "buy", 9, 1_100_000, over)), "Accepted")
  })

  it("money pledged to working orders is not free, nor are coins", () => {
    const exchange = at(exchangeOf(), 0)
    accept(exchange, limit("l", "buy", 5, 900_000), closeOf(0))
    // 10,000,000 - 4,504,500 leaves 5,495,500.
    assert.strictEqual(codeOf(exchange, market("more", "buy", 5.4902)), "InsufficientFunds")
    accept(exchange, market("e", "buy", 5.49), closeOf(0))
    openBar(exchange, still(1, M))
    accept(exchange, limit("half", "sell", 3, 1_100_000), closeOf(1))
    assert.strictEqual(codeOf(exchange, market("s1", "sell", 2.5)), "InsufficientFunds")
    assert.strictEqual(codeOf(exchange, market("s2", "sell", 2.49)), "Accepted")
  })

  it("coins pledged to reduce-only orders stay free: they shrink with the position", () => {
    const exchange = at(exchangeOf(), 0)
    accept(exchange, market("e", "buy", 1), closeOf(0))
    openBar(exchange, still(1, M))
    accept(exchange, stop("s", "sell", 1, 900_000), closeOf(1))
    assert.strictEqual(codeOf(exchange, market("x", "sell", 1, { reduceOnly: true })), "Accepted")
    assert.strictEqual(codeOf(exchange, market("buyback", "buy", 1, { reduceOnly: true })), "NothingToReduce")
  })

  it("L-5: a margin position is worth no more than the equity, on both sides, working orders included", () => {
    for (const side of ["buy", "sell"] as const) {
      const exchange = at(exchangeOf({ account: "margin" }), 0)
      assert.strictEqual(codeOf(exchange, market("more", side, 9.9901)), "InsufficientFunds", side)
      accept(exchange, limit("half", side, 5, side === "buy" ? 999_999 : 1_000_001), closeOf(0))
      assert.strictEqual(codeOf(exchange, market("rest", side, 5)), "InsufficientFunds", side)
      assert.strictEqual(codeOf(exchange, market("fits", side, 4.99)), "Accepted", side)
    }
  })

  it("a margin position that lost its cover may shrink, and may not grow", () => {
    const exchange = at(exchangeOf({ account: "margin" }), 0)
    accept(exchange, market("e", "sell", 9), closeOf(0))
    openBar(exchange, still(1, M))
    closeBar(exchange, still(1, 1_500_000))
    assert.strictEqual(codeOf(exchange, market("grow", "sell", 0.1)), "InsufficientFunds")
    assert.strictEqual(codeOf(exchange, market("shrink", "buy", 3)), "Accepted")
    openBar(exchange, still(2, 1_500_000))
    assert.strictEqual(accountOf(exchange).base, btc(-6))
  })

  it("a market order through the position opens the other side, within the equity", () => {
    const exchange = at(exchangeOf({ account: "margin" }), 0)
    accept(exchange, market("e", "buy", 9), closeOf(0))
    at(exchange, 1)
    accept(exchange, market("flip", "sell", 18), closeOf(1))
    at(exchange, 2)
    assert.strictEqual(accountOf(exchange).base, btc(-9))
  })

  it("a share of a bar outside 0 to 1 is refused when the exchange is made", () => {
    for (const participation of [0, -1, 1.1, NaN]) {
      assert.throws(() => exchangeOf({ participation, capital: quote(1) }), RangeError)
    }
  })
})
