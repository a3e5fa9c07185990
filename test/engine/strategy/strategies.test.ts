/**
 * The arithmetic of ATRBased, MochipoyAlert and MultiTimeframe, one branch a line, at and around its thresholds.
 * In: views written by hand. Out: side, confidence, reason, as phase19.md 3.1, 3.2 and 3.4 give them.
 */
import { assert, describe, it } from "@effect/vitest"
import { atrBased } from "../../../src/engine/strategy/atrBased.ts"
import { extremeRci, mochipoyAlert } from "../../../src/engine/strategy/mochipoyAlert.ts"
import { baseEntry, higherTrend, multiTimeframe } from "../../../src/engine/strategy/multiTimeframe.ts"
import { profileSettings } from "../../kit/profile.ts"
import { answers, view } from "./view.ts"

const balanced = profileSettings("balanced").strategies
const aggressive = profileSettings("aggressive").strategies

const twenty = (value: number): Array<number> => new Array<number>(20).fill(value)

describe("atrBased", () => {
  /** ATR `now` at the newest bar, 1 before; m = 20 now / (19 + now). */
  const at = (band: number, rsi: number, now = 1) =>
    view({ close: twenty(100), features: { bb_position: band, rsi_14: rsi, atr_14: [now, ...twenty(1)] } })
  const decide = (band: number, rsi: number, now?: number, params = balanced.atrBased) =>
    atrBased.decide(at(band, rsi, now), params)

  it("adds both confidences when band and RSI agree, up to 1", () => {
    assert(answers(decide(0.2, 30), "buy", 0.5))
    assert(answers(decide(0.1, 15), "buy", 0.5 + 0.35))
    assert(answers(decide(-0.5, 5.548754), "buy", 1))
    assert(answers(decide(0.8, 70), "sell", 0.5))
    assert(answers(decide(0.9, 85), "sell", 0.85))
  })

  it("takes seven tenths of one vote alone", () => {
    assert(answers(decide(0, 50), "buy", 0.49, "band alone"))
    assert(answers(decide(1.2, 50), "sell", 0.49, "band alone"))
    assert(answers(decide(0.13, 50), "hold", 0, "confidence is below the strategy's minimum"))
  })

  it("L-35: RSI alone trades only in a restless market, at its very end", () => {
    assert(answers(decide(0.5, 0), "hold", 0))
    assert(answers(decide(0.5, 0, 2), "buy", 0.42, "RSI alone"))
    assert(answers(decide(0.5, 100, 2), "sell", 0.42, "RSI alone"))
    assert(answers(decide(0.5, 97, 2), "hold", 0))
  })

  it("holds in a sleeping market and is surer in a restless one, never beyond 1", () => {
    assert(answers(decide(0, 10, 0.4), "hold", 0, "volatility is low for this market"))
    assert(answers(decide(0, 50, 2), "buy", 0.49 * 1.2))
    assert(answers(decide(0, 0, 2), "buy", 1))
    assert(answers(decide(0, 50, 0), "hold", 0, "volatility is low for this market"))
  })

  it("balanced holds when they disagree, aggressive follows the surer one at four fifths", () => {
    assert(answers(decide(1, 30), "hold", 0, "band and RSI disagree"))
    assert(answers(decide(1, 30, 1, aggressive.atrBased), "sell", 0.56))
    assert(answers(decide(0.2, 100, 1, aggressive.atrBased), "sell", 0.4))
  })
})

