/**
 * Strength of rises against falls: RSI in both smoothings, its stochastic, and Chande's momentum.
 * In: one number of each bar. Out: 0..100, or -100..100 for Chande's.
 * No movement at all is the middle by definition, never by a small number added somewhere.
 */
import { define } from "./define.ts"
import { highestOver, lowestOver } from "./extremes.ts"
import type { Memory } from "./Memory.ts"
import { oneOf, read, source, whole } from "./parameters.ts"
import type { ValueOf } from "./parameters.ts"
import { wilderOf } from "./smoothing.ts"
import { placeBetween } from "./stochastic.ts"
import { meanOver, sumOver } from "./windows.ts"
import type { Fold } from "./windows.ts"

const smoothing = oneOf("wilder", "simple")
type Smoothing = ValueOf<typeof smoothing>

/** Share of the rises in all movement, 0..100. */
const strengthOf = (memory: Memory, period: number, kind: Smoothing): Fold => {
  const gains = kind === "wilder" ? wilderOf(memory, period) : sumOver(memory, period)
  const losses = kind === "wilder" ? wilderOf(memory, period) : sumOver(memory, period)
  const former = memory.take(1, NaN)
  return (value) => {
    const change = value - former[0]!
    former[0] = value
    // The first value has no change: NaN, which both averages pass over.
    const gain = gains(Math.max(change, 0))
    const moved = gain + losses(Math.max(-change, 0))
    return moved === 0 ? 50 : 100 * gain / moved
  }
}

const RSI = define({
  name: "rsi",
  words: "relative strength index",
  formula: "100 * gains / (gains + losses), both smoothed over n changes; 50 when nothing moved",
  origin: "Wilder, New Concepts in Technical Trading Systems, 1978; simple: Cutler",
  parameters: { period: whole(14), smoothing, source },
  reach: ({ smoothing: kind }) => kind === "wilder" ? "all" : "window",
  warmup: ({ period }) => period,
  build: (memory, { period, smoothing: kind, source: of }) => {
    const strength = strengthOf(memory, period, kind)
    return (bar, out) => {
      out[0] = strength(read(bar, of))
    }
  }
})

const STOCHRSI = define({
  name: "stochrsi",
  words: "stochastic of the RSI",
  formula: "k = mean(place of rsi(x, n) between its extremes over m, 0..100, slowing), d = mean(k, signal); "
    + "50 when the RSI did not move",
  origin: "Chande and Kroll, The New Technical Trader, 1994",
  parameters: {
    period: whole(14),
    window: whole(14),
    slowing: whole(3),
    signal: whole(3),
    smoothing,
    source
  },
  outputs: ["k", "d"],
  reach: ({ smoothing: kind }) => kind === "wilder" ? "all" : "window",
  warmup: ({ period, signal, slowing, window }) => period + window + slowing + signal - 3,
  build: (memory, { period, signal, slowing, smoothing: kind, source: of, window }) => {
    const strength = strengthOf(memory, period, kind)
    const highest = highestOver(memory, window)
    const lowest = lowestOver(memory, window)
    const slow = meanOver(memory, slowing)
    const mean = meanOver(memory, signal)
    return (bar, out) => {
      const value = strength(read(bar, of))
      const k = slow(placeBetween(value, lowest(value), highest(value)))
      out[0] = k
      out[1] = mean(k)
    }
  }
})

const CMO = define({
  name: "cmo",
  words: "Chande momentum oscillator",
  formula: "100 * (gains - losses) / (gains + losses), sums over n changes; 0 when nothing moved",
  origin: "Chande and Kroll, The New Technical Trader, 1994",
  parameters: { period: whole(14), source },
  reach: "window",
  warmup: ({ period }) => period,
  build: (memory, { period, source: of }) => {
    const strength = strengthOf(memory, period, "simple")
    return (bar, out) => {
      out[0] = 2 * strength(read(bar, of)) - 100
    }
  }
})

export { CMO, RSI, STOCHRSI }
