/**
 * The rules of a fill, one table row a rule, with figures worked out by hand.
 * In: bars and orders in yen and bitcoin. Out: assertions on reports in words.
 * Spot and margin accounts without slippage unless a rule is about it.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Candle } from "../../src/domain/Candle.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { base, ppm, quote } from "../../src/domain/money.ts"
import {
  accountOf,
  cancel,
  closeBar,
  lookup,
  openBar,
  reportsAfter,
  submit
} from "../../src/simulator/Exchange.ts"
import type { Exchange } from "../../src/simulator/Exchange.ts"
import {
  accept,
  BAR,
  bitbank,
  btc,
  candle,
  closeOf,
  exchangeOf,
  limit,
  market,
  START,
  still,
  stop,
  wordsOf,
  yen
} from "./exchangeKit.ts"

const M = 1_000_000

const open = (exchange: Exchange, bar: Candle): ReadonlyArray<string> => openBar(exchange, bar).map(wordsOf)
const close = (exchange: Exchange, bar: Candle): ReadonlyArray<string> => closeBar(exchange, bar).map(wordsOf)
const pass = (
  exchange: Exchange,
  bar: Candle
): ReadonlyArray<string> => [...open(exchange, bar), ...close(exchange, bar)]

/** An exchange that holds a position bought (or sold) at 1,000,000 at the open of bar 1; bar 1 is open still. */
const holding = (amount: number, options: Parameters<typeof exchangeOf>[0] = {}): Exchange => {
  const exchange = exchangeOf(options)
  pass(exchange, still(0, M))
  accept(exchange, market("e", amount > 0 ? "buy" : "sell", Math.abs(amount)), closeOf(0))
  open(exchange, still(1, M))
  return exchange
}

