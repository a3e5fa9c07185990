/**
 * What strategies and scripts ask: the values of a bounded view, and whether lines crossed.
 * In: an observed market; four numbers. Out: the stream's values to 1e-12; true at one bar.
 * A strategy keeps nothing between bars, so its indicators must come from what it may see.
 */
import { assert, describe, it } from "@effect/vitest"
import { crossedAbove, crossedBelow } from "../../../src/engine/indicators/crossings.ts"
import { lookBack } from "../../../src/engine/indicators/lookBack.ts"
import { indicatorNamed, INDICATORS } from "../../../src/engine/indicators/registry.ts"
import { makeMarketState, observe } from "../../../src/engine/observe.ts"
import { contextOf } from "../../../src/engine/strategy/StrategyContext.ts"
import { MINUTE, walk } from "../../kit/markets.ts"

const bars = walk(5, 150)
const market = makeMarketState({ baseMillis: MINUTE, higherMillis: 16 * MINUTE, spec: "phase19" })
for (const bar of bars) observe(market, bar)
const view = contextOf(market.observation)

const short = INDICATORS.map(({ name }) => indicatorNamed(name)).filter(({ reach }) => reach <= 29)

describe("lookBack", () => {
  it.each(short.map((indicator) => [indicator.id, indicator] as const))(
    "%s from the newest bars equals the stream that saw them all",
    (_, indicator) => {
      const ask = lookBack(indicator)
      for (const back of [0, 1, 3]) {
        const stream = indicator.make()
        bars.slice(0, bars.length - back).forEach((bar) => stream.step(bar))
        const values = ask(view, back)
        stream.values.forEach((value, output) => {
          assert.closeTo(values[output]!, value, 1e-9 * Math.max(1, Math.abs(value)), `${back} back`)
        })
      }
    }
  )

  it("gives the same bits whatever was asked before: a strategy stays a function of its view", () => {
    const differing = short.filter((indicator) => {
      const ask = lookBack(indicator)
      const first = (back: number) => Array.from(lookBack(indicator)(view, back), String)
      return [0, 1, 2, 3, 2, 0, 1].some((back) =>
        Array.from(ask(view, back), String).join() !== first(back).join()
      )
    })
    assert.deepStrictEqual(differing.map(({ id }) => id), [])
  })

  it("refuses a recursion, which a few bars cannot give", () => {
    for (const name of ["ema(5)", "rsi(5)", "obv", "psar"]) {
      assert.throws(() => lookBack(indicatorNamed(name)), /over a window/, name)
    }
    assert.doesNotThrow(() => lookBack(indicatorNamed("rsi(5,smoothing=simple)")))
  })

  it("refuses more bars than the view keeps", () => {
    assert.throws(() => lookBack(indicatorNamed("sma(33)"))(view), /bar that is kept/)
    assert.throws(() => lookBack(indicatorNamed("sma(32)"))(view, 1), /bar that is kept/)
    assert.doesNotThrow(() => lookBack(indicatorNamed("sma(32)"))(view))
  })
})

describe("crossings", () => {
  it.each(
    [
      [1, 2, 3, 2, true, false],
      [2, 2, 3, 2, true, false],
      [3, 2, 3, 2, false, false],
      [1, 2, 2, 2, false, false],
      [3, 2, 1, 2, false, true],
      [2, 2, 1, 2, false, true],
      [1, 2, 1, 2, false, false],
      [3, 2, 2, 2, false, false],
      [NaN, 2, 3, 2, false, false],
      [1, NaN, 3, 2, false, false],
      [1, 2, NaN, 2, false, false],
      [1, 2, 3, NaN, false, false]
    ] as const
  )("from %s against %s to %s against %s: above %s, below %s", (before, other, now, level, above, below) => {
    assert.strictEqual(crossedAbove(before, other, now, level), above)
    assert.strictEqual(crossedBelow(before, other, now, level), below)
  })

  it("lines that touch and part cross once, at the bar that leaves", () => {
    const fast = [1, 2, 2, 3, 3, 2, 2, 1]
    const at = (rule: typeof crossedAbove) =>
      fast.flatMap((value, index) => index > 0 && rule(fast[index - 1]!, 2, value, 2) ? [index] : [])
    assert.deepStrictEqual(at(crossedAbove), [3])
    assert.deepStrictEqual(at(crossedBelow), [7])
  })
})