describe("mochipoyAlert", () => {
  const rising = Array.from({ length: 14 }, (_, back) => 100 - back)
  const mixed = Array.from({ length: 14 }, (_, back) => back % 2 === 0 ? 100 + back / 100 : 99 - back / 100)
  const decide = (
    trend: number,
    macd: number,
    close: ReadonlyArray<number>,
    params = balanced.mochipoyAlert
  ) => mochipoyAlert.decide(view({ close, features: { ema_20: 100 + trend, ema_50: 100, macd } }), params)

  it("goes with two equal votes; a third adds, an opposing third takes nothing away", () => {
    assert(answers(decide(1, 1, mixed), "buy", 0.6, "two of three votes agree"))
    assert(answers(decide(1, 1, rising), "buy", 0.6, "two of three votes agree"))
    assert(answers(decide(-1, -1, rising), "sell", 0.8, "three votes agree"))
    assert(answers(decide(-1, -1, rising, aggressive.mochipoyAlert), "sell", 0.9))
    assert(answers(decide(1, -1, rising), "sell", 0.6))
  })

  it("holds on one vote each way and on none", () => {
    assert(answers(decide(1, -1, mixed), "hold", 0, "one vote each way"))
    assert(answers(decide(0, 0, mixed), "hold", 0, "no vote"))
  })

  it("trades on a lone vote in aggressive only", () => {
    assert(answers(decide(1, 0, mixed), "hold", 0, "one vote alone"))
    assert(answers(decide(0, 0, rising, aggressive.mochipoyAlert), "sell", 0.4, "one vote, none against"))
  })

  it("does not vote on the rounding that is left between two averages", () => {
    assert(answers(decide(5e-11, -5e-11, mixed), "hold", 0, "no vote"))
  })

  it("RCI is 100 rising, -100 falling, 0 without movement or between its extremes", () => {
    const rci = (close: ReadonlyArray<number>) => extremeRci(view({ close }), 0)
    assert.strictEqual(rci(rising), 100)
    assert.strictEqual(rci(rising.toReversed()), -100)
    assert.strictEqual(rci(twenty(100)), 0)
    assert.strictEqual(rci(mixed), 0)
    assert.strictEqual(rci([101, ...twenty(100)]), 0)
  })

  it("RCI equals the rank formula wherever it is extreme and no two closes are equal", () => {
    const literal = (close: ReadonlyArray<number>): number => {
      const distances = close.map((price, back) =>
        1 + close.filter((other) => other > price).length - (back + 1)
      )
      return (1 - 6 * distances.reduce((sum, d) => sum + d * d, 0) / (14 * 195)) * 100
    }
    for (let first = 0; first < 14; first++) {
      for (let second = 0; second < 14; second++) {
        const close = [...rising]
        const kept = close[first]!
        close[first] = close[second]!
        close[second] = kept
        const expected = literal(close)
        const rci = (toward: number) => extremeRci(view({ close }), toward)
        assert.closeTo(rci(0), Math.abs(expected) >= 80 ? expected : 0, 1e-9)
        assert.deepStrictEqual([rci(1), rci(-1)], [Math.max(rci(0), 0), Math.min(rci(0), 0)])
      }
    }
  })
})

describe("multiTimeframe", () => {
  const trend = (change: number, close: number, atr = 1) =>
    higherTrend(
      view({ close: [close], features: { ema_50: [100, ...twenty(100 / (1 + change))], atr_14: atr } })
    )
  const entry = (closes: readonly [number, number], rsi: number, low = 99.9, high = 100.1) =>
    baseEntry(
      view({ close: closes, low: twenty(low), high: twenty(high), features: { ema_20: 100, rsi_14: rsi } })
    )

  it("L-33: the trend needs a moved average, a close beyond it, and movement", () => {
    assert.strictEqual(trend(0.003, 101), 1)
    assert.strictEqual(trend(-0.003, 99), -1)
    assert.strictEqual(trend(0.003, 99), 0)
    assert.strictEqual(trend(0.0019, 101), 0)
    assert.strictEqual(trend(0.003, 101, 0.5), 0)
  })

  it("appendix A: an average up 1.371 % with the close below it is no trend", () => {
    assert.strictEqual(trend(0.01371, 10_018_086 / 101_886.6), 0)
  })

  it("the entry needs two of crossing, RSI and pullback, and a pullback needs a crossing", () => {
    assert.strictEqual(entry([100.05, 99.9], 50), 0)
    assert.strictEqual(entry([100.05, 99.9], 50, 99.4), 1)
    assert.strictEqual(entry([100.05, 99.9], 30), 1)
    assert.strictEqual(entry([99.95, 100.1], 50, 99, 101), -1)
    assert.strictEqual(entry([99.95, 100.1], 70), -1)
    assert.strictEqual(entry([99.95, 99.9], 25, 99), 0)
    assert.strictEqual(entry([100.05, 99.9], 75, 99), 0)
  })

  const decide = (
    up: number,
    closes: readonly [number, number],
    rsi: number,
    params = balanced.multiTimeframe
  ) =>
    multiTimeframe.decide(
      view(
        { close: closes, low: twenty(99.9), high: twenty(100.1), features: { ema_20: 100, rsi_14: rsi } },
        { close: [100 + up], features: { ema_50: [100, ...twenty(100 - 0.3 * up)], atr_14: 1 } }
      ),
      params
    )

  it("balanced needs trend and entry to agree, aggressive their weighted score", () => {
    assert(answers(decide(1, [100.05, 99.9], 30), "buy", 1, "trend and entry agree"))
    assert(answers(decide(-1, [99.95, 100.1], 70), "sell", 1))
    assert(answers(decide(1, [100.05, 100.04], 50), "hold", 0, "trend and entry do not agree"))
    assert(answers(decide(1, [100.05, 100.04], 50, aggressive.multiTimeframe), "buy", 0.6))
    assert(answers(decide(-1, [100.05, 99.9], 30, aggressive.multiTimeframe), "hold", 0))
    assert(answers(decide(0, [100.05, 99.9], 30, aggressive.multiTimeframe), "hold", 0))
    assert(answers(decide(0, [100.05, 100.04], 50), "hold", 0, "neither trend nor entry"))
  })
})