describe("openBar: market orders", () => {
  it("a decision at the close of a bar fills at the open of the next, with its taker fee", () => {
    const exchange = exchangeOf()
    pass(exchange, still(0, M))
    accept(exchange, market("e", "buy", 0.1), closeOf(0))
    assert.deepStrictEqual(open(exchange, candle(1, [1_010_000, 1_020_000, 990_000, M])), [
      "e buy 0.1 @ 1010000 fee 101 taker done"
    ])
    assert.deepStrictEqual(accountOf(exchange), {
      quote: quote(yen(10_000_000 - 101_000 - 101)),
      base: base(btc(0.1)),
      orders: [],
      lastReportSeq: 1
    })
  })

  it.each([["buy", 1_000_500], ["sell", 999_500]] as const)("slippage is against a %s", (side, at) => {
    const exchange = exchangeOf({ account: "margin", slippage: ppm(500) })
    pass(exchange, still(0, M))
    accept(exchange, market("e", side, 0.1), closeOf(0))
    assert.deepStrictEqual(open(exchange, still(1, M)), [
      `e ${side} 0.1 @ ${at} fee ${at / 10_000} taker done`
    ])
  })

  it.each([["buy", 1_000_501], ["sell", 999_500]] as const)(
    "a price between two ticks goes to the worse one for a %s",
    (side, at) => {
      const exchange = exchangeOf({ account: "margin", slippage: ppm(500) })
      pass(exchange, still(0, M))
      accept(exchange, market("e", side, 0.1), closeOf(0))
      const report = openBar(exchange, still(1, 1_000_000.4))[0]
      assert.strictEqual(report?._tag === "Filled" ? report.price : 0, yen(at))
    }
  )

  it("an entry takes its share of the bar, in whole lots, and its rest is cancelled", () => {
    const exchange = exchangeOf({ participation: 0.1 })
    pass(exchange, still(0, M))
    accept(exchange, market("e", "buy", 1), closeOf(0))
    assert.deepStrictEqual(open(exchange, still(1, M, 3.33337)), [
      "e buy 0.3333 @ 1000000 fee 333.3 taker",
      "e canceled 0.6667: immediate or cancel: the bar gave no more"
    ])
    assert.deepStrictEqual(accountOf(exchange).orders, [])
  })

  it("an exit that the bar cannot take whole goes on at the next opens", () => {
    const exchange = holding(1, { participation: 0.1 })
    close(exchange, still(1, M))
    accept(exchange, market("x", "sell", 1, { reduceOnly: true }), closeOf(1))
    assert.deepStrictEqual(pass(exchange, still(2, M, 4)), ["x sell 0.4 @ 1000000 fee 400 taker"])
    assert.deepStrictEqual(pass(exchange, still(3, 990_000, 4)), ["x sell 0.4 @ 990000 fee 396 taker"])
    assert.deepStrictEqual(pass(exchange, still(4, M, 4)), ["x sell 0.2 @ 1000000 fee 200 taker done"])
  })

  it("C53: a bar without volume fills nothing: an entry is cancelled, an exit waits", () => {
    const exchange = holding(0.1)
    close(exchange, still(1, M))
    accept(exchange, market("x", "sell", 0.1, { reduceOnly: true }), closeOf(1))
    accept(exchange, market("e2", "buy", 0.1), closeOf(1))
    assert.deepStrictEqual(pass(exchange, still(2, M, 0)), [
      "e2 canceled 0.1: immediate or cancel: the bar gave no more"
    ])
    assert.deepStrictEqual(pass(exchange, still(3, M)), ["x sell 0.1 @ 1000000 fee 100 taker done"])
  })

  it.each(
    [
      ["prices that are no numbers", [NaN, NaN, NaN, NaN]],
      ["a high below its low", [M, 990_000, M, 995_000]],
      ["an open outside its range", [M, 990_000, 980_000, 985_000]],
      ["an endless price", [M, Infinity, M, M]],
      ["a price too large to count", [M, 1e13, M, M]]
    ] as const
  )("a bar with %s fills nothing", (_, prices) => {
    const exchange = holding(0.1)
    close(exchange, still(1, M))
    accept(exchange, stop("s", "sell", 0.1, 995_000), closeOf(1))
    assert.deepStrictEqual(pass(exchange, candle(2, prices)), [])
    assert.strictEqual(submit(exchange, market("e2", "buy", 0.1), closeOf(2))._tag, "Accepted")
  })

  it("an exit sent between open and close waits for the next open", () => {
    const exchange = holding(0.1)
    accept(exchange, market("x", "sell", 0.1, { reduceOnly: true }), START + BAR)
    assert.deepStrictEqual(close(exchange, candle(1, [M, 1_100_000, 900_000, M])), [])
    assert.deepStrictEqual(open(exchange, still(2, 950_000)), ["x sell 0.1 @ 950000 fee 95 taker done"])
  })

  it("money that no longer pays after a gap sizes the fill down and cancels the rest", () => {
    const exchange = exchangeOf()
    pass(exchange, still(0, M))
    accept(exchange, market("e", "buy", 9.9), closeOf(0))
    // 10,000,000 / (1,200,000 x 1.001) = 8.32500832...
    assert.deepStrictEqual(open(exchange, still(1, 1_200_000)), [
      "e buy 8.325 @ 1200000 fee 9990 taker",
      "e canceled 1.575: the account cannot pay for more"
    ])
  })
})

describe("openBar: latency", () => {
  it.each([
    [0, 1],
    [1, 2],
    [BAR, 2],
    [BAR + 1, 3]
  ])(
    "an order sent at the close of bar 0 with %i ms on the way fills at the open of bar %i",
    (latencyMs, filledIn) => {
      const exchange = exchangeOf({ latencyMs })
      pass(exchange, still(0, M))
      accept(exchange, market("e", "buy", 0.1), closeOf(0))
      for (let n = 1; n <= filledIn; n++) {
        assert.strictEqual(pass(exchange, still(n, M)).length, n === filledIn ? 1 : 0, `bar ${n}`)
      }
    }
  )

  it("a stop that is on its way does not protect yet", () => {
    const exchange = exchangeOf({ latencyMs: 1 })
    pass(exchange, still(0, M))
    accept(exchange, market("e", "buy", 0.1), closeOf(0) - 1)
    open(exchange, still(1, M))
    accept(exchange, stop("s", "sell", 0.1, 990_000), START + BAR)
    assert.deepStrictEqual(close(exchange, candle(1, [M, M, 980_000, 985_000])), [])
    assert.deepStrictEqual(open(exchange, still(2, 985_000)), ["s sell 0.1 @ 985000 fee 98.5 taker done"])
  })
})

