/**
 * Volume added up by the sign or the place of the close: OBV, accumulation/distribution, its oscillator, force.
 * In: prices and volume. Out: base units; base units times price for force.
 * Sums that run for ever are compensated: after a million bars they are still the sum. A bar without volume adds nothing.
 */
import { define } from "./define.ts"
import type { PriceBar } from "./Indicator.ts"
import { seed, whole } from "./parameters.ts"
import { emaOf, runningSum } from "./smoothing.ts"

/** Volume times the place of the close in its bar: -1 at the low, 1 at the high, 0 in a bar without range. */
const flowOf = ({ close, high, low, volume }: PriceBar): number =>
  high === low ? 0 : (close - low - (high - close)) / (high - low) * volume

const OBV = define({
  name: "obv",
  words: "on-balance volume",
  formula: "sum of volume, added when the close rose, subtracted when it fell; 0 at the first bar",
  origin: "Granville, New Key to Stock Market Profits, 1963",
  parameters: {},
  reach: "all",
  warmup: () => 0,
  build: (memory) => {
    const sum = runningSum(memory.take(2))
    const former = memory.take(1, NaN)
    return (bar, out) => {
      const before = former[0]!
      former[0] = bar.close
      out[0] = sum(bar.close > before ? bar.volume : bar.close < before ? -bar.volume : 0)
    }
  }
})

const AD = define({
  name: "ad",
  also: ["adl"],
  words: "accumulation/distribution line",
  formula: "sum of volume * ((close - low) - (high - close)) / (high - low); a bar without range adds 0",
  origin: "Chaikin, after Williams's accumulation/distribution",
  parameters: {},
  reach: "all",
  warmup: () => 0,
  build: (memory) => {
    const sum = runningSum(memory.take(2))
    return (bar, out) => {
      out[0] = sum(flowOf(bar))
    }
  }
})

const ADOSC = define({
  name: "adosc",
  words: "Chaikin oscillator",
  formula: "ema(ad, fast) - ema(ad, slow)",
  origin: "Chaikin, in Murphy, Technical Analysis of the Financial Markets, 1999",
  parameters: { fast: whole(3), slow: whole(10), seed },
  reach: "all",
  rule: ({ fast, slow }) => fast < slow ? undefined : "fast must be shorter than slow",
  warmup: ({ slow }) => slow - 1,
  build: (memory, { fast, seed: from, slow }) => {
    const sum = runningSum(memory.take(2))
    const quick = emaOf(memory, fast, from)
    const steady = emaOf(memory, slow, from)
    return (bar, out) => {
      const line = sum(flowOf(bar))
      out[0] = quick(line) - steady(line)
    }
  }
})

const FORCE = define({
  name: "force",
  also: ["fi"],
  words: "force index",
  formula: "ema((close - close[1]) * volume, n)",
  origin: "Elder, Trading for a Living, 1993",
  parameters: { period: whole(13), seed },
  reach: "all",
  warmup: ({ period }) => period,
  build: (memory, { period, seed: from }) => {
    const average = emaOf(memory, period, from)
    const former = memory.take(1, NaN)
    return (bar, out) => {
      const change = bar.close - former[0]!
      former[0] = bar.close
      out[0] = average(change * bar.volume)
    }
  }
})

export { AD, ADOSC, flowOf, FORCE, OBV }
