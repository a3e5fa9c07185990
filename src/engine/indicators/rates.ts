/**
 * Change over time: rate of change, momentum, TRIX and the true strength index.
 * In: one number of each bar. Out: percent, or units of the source for momentum.
 * A change relative to 0 (a source of volume may hold one) is undefined, at that bar alone.
 */
import { define } from "./define.ts"
import { formerBy } from "./extremes.ts"
import { read, seed, source, whole } from "./parameters.ts"
import { emaOf } from "./smoothing.ts"

/** Change in percent of `former`; NaN when that is 0. */
const percent = (value: number, former: number): number =>
  former === 0 ? NaN : 100 * (value - former) / former

const ROC = define({
  name: "roc",
  words: "rate of change, percent",
  formula: "100 * (x - x[n]) / x[n]; undefined where x[n] is 0",
  origin: "Murphy, Technical Analysis of the Financial Markets, 1999, ch. 10",
  parameters: { period: whole(12), source },
  reach: "window",
  warmup: ({ period }) => period,
  build: (memory, { period, source: of }) => {
    const former = formerBy(memory, period)
    return (bar, out) => {
      const value = read(bar, of)
      out[0] = percent(value, former(value))
    }
  }
})

const MOMENTUM = define({
  name: "momentum",
  also: ["mom"],
  words: "momentum",
  formula: "x - x[n]",
  origin: "Murphy, Technical Analysis of the Financial Markets, 1999, ch. 10",
  parameters: { period: whole(10), source },
  reach: "window",
  warmup: ({ period }) => period,
  build: (memory, { period, source: of }) => {
    const former = formerBy(memory, period)
    return (bar, out) => {
      const value = read(bar, of)
      out[0] = value - former(value)
    }
  }
})

const TRIX = define({
  name: "trix",
  words: "rate of change of a triple exponential average, percent",
  formula: "100 * (e - e[1]) / e[1], e = ema(ema(ema(x, n), n), n); undefined where e[1] is 0",
  origin: "Hutson, Good TRIX, Stocks & Commodities 1983",
  parameters: { period: whole(15), seed, source },
  reach: "all",
  warmup: ({ period }) => 3 * (period - 1) + 1,
  build: (memory, { period, seed: from, source: of }) => {
    const first = emaOf(memory, period, from)
    const second = emaOf(memory, period, from)
    const third = emaOf(memory, period, from)
    const former = formerBy(memory, 1)
    return (bar, out) => {
      const triple = third(second(first(read(bar, of))))
      out[0] = percent(triple, former(triple))
    }
  }
})

const TSI = define({
  name: "tsi",
  words: "true strength index",
  formula: "100 * ema(ema(c, slow), fast) / ema(ema(|c|, slow), fast), c = x - x[1]; 0 when nothing moved",
  origin: "Blau, True Strength Index, Stocks & Commodities 1991",
  parameters: { slow: whole(25), fast: whole(13), seed, source },
  reach: "all",
  warmup: ({ fast, slow }) => slow + fast - 1,
  build: (memory, { fast, seed: from, slow, source: of }) => {
    const slowChange = emaOf(memory, slow, from)
    const fastChange = emaOf(memory, fast, from)
    const slowPath = emaOf(memory, slow, from)
    const fastPath = emaOf(memory, fast, from)
    const former = formerBy(memory, 1)
    return (bar, out) => {
      const value = read(bar, of)
      const change = value - former(value)
      const net = fastChange(slowChange(change))
      const path = fastPath(slowPath(Math.abs(change)))
      out[0] = path === 0 ? 0 : 100 * net / path
    }
  }
})

export { MOMENTUM, ROC, TRIX, TSI }