describe("submit: latency and triggers", () => {
  it("a stop on its way is judged by the price it meets, not by the one it left", () => {
    const exchange = exchangeOf({ latencyMs: 1 })
    pass(exchange, still(0, M))
    accept(exchange, market("e", "buy", 0.1), closeOf(0) - 1)
    pass(exchange, still(1, M))
    accept(exchange, stop("s", "sell", 0.1, 1_005_000), closeOf(1) - 1)
    assert.deepStrictEqual(pass(exchange, still(2, 1_010_000)), [])
    assert.deepStrictEqual(pass(exchange, still(3, 1_004_000)), ["s sell 0.1 @ 1004000 fee 100.4 taker done"])
  })
})

describe("closeBar: stops", () => {
  it.each(
    [
      ["touched", [M, M, 990_000, 995_000], ["s sell 0.1 @ 990000 fee 99 taker done"]],
      ["passed", [M, M, 980_000, 995_000], ["s sell 0.1 @ 990000 fee 99 taker done"]],
      ["not reached", [M, M, 990_001, 995_000], []]
    ] as const
  )("a stop that is %s in the bar of its entry", (_, prices, expected) => {
    const exchange = holding(0.1)
    accept(exchange, stop("s", "sell", 0.1, 990_000), START + BAR)
    assert.deepStrictEqual(close(exchange, candle(1, prices)), expected)
  })

  it("slippage applies to a stop: 0.05 % below its trigger", () => {
    const exchange = holding(0.1, { slippage: ppm(500) })
    accept(exchange, stop("s", "sell", 0.1, 990_000), START + BAR)
    assert.deepStrictEqual(close(exchange, candle(1, [M, M, 980_000, 995_000])), [
      "s sell 0.1 @ 989505 fee 98.9505 taker done"
    ])
  })

  it("a gap through a stop fills at the open, not at the trigger", () => {
    const exchange = holding(0.1, { slippage: ppm(500) })
    accept(exchange, stop("s", "sell", 0.1, 990_000), START + BAR)
    assert.deepStrictEqual(close(exchange, still(1, M)), [])
    assert.deepStrictEqual(open(exchange, candle(2, [970_000, 999_000, 960_000, 980_000])), [
      "s sell 0.1 @ 969515 fee 96.9515 taker done"
    ])
  })

  it("a buy stop above a short is the mirror: touched by the high, gapped at the open", () => {
    const short = holding(-0.1, { account: "margin" })
    accept(short, stop("s", "buy", 0.1, 1_010_000), START + BAR)
    assert.deepStrictEqual(close(short, candle(1, [M, 1_009_999, M, M])), [])
    assert.deepStrictEqual(pass(short, candle(2, [M, 1_010_000, M, M])), [
      "s buy 0.1 @ 1010000 fee 101 taker done"
    ])
    const gapped = holding(-0.1, { account: "margin" })
    accept(gapped, stop("s", "buy", 0.1, 1_010_000), START + BAR)
    assert.deepStrictEqual(close(gapped, still(1, M)), [])
    assert.deepStrictEqual(open(gapped, still(2, 1_030_000)), ["s buy 0.1 @ 1030000 fee 103 taker done"])
  })

  it("a stop whose price was passed when it came fills at once: inside the bar at the open", () => {
    const exchange = holding(0.1)
    accept(exchange, stop("s", "sell", 0.1, 1_005_000), START + BAR)
    assert.deepStrictEqual(close(exchange, candle(1, [M, 1_020_000, M, 1_020_000])), [
      "s sell 0.1 @ 1000000 fee 100 taker done"
    ])
  })

  it("a stop whose price was passed when it came after the close fills at the next open, wherever that is", () => {
    const exchange = holding(0.1)
    close(exchange, still(1, M))
    accept(exchange, stop("s", "sell", 0.1, 1_005_000), closeOf(1))
    assert.deepStrictEqual(open(exchange, still(2, 1_010_000)), ["s sell 0.1 @ 1010000 fee 101 taker done"])
  })

  it("a triggered stop that the bar cannot take goes on at the next opens, even above its trigger", () => {
    const exchange = holding(1, { participation: 0.1 })
    accept(exchange, stop("s", "sell", 1, 990_000), START + BAR)
    assert.deepStrictEqual(close(exchange, candle(1, [M, M, 980_000, 985_000], 6)), [
      "s sell 0.6 @ 990000 fee 594 taker"
    ])
    assert.deepStrictEqual(pass(exchange, candle(2, [1_010_000, 1_010_000, 900_000, M], 3)), [
      "s sell 0.3 @ 1010000 fee 303 taker"
    ])
    assert.deepStrictEqual(pass(exchange, still(3, M, 3)), ["s sell 0.1 @ 1000000 fee 100 taker done"])
  })

  it("a stop that opens a position takes what its bar gives and is gone", () => {
    const exchange = exchangeOf({ participation: 0.1 })
    pass(exchange, still(0, M))
    accept(exchange, stop("b", "buy", 1, 1_010_000, { reduceOnly: false }), closeOf(0))
    assert.deepStrictEqual(pass(exchange, candle(1, [M, 1_020_000, M, M], 5)), [
      "b buy 0.5 @ 1010000 fee 505 taker",
      "b canceled 0.5: immediate or cancel: the bar gave no more"
    ])
    accept(exchange, stop("c", "buy", 1, 1_010_000, { reduceOnly: false }), closeOf(1))
    assert.deepStrictEqual(pass(exchange, still(2, 1_030_000, 5)), [
      "c buy 0.5 @ 1030000 fee 515 taker",
      "c canceled 0.5: immediate or cancel: the bar gave no more"
    ])
  })
})

