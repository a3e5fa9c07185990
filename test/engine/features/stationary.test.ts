/**
 * The stationary row against decisions 27, computed a second time from the phase19 row and the bars.
 * In: a seeded walk observed under both specs. Out: twelve equalities a bar, and what a change of units does.
 */
import { assert, describe, it } from "@effect/vitest"
import { FEATURE_INDEX as AT } from "../../../src/engine/features/phase19.ts"
import { SPECS } from "../../../src/engine/features/registry.ts"
import { makeMarketState, observe } from "../../../src/engine/observe.ts"
import { MINUTE, walk } from "../../kit/markets.ts"

const options = { baseMillis: MINUTE, higherMillis: 16 * MINUTE, spec: "stationary" } as const

describe("stationary", () => {
  it("is made of the formulas of decisions 27, in their order", () => {
    const bars = walk(27, 120)
    const plain = makeMarketState({ ...options, spec: "phase19" })
    const state = makeMarketState(options)
    bars.forEach((bar, index) => {
      const p = observe(plain, bar).features
      const { features } = observe(state, bar)
      if (index < 49) return
      const atr = p[AT.atr_14]!
      const expected = {
        log_return_1: Math.log(bar.close) - Math.log(bars[index - 1]!.close),
        log_return_4: Math.log(bar.close) - Math.log(bars[index - 4]!.close),
        rsi_centered: p[AT.rsi_14]! / 50 - 1,
        macd_atr: p[AT.macd]! / atr,
        macd_histogram_atr: (p[AT.macd]! - p[AT.macd_signal]!) / atr,
        atr_share: atr / bar.close,
        bb_centered: p[AT.zscore]! / 4,
        ema_20_distance: (bar.close - p[AT.ema_20]!) / atr,
        ema_50_distance: (bar.close - p[AT.ema_50]!) / atr,
        log_volume_ratio: Math.log(p[AT.volume_ratio]!),
        zscore: p[AT.zscore]!,
        range_atr: (bar.high - bar.low) / atr
      }
      assert.deepStrictEqual(SPECS.stationary.map((feature) => feature.name), Object.keys(expected))
      Object.entries(expected).forEach(([name, value], place) => {
        assert.closeTo(features[place]!, value, 1e-9, `${name} at ${index}`)
      })
    })
  })

  it("L-18: does not change with the units of price and volume", () => {
    const here = makeMarketState(options)
    const there = makeMarketState(options)
    for (const bar of walk(18, 90)) {
      observe(here, bar)
      const { close, high, low, open, volume } = bar
      observe(there, {
        ...bar,
        open: 8 * open,
        high: 8 * high,
        low: 8 * low,
        close: 8 * close,
        volume: volume / 4
      })
    }
    assert.isTrue(here.observation.usable)
    assert.deepStrictEqual(there.observation.features, here.observation.features)
  })
})
