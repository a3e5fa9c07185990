/**
 * True range and its averages: TR, ATR in both smoothings, and ATR relative to the price.
 * In: high, low, close, and the close before. Out: price units; percent of the close for the relative one.
 * The first bar has no close before it: by default it has no true range; `first=range` counts its high - low.
 */
import { define } from "./define.ts"
import type { PriceBar } from "./Indicator.ts"
import type { Memory } from "./Memory.ts"
import { oneOf, whole } from "./parameters.ts"
import type { ValueOf } from "./parameters.ts"
import { wilderOf } from "./smoothing.ts"
import { meanOver } from "./windows.ts"

/** What the first bar counts for, which has none before it: nothing at all, or its high - low. */
const first = oneOf("skip", "range")
export type First = ValueOf<typeof first>

const smoothing = oneOf("wilder", "simple")
type Smoothing = ValueOf<typeof smoothing>

/** True range of each bar; NaN at the first one unless `from` is "range". */
const trueRangeOf = (memory: Memory, from: First): (bar: PriceBar) => number => {
  const at = memory.take(2) // bars seen (0 or 1), newest close
  return ({ close, high, low }) => {
    const before = at[1]!
    const begun = at[0] !== 0
    at[0] = 1
    at[1] = close
    if (begun) return Math.max(high, before) - Math.min(low, before)
    return from === "range" ? high - low : NaN
  }
}

/** Average true range, NaN while undefined. */
const atrOf = (
  memory: Memory,
  period: number,
  from: First,
  kind: Smoothing = "wilder"
): (bar: PriceBar) => number => {
  const range = trueRangeOf(memory, from)
  const average = kind === "wilder" ? wilderOf(memory, period) : meanOver(memory, period)
  return (bar) => average(range(bar))
}

/** First bar at which an average of `period` true ranges is defined. */
const atrWarmup = (period: number, from: First): number => from === "range" ? period - 1 : period

const TR = define({
  name: "tr",
  words: "true range",
  formula: "max(high, close[1]) - min(low, close[1])",
  origin: "Wilder, New Concepts in Technical Trading Systems, 1978",
  parameters: { first },
  reach: () => 2,
  warmup: ({ first: from }) => from === "range" ? 0 : 1,
  build: (memory, { first: from }) => {
    const range = trueRangeOf(memory, from)
    return (bar, out) => {
      out[0] = range(bar)
    }
  }
})

const ATR = define({
  name: "atr",
  words: "average true range",
  formula: "tr smoothed over n: Wilder's average of it or its simple mean; 0 when nothing moved",
  origin: "Wilder, New Concepts in Technical Trading Systems, 1978",
  parameters: { period: whole(14), smoothing, first },
  reach: ({ period, smoothing: kind }) => kind === "wilder" ? "all" : period + 1,
  warmup: ({ first: from, period }) => atrWarmup(period, from),
  build: (memory, { first: from, period, smoothing: kind }) => {
    const atr = atrOf(memory, period, from, kind)
    return (bar, out) => {
      out[0] = atr(bar)
    }
  }
})

const NATR = define({
  name: "natr",
  also: ["atrp"],
  words: "average true range, percent of the close",
  formula: "100 * atr / close",
  origin: "Forman, Cross-Market Evaluations with Normalized Average True Range, Stocks & Commodities 2006",
  parameters: { period: whole(14), smoothing, first },
  reach: ({ period, smoothing: kind }) => kind === "wilder" ? "all" : period + 1,
  warmup: ({ first: from, period }) => atrWarmup(period, from),
  build: (memory, { first: from, period, smoothing: kind }) => {
    const atr = atrOf(memory, period, from, kind)
    return (bar, out) => {
      out[0] = 100 * atr(bar) / bar.close
    }
  }
})

export { ATR, atrOf, atrWarmup, first, NATR, TR, trueRangeOf }