describe("closeBar: limits", () => {
  it.each(
    [
      ["buy", "at", [M, M, 990_000, M], []],
      ["buy", "beyond", [M, M, 989_999, M], ["l buy 0.1 @ 990000 fee 0 maker done"]],
      ["sell", "at", [M, 1_010_000, M, M], []],
      ["sell", "beyond", [M, 1_010_001, M, M], ["l sell 0.1 @ 1010000 fee 0 maker done"]]
    ] as const
  )("a %s limit with the market %s its price", (side, _, prices, expected) => {
    const exchange = exchangeOf({ account: "margin" })
    pass(exchange, still(0, M))
    accept(exchange, limit("l", side, 0.1, side === "buy" ? 990_000 : 1_010_000), closeOf(0))
    assert.deepStrictEqual(pass(exchange, candle(1, prices)), expected)
  })

  it("a resting limit that the open has passed fills at the open, as maker", () => {
    const exchange = exchangeOf({ slippage: ppm(500) })
    pass(exchange, still(0, M))
    accept(exchange, limit("l", "buy", 0.1, 990_000), closeOf(0))
    assert.deepStrictEqual(pass(exchange, still(1, M)), [])
    assert.deepStrictEqual(open(exchange, still(2, 980_000)), ["l buy 0.1 @ 980000 fee 0 maker done"])
  })

  it("a limit that meets a better price on arrival is a taker, with slippage but never beyond its limit", () => {
    const exchange = exchangeOf({ slippage: ppm(500) })
    pass(exchange, still(0, M))
    accept(exchange, limit("near", "buy", 0.1, 1_000_100), closeOf(0))
    accept(exchange, limit("far", "buy", 0.1, 1_010_000), closeOf(0))
    assert.deepStrictEqual(open(exchange, still(1, M)), [
      "near buy 0.1 @ 1000100 fee 100.01 taker done",
      "far buy 0.1 @ 1000500 fee 100.05 taker done"
    ])
  })

  it("a limit sent between open and close that the open had passed is a taker too", () => {
    const exchange = exchangeOf()
    pass(exchange, still(0, M))
    open(exchange, still(1, M))
    accept(exchange, limit("l", "buy", 0.1, 1_010_000), START + BAR)
    assert.deepStrictEqual(close(exchange, candle(1, [M, 1_020_000, 980_000, M])), [
      "l buy 0.1 @ 1000000 fee 100 taker done"
    ])
  })

  it("a limit that waited out a bar has arrived: passed by the next open, it is a maker", () => {
    const exchange = exchangeOf()
    pass(exchange, still(0, M))
    open(exchange, still(1, M))
    accept(exchange, limit("l", "buy", 0.1, 990_000), START + BAR)
    assert.deepStrictEqual(close(exchange, still(1, M)), [])
    assert.deepStrictEqual(open(exchange, still(2, 980_000)), ["l buy 0.1 @ 980000 fee 0 maker done"])
  })

  it("a limit has not arrived in a bar where nothing traded: passed by the next open, it is a taker", () => {
    const exchange = exchangeOf()
    pass(exchange, still(0, M))
    accept(exchange, limit("l", "buy", 0.1, 990_000), closeOf(0))
    assert.deepStrictEqual(pass(exchange, still(1, M, 0)), [])
    assert.deepStrictEqual(open(exchange, still(2, 980_000)), ["l buy 0.1 @ 980000 fee 98 taker done"])
  })

  it("post-only goes instead of taking, and fills as maker otherwise", () => {
    const exchange = exchangeOf()
    pass(exchange, still(0, M))
    accept(exchange, limit("takes", "buy", 0.1, 1_010_000, { postOnly: true }), closeOf(0))
    accept(exchange, limit("waits", "buy", 0.1, 990_000, { postOnly: true }), closeOf(0))
    assert.deepStrictEqual(pass(exchange, candle(1, [M, M, 980_000, M])), [
      "takes canceled 0.1: post-only: it would have taken",
      "waits buy 0.1 @ 990000 fee 0 maker done"
    ])
  })

  it("a maker that is paid receives the rebate", () => {
    const exchange = exchangeOf({ instrument: { ...bitbank, makerFee: ppm(-200) } })
    pass(exchange, still(0, M))
    accept(exchange, limit("l", "buy", 0.1, 990_000), closeOf(0))
    assert.deepStrictEqual(pass(exchange, candle(1, [M, M, 980_000, M])), [
      "l buy 0.1 @ 990000 fee -19.8 maker done"
    ])
    assert.strictEqual(accountOf(exchange).quote, yen(10_000_000 - 99_000 + 19.8))
  })

  it("a limit takes its share of each bar and rests with what is left", () => {
    const exchange = exchangeOf({ participation: 0.1 })
    pass(exchange, still(0, M))
    accept(exchange, limit("l", "buy", 1, 990_000), closeOf(0))
    assert.deepStrictEqual(pass(exchange, candle(1, [M, M, 980_000, 985_000], 6)), [
      "l buy 0.6 @ 990000 fee 0 maker"
    ])
    assert.deepStrictEqual(pass(exchange, candle(2, [985_000, 985_000, 980_000, 980_000], 3)), [
      "l buy 0.3 @ 985000 fee 0 maker"
    ])
    assert.deepStrictEqual(accountOf(exchange).orders.map((order) => order.remaining), [btc(0.1)])
  })
})

