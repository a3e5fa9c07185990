/**
 * The shortcut past the matcher, held against the matcher.
 * In: resting orders and candles around their prices, broken ones among them. Out: what is called quiet changes nothing.
 */
import { it } from "@effect/vitest"
import { Schema } from "effect"
import { assert, describe } from "vitest"
import type { ApprovedOrder } from "../../src/domain/Order.ts"
import { barOf } from "../../src/simulator/bar.ts"
import { closeBar, openBar, snapshotOf } from "../../src/simulator/Exchange.ts"
import type { Exchange } from "../../src/simulator/Exchange.ts"
import { isQuiet, matchInside, matchOpen } from "../../src/simulator/matching.ts"
import { accept, bitbank, candle, closeOf, exchangeOf, limit, market, still, stop } from "./exchangeKit.ts"

const RUNS = { arbitrary: { runs: 200 } }
const PRICE = 1_000_000

/** Yen away from the price, few, so that a price is often just met. */
const Away = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 3 }))
/** And a little more or less than that, on either side of what rounds to it. */
const Beside = Schema.Tuple([Away, Schema.Literals([0, 0.000_04, -0.000_04, 0.000_06, -0.000_06])])
const Resting = Schema.Array(
  Schema.Tuple([Schema.Literals(["stop", "limit"]), Schema.Literals(["below", "above"]), Away])
)
  .check(Schema.isMinLength(1), Schema.isMaxLength(3))
const Reach = Schema.Struct({ down: Beside, up: Beside })
const Broken = Schema.Literals(["no", "no", "open", "high", "low", "volume"])

/** A long or short position and orders that have met one bar far from all of them. */
const rested = (account: "long" | "short", resting: typeof Resting.Type): Exchange => {
  const exchange = exchangeOf({ account: "margin" })
  openBar(exchange, still(0, PRICE))
  closeBar(exchange, still(0, PRICE))
  accept(exchange, market("in#entry.1", account === "long" ? "buy" : "sell", 1), closeOf(0))
  openBar(exchange, still(1, PRICE))
  closeBar(exchange, still(1, PRICE))
  const side = account === "long" ? "sell" : "buy"
  resting.forEach(([type, where, away], index) => {
    const id = `in#${type}.${index}`
    const at = where === "below" ? PRICE - away : PRICE + away
    const order = type === "stop" ? stop(id, side, 0.5, at) : limit(id, side, 0.5, at, { reduceOnly: true })
    accept(exchange, order, closeOf(1))
  })
  for (const working of exchange.working) {
    working.arrived = true
    working.triggered = false
  }
  return exchange
}

const reaching = ({ down, up }: typeof Reach.Type, broken: typeof Broken.Type) => {
  const [low, high] = [PRICE - down[0] + Math.min(down[1], 0), PRICE + up[0] + Math.max(up[1], 0)]
  const sound = candle(2, [PRICE, high, low, PRICE])
  if (broken === "no") return sound
  return { ...sound, [broken]: broken === "volume" ? 0 : NaN }
}

describe("isQuiet", () => {
  let quiet = 0

  it.prop("is true only of a candle in which the matcher does nothing", {
    account: Schema.Literals(["long", "short"]),
    resting: Resting,
    reach: Reach,
    broken: Broken
  }, ({ account, broken, reach, resting }) => {
    const exchange = rested(account, resting)
    const bar = reaching(reach, broken)
    if (!isQuiet(exchange, bar)) return
    if (exchange.working.length > 0) quiet += 1
    const before = snapshotOf(exchange)
    const scaled = barOf(bitbank, 1, bar)
    matchOpen(exchange, scaled, { bar: bar.openTime, phase: "open", at: bar.openTime })
    if (scaled !== undefined) {
      matchInside(exchange, scaled, { bar: bar.openTime, phase: "close", at: bar.closeTime })
    }
    assert.deepStrictEqual(snapshotOf(exchange), before)
  }, RUNS)

  it("was true of many a candle beside a resting order", () => assert.isAbove(quiet, 15))

  it("is false of the very price that fills, and of an order that is new, triggered or at market", () => {
    const quiet = (order: ApprovedOrder, low: number, high: number, arrived = true, triggered = false) => {
      const exchange = rested("long", [])
      accept(exchange, order, closeOf(1))
      for (const working of exchange.working) Object.assign(working, { arrived, triggered })
      return isQuiet(exchange, candle(2, [PRICE, high, low, PRICE]))
    }
    const protection = stop("in#stop.1", "sell", 1, PRICE - 1)
    const target = limit("in#target.1", "sell", 1, PRICE + 1, { reduceOnly: true })
    assert.isTrue(quiet(protection, PRICE - 0.999_94, PRICE))
    assert.isFalse(quiet(protection, PRICE - 0.999_96, PRICE))
    assert.isFalse(quiet(protection, PRICE - 1, PRICE))
    assert.isTrue(quiet(target, PRICE, PRICE + 1.000_04))
    assert.isFalse(quiet(target, PRICE, PRICE + 1.000_06))
    assert.isFalse(quiet(protection, PRICE, PRICE, false))
    assert.isFalse(quiet(protection, PRICE, PRICE, true, true))
    assert.isFalse(quiet(market("in#exit.1", "sell", 1, { reduceOnly: true }), PRICE, PRICE))
  })
})
