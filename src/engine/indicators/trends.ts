/**
 * Trend by the age of extremes and by crossing ranges: Aroon and Vortex; and how trendless a market is: choppiness, ulcer.
 * In: high, low and close. Out: 0..100, ratios around 1, percent.
 * Windows only. Of equal extremes the newest counts.
 */
import { trueRangeOf } from "./atr.ts"
import { define } from "./define.ts"
import { ageOfHighest, highestOver, lowestOver } from "./extremes.ts"
import { read, source, whole } from "./parameters.ts"
import { sumOver } from "./windows.ts"

const AROON = define({
  name: "aroon",
  words: "Aroon up, down and oscillator",
  formula:
    "up = 100 * (n - bars since max(high, n + 1)) / n, down likewise of min(low, n + 1), oscillator = up - down",
  origin: "Chande, The Time Price Oscillator, Stocks & Commodities 1995",
  parameters: { period: whole(25) },
  outputs: ["up", "down", "oscillator"],
  reach: "window",
  warmup: ({ period }) => period,
  build: (memory, { period }) => {
    const high = ageOfHighest(memory, period + 1)
    const low = ageOfHighest(memory, period + 1)
    return (bar, out) => {
      const up = 100 * (period - high(bar.high)) / period
      const down = 100 * (period - low(-bar.low)) / period
      out[0] = up
      out[1] = down
      out[2] = up - down
    }
  }
})

const VORTEX = define({
  name: "vortex",
  also: ["vi"],
  words: "vortex indicator",
  formula: "plus = sum(|high - low[1]|, n) / sum(tr, n), minus = sum(|low - high[1]|, n) / sum(tr, n); "
    + "0 when nothing moved",
  origin: "Botes and Siepman, The Vortex Indicator, Stocks & Commodities 2010",
  parameters: { period: whole(14) },
  outputs: ["plus", "minus"],
  reach: "window",
  warmup: ({ period }) => period,
  build: (memory, { period }) => {
    const rises = sumOver(memory, period)
    const falls = sumOver(memory, period)
    const ranges = sumOver(memory, period)
    const range = trueRangeOf(memory, "skip")
    const at = memory.take(2, NaN) // newest high, low
    return (bar, out) => {
      const rise = rises(Math.abs(bar.high - at[1]!))
      const fall = falls(Math.abs(bar.low - at[0]!))
      const moved = ranges(range(bar))
      at[0] = bar.high
      at[1] = bar.low
      out[0] = moved === 0 ? 0 : rise / moved
      out[1] = moved === 0 ? 0 : fall / moved
    }
  }
})

const CHOP = define({
  name: "chop",
  words: "choppiness index",
  formula: "100 * log(sum(tr, n) / (max(true high, n) - min(true low, n))) / log(n); 100 when nothing moved",
  origin: "Dreiss, The Choppiness Index, 1993",
  parameters: { period: whole(14, 2) },
  reach: "window",
  warmup: ({ period }) => period,
  build: (memory, { period }) => {
    const ranges = sumOver(memory, period)
    const highest = highestOver(memory, period)
    const lowest = lowestOver(memory, period)
    const former = memory.take(1, NaN)
    const scale = 100 / Math.log(period)
    return (bar, out) => {
      const high = Math.max(bar.high, former[0]!)
      const low = Math.min(bar.low, former[0]!)
      former[0] = bar.close
      const path = ranges(high - low)
      const reach = highest(high) - lowest(low)
      out[0] = reach === 0 ? 100 : scale * Math.log(path / reach)
    }
  }
})

const ULCER = define({
  name: "ulcer",
  also: ["ui"],
  words: "ulcer index",
  formula:
    "sqrt(mean(d^2, n)), d = percent below the highest x since the window's begin; 0 when nothing fell",
  origin: "Martin and McCann, The Investor's Guide to Fidelity Funds, 1989",
  parameters: { period: whole(14), source },
  reach: "window",
  warmup: ({ period }) => period - 1,
  build: (memory, { period, source: of }) => {
    const ring = memory.take(period, NaN)
    const at = memory.take(1)
    return (bar, out) => {
      const place = at[0]! | 0
      ring[place] = read(bar, of)
      const next = place + 1 === period ? 0 : place + 1
      at[0] = next
      let top = ring[next]!
      let squares = 0
      // From the oldest on: the ring begins behind the newest value.
      for (let index = 0, cell = next; index < period; index++) {
        const value = ring[cell]!
        if (value > top) top = value
        const fall = top === 0 ? 0 : 100 * (value - top) / top
        squares += fall * fall
        cell = cell + 1 === period ? 0 : cell + 1
      }
      out[0] = Math.sqrt(squares / period)
    }
  }
})

export { AROON, CHOP, ULCER, VORTEX }