describe("closeBar: stop and target", () => {
  it("both in one bar: the stop was first, and the target goes with the position", () => {
    const exchange = holding(0.1)
    accept(exchange, limit("t", "sell", 0.1, 1_010_000, { reduceOnly: true }), START + BAR)
    accept(exchange, stop("s", "sell", 0.1, 990_000), START + BAR)
    assert.deepStrictEqual(close(exchange, candle(1, [M, 1_020_000, 980_000, M])), [
      "s sell 0.1 @ 990000 fee 99 taker done",
      "t canceled 0.1: nothing is left to reduce"
    ])
  })

  it("no target fills beside a stop that the bar could only fill in part", () => {
    const exchange = holding(1, { participation: 0.1 })
    accept(exchange, limit("t", "sell", 1, 1_010_000, { reduceOnly: true }), START + BAR)
    accept(exchange, stop("s", "sell", 1, 990_000), START + BAR)
    assert.deepStrictEqual(close(exchange, candle(1, [M, 1_020_000, 980_000, M], 4)), [
      "s sell 0.4 @ 990000 fee 396 taker"
    ])
    assert.deepStrictEqual(open(exchange, still(2, 1_020_000, 4)), ["s sell 0.4 @ 1020000 fee 408 taker"])
    assert.strictEqual(accountOf(exchange).base, btc(0.2))
  })

  it("the target alone fills at its price, and the stop goes with the position", () => {
    const exchange = holding(0.1)
    accept(exchange, stop("s", "sell", 0.1, 990_000), START + BAR)
    accept(exchange, limit("t", "sell", 0.1, 1_010_000, { reduceOnly: true }), START + BAR)
    assert.deepStrictEqual(close(exchange, candle(1, [M, 1_020_000, 995_000, M])), [
      "t sell 0.1 @ 1010000 fee 0 maker done",
      "s canceled 0.1: nothing is left to reduce"
    ])
  })

  it("a reduce-only order fills no more than the position and its rest is cancelled", () => {
    const exchange = holding(0.1)
    close(exchange, still(1, M))
    accept(exchange, market("x", "sell", 0.3, { reduceOnly: true }), closeOf(1))
    assert.deepStrictEqual(open(exchange, still(2, M)), [
      "x sell 0.1 @ 1000000 fee 100 taker",
      "x canceled 0.2: nothing is left to reduce"
    ])
    assert.strictEqual(accountOf(exchange).base, 0)
  })
})

