/**
 * Averages over a window: simple, weighted, volume-weighted, and Hull's.
 * In: one number of each bar (`source`). Out: an average in its units.
 * Windows only: what lies further back than `period` bars has no say.
 */
import { define } from "./define.ts"
import { read, source, whole } from "./parameters.ts"
import { lineOver, meanOver, sumOver } from "./windows.ts"
import type { Fold } from "./windows.ts"
import type { Memory } from "./Memory.ts"

/** Linearly weighted average: weight `period` for the newest value, 1 for the oldest. */
const weightedOver = (memory: Memory, period: number): Fold => {
  const { fold, result } = lineOver(memory, period)
  const weights = period * (period + 1) / 2
  return (value) => {
    fold(value)
    return result[0]! + result[1]! / weights
  }
}

const SMA = define({
  name: "sma",
  also: ["ma"],
  words: "simple moving average",
  formula: "mean(x, n)",
  origin: "Yule 1909 (moving averages); any textbook",
  parameters: { period: whole(20), source },
  reach: "window",
  warmup: ({ period }) => period - 1,
  build: (memory, { period, source: from }) => {
    const mean = meanOver(memory, period)
    return (bar, out) => {
      out[0] = mean(read(bar, from))
    }
  }
})

const WMA = define({
  name: "wma",
  also: ["lwma"],
  words: "linearly weighted moving average",
  formula: "sum(w * x) / sum(w), w = n for the newest value down to 1 for the oldest of n",
  origin: "Murphy, Technical Analysis of the Financial Markets, 1999, ch. 9",
  parameters: { period: whole(20), source },
  reach: "window",
  warmup: ({ period }) => period - 1,
  build: (memory, { period, source: from }) => {
    const average = weightedOver(memory, period)
    return (bar, out) => {
      out[0] = average(read(bar, from))
    }
  }
})

const HMA = define({
  name: "hma",
  also: ["hull"],
  words: "Hull moving average",
  formula: "wma(2 * wma(x, floor(n / 2)) - wma(x, n), floor(sqrt(n)))",
  origin: "Hull 2005, alanhull.com",
  parameters: { period: whole(20, 2), source },
  reach: "window",
  warmup: ({ period }) => period - 1 + Math.floor(Math.sqrt(period)) - 1,
  build: (memory, { period, source: from }) => {
    const half = weightedOver(memory, Math.floor(period / 2))
    const full = weightedOver(memory, period)
    const smooth = weightedOver(memory, Math.floor(Math.sqrt(period)))
    return (bar, out) => {
      const value = read(bar, from)
      out[0] = smooth(2 * half(value) - full(value))
    }
  }
})

const VWMA = define({
  name: "vwma",
  words: "volume-weighted moving average",
  formula: "sum(x * volume, n) / sum(volume, n); mean(x, n) when nothing was traded in n bars",
  origin: "Arms, Volume Cycles in the Stock Market, 1983 (after his volume-adjusted averages)",
  parameters: { period: whole(20), source },
  reach: "window",
  warmup: ({ period }) => period - 1,
  build: (memory, { period, source: from }) => {
    const mean = meanOver(memory, period)
    const worth = sumOver(memory, period)
    const volumes = sumOver(memory, period)
    return (bar, out) => {
      const value = read(bar, from)
      const plain = mean(value)
      const traded = worth(value * bar.volume)
      const volume = volumes(bar.volume)
      out[0] = volume === 0 ? plain : traded / volume
    }
  }
})

export { HMA, SMA, VWMA, weightedOver, WMA }
