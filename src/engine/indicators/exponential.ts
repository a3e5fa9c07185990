/**
 * Averages that never forget: exponential, Wilder's, double, triple, and the one without lag.
 * In: one number of each bar (`source`), a seed. Out: an average in its units.
 * The seed is forgotten like everything else: after 12 periods less than 1e-10 of it is left.
 */
import { define } from "./define.ts"
import { formerBy } from "./extremes.ts"
import { read, seed, source, whole } from "./parameters.ts"
import { emaOf, wilderOf } from "./smoothing.ts"

const EMA = define({
  name: "ema",
  words: "exponential moving average",
  formula: "e += 2 / (n + 1) * (x - e); e starts as mean(x, n) or as the first x",
  origin: "Brown, Exponential Smoothing for Predicting Demand, 1956",
  parameters: { period: whole(20), seed, source },
  reach: "all",
  warmup: ({ period }) => period - 1,
  build: (memory, { period, seed: from, source: of }) => {
    const average = emaOf(memory, period, from)
    return (bar, out) => {
      out[0] = average(read(bar, of))
    }
  }
})

const RMA = define({
  name: "rma",
  also: ["smma", "wilders", "wsma"],
  words: "Wilder's smoothed moving average",
  formula: "e += 1 / n * (x - e); e starts as mean(x, n) or as the first x",
  origin: "Wilder, New Concepts in Technical Trading Systems, 1978",
  parameters: { period: whole(14), seed, source },
  reach: "all",
  warmup: ({ period }) => period - 1,
  build: (memory, { period, seed: from, source: of }) => {
    const average = wilderOf(memory, period, from)
    return (bar, out) => {
      out[0] = average(read(bar, of))
    }
  }
})

const DEMA = define({
  name: "dema",
  words: "double exponential moving average",
  formula: "2 * e1 - e2, e1 = ema(x, n), e2 = ema(e1, n); each starts once its input is defined",
  origin: "Mulloy, Smoothing Data with Faster Moving Averages, Stocks & Commodities 1994",
  parameters: { period: whole(20), seed, source },
  reach: "all",
  warmup: ({ period }) => 2 * (period - 1),
  build: (memory, { period, seed: from, source: of }) => {
    const first = emaOf(memory, period, from)
    const second = emaOf(memory, period, from)
    return (bar, out) => {
      const single = first(read(bar, of))
      out[0] = 2 * single - second(single)
    }
  }
})

const TEMA = define({
  name: "tema",
  words: "triple exponential moving average",
  formula: "3 * e1 - 3 * e2 + e3, each the ema(n) of the former; each starts once its input is defined",
  origin: "Mulloy, Smoothing Data with Less Lag, Stocks & Commodities 1994",
  parameters: { period: whole(20), seed, source },
  reach: "all",
  warmup: ({ period }) => 3 * (period - 1),
  build: (memory, { period, seed: from, source: of }) => {
    const first = emaOf(memory, period, from)
    const second = emaOf(memory, period, from)
    const third = emaOf(memory, period, from)
    return (bar, out) => {
      const single = first(read(bar, of))
      const double = second(single)
      out[0] = 3 * (single - double) + third(double)
    }
  }
})

const ZLEMA = define({
  name: "zlema",
  words: "zero-lag exponential moving average",
  formula:
    "e += 2 / (n + 1) * (2 * x - x[lag] - e), lag = floor((n - 1) / 2); e starts as x at bar max(0, lag - 1)",
  origin: "Ehlers and Way, Zero Lag (Well, Almost), Stocks & Commodities 2010",
  parameters: { period: whole(20), source },
  reach: "all",
  warmup: ({ period }) => period - 1,
  build: (memory, { period, source: of }) => {
    const lag = Math.floor((period - 1) / 2)
    const start = Math.max(0, lag - 1)
    const weight = 2 / (period + 1)
    const former = formerBy(memory, lag)
    const at = memory.take(2) // bars seen, average
    return (bar, out) => {
      const value = read(bar, of)
      const ahead = 2 * value - former(value)
      const seen = at[0]!
      at[0] = seen + 1
      if (seen === start) at[1] = value
      else if (seen > start) at[1] = at[1]! + weight * (ahead - at[1]!)
      out[0] = seen < period - 1 ? NaN : at[1]!
    }
  }
})

export { DEMA, EMA, RMA, TEMA, ZLEMA }