describe("closeBar: interest", () => {
  /** Bar 59 ends at midnight in Tokyo: 15:00 UTC. */
  const LAST = 59

  const run = (exchange: Exchange, to: number, at = M): ReadonlyArray<string> => {
    const words: Array<string> = []
    for (let n = 2; n <= to; n++) words.push(...pass(exchange, still(n, at)))
    return words
  }

  it.each([["long", 1], ["short", -1]] as const)(
    "a %s margin position pays 0.04 percent of its notional at midnight in Tokyo",
    (_, sign) => {
      const exchange = holding(0.1 * sign, { account: "margin" })
      close(exchange, still(1, M))
      assert.deepStrictEqual(run(exchange, LAST - 1), [])
      assert.deepStrictEqual(pass(exchange, still(LAST, M)), ["interest 40"])
      assert.strictEqual(reportsAfter(exchange, 1)[0]?.at, closeOf(LAST))
      assert.deepStrictEqual(pass(exchange, still(LAST + 1, M)), [])
    }
  )

  it("interest is taken on the bar's close and comes once a day", () => {
    const exchange = holding(0.1, { account: "margin" })
    close(exchange, still(1, M))
    assert.deepStrictEqual(run(exchange, LAST + 96 * 2, 1_100_000), [
      "interest 44",
      "interest 44",
      "interest 44"
    ])
  })

  it("a hole across two midnights charges both, at the last price before it, although the position ends at its far side", () => {
    const exchange = holding(0.1, { account: "margin" })
    close(exchange, still(1, M))
    accept(exchange, stop("s", "sell", 0.1, 990_000), closeOf(1))
    assert.deepStrictEqual(open(exchange, still(LAST + 100, 900_000)), [
      "interest 40",
      "interest 40",
      "s sell 0.1 @ 900000 fee 90 taker done"
    ])
    assert.deepStrictEqual(close(exchange, still(LAST + 100, 900_000)), [])
  })

  it("a position that opens at midnight does not pay for that midnight", () => {
    const exchange = exchangeOf({ account: "margin" })
    pass(exchange, still(LAST, M))
    accept(exchange, market("e", "buy", 0.1), closeOf(LAST))
    assert.strictEqual(pass(exchange, still(LAST + 1, M)).length, 1)
    assert.strictEqual(accountOf(exchange).quote, yen(10_000_000 - 100_000 - 100))
  })

  it("an account that went flat before midnight is not charged and hears nothing of it", () => {
    const exchange = holding(0.1, { account: "margin" })
    close(exchange, still(1, M))
    accept(exchange, market("x", "sell", 0.1, { reduceOnly: true }), closeOf(1))
    assert.deepStrictEqual(run(exchange, LAST + 1), ["x sell 0.1 @ 1000000 fee 100 taker done"])
  })

  it("spot pays none", () => {
    const exchange = holding(0.1)
    close(exchange, still(1, M))
    assert.deepStrictEqual(run(exchange, LAST + 5), [])
  })
})

describe("fees", () => {
  it("P-48: a fee is taken once a fill and rounds half away from zero at quote scale", () => {
    const bitfinex = instrumentById("bitfinex:BTC/USD") as Instrument
    const exchange = exchangeOf({ instrument: { ...bitfinex, takerFee: ppm(5_000) }, capital: quote(1e12) })
    pass(exchange, still(0, 1))
    accept(exchange, market("e", "buy", 0.000_001, { instrument: bitfinex.id }), closeOf(0))
    // 100 lots at 1.00000000 cost 100 units; 0.5 % of them is half a unit.
    const report = openBar(exchange, still(1, 1))[0]
    assert.strictEqual(report?._tag === "Filled" ? report.fee : NaN, 1)
    assert.strictEqual(accountOf(exchange).quote, 1e12 - 101)
  })
})

describe("cancel and lookup", () => {
  it("a cancel proves what never filled, once, and is reported in order", () => {
    const exchange = holding(0.1)
    accept(exchange, stop("s", "sell", 0.1, 990_000), START + BAR)
    assert.deepStrictEqual(cancel(exchange, "s", START + BAR + 5), {
      _tag: "Canceled",
      remaining: base(btc(0.1))
    })
    assert.deepStrictEqual(cancel(exchange, "s", START + BAR + 6), { _tag: "Finished" })
    assert.deepStrictEqual(cancel(exchange, "e", START + BAR + 6), { _tag: "Finished" })
    assert.deepStrictEqual(cancel(exchange, "nobody", START + BAR + 6), { _tag: "NotFound" })
    assert.deepStrictEqual(
      reportsAfter(exchange, 1).map((report) => [report.reportSeq, report.at, wordsOf(report)]),
      [
        [2, START + BAR + 5, "s canceled 0.1: cancelled on request"]
      ]
    )
    assert.deepStrictEqual(close(exchange, candle(1, [M, M, 900_000, M])), [])
  })

  it("an order is found by its intent for ever; one that was refused never was", () => {
    const exchange = holding(0.1)
    assert.deepStrictEqual(lookup(exchange, "e"), { _tag: "Found", venueOrderId: "S-1" })
    submit(exchange, market("tiny", "buy", 0.000_05), START + BAR)
    assert.deepStrictEqual(lookup(exchange, "tiny"), { _tag: "NotFound" })
    assert.strictEqual(accept(exchange, stop("s", "sell", 0.1, 990_000), START + BAR), "S-2")
  })
})

describe("bars", () => {
  it("a bar seen before changes nothing and returns the reports it made then, of each call its own", () => {
    const exchange = holding(0.1)
    accept(exchange, stop("s", "sell", 0.1, 990_000), START + BAR)
    const bar = candle(1, [M, M, 980_000, M])
    const closed = closeBar(exchange, bar)
    assert.strictEqual(closed.length, 1)
    pass(exchange, still(2, M))
    const before = JSON.stringify(accountOf(exchange))
    assert.deepStrictEqual(open(exchange, still(1, M)), ["e buy 0.1 @ 1000000 fee 100 taker done"])
    assert.deepStrictEqual(closeBar(exchange, bar), closed)
    assert.deepStrictEqual(pass(exchange, still(0, M)), [])
    assert.deepStrictEqual(pass(exchange, still(2, M)), [])
    assert.strictEqual(JSON.stringify(accountOf(exchange)), before)
  })

  it("a bar with nothing at work returns one shared empty array", () => {
    const exchange = exchangeOf()
    const nothing = openBar(exchange, still(0, M))
    assert.strictEqual(closeBar(exchange, still(0, M)), nothing)
    assert.strictEqual(openBar(exchange, still(1, M)), nothing)
    assert.throws(() => (nothing as Array<unknown>).push(0))
  })

  it("a bar that was not opened cannot be closed", () => {
    const exchange = exchangeOf()
    openBar(exchange, still(0, M))
    assert.throws(() => closeBar(exchange, still(1, M)), /opened before it is closed/)
  })

  it("reports are numbered from one, without a hole", () => {
    const exchange = holding(0.1)
    close(exchange, still(1, M))
    accept(exchange, market("x", "sell", 0.1, { reduceOnly: true }), closeOf(1))
    pass(exchange, still(2, M))
    assert.deepStrictEqual(reportsAfter(exchange, 0).map((report) => report.reportSeq), [1, 2])
    assert.deepStrictEqual(reportsAfter(exchange, 2), [])
  })
})
