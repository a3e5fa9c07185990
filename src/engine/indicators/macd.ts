/**
 * Distances between two exponential averages: MACD with its signal, and the two price oscillators.
 * In: one number of each bar, two spans, a seed. Out: price units, or percent for the percentage oscillator.
 * The signal starts with the first line it is given, seeded as the averages are.
 */
import { define } from "./define.ts"
import { read, seed, source, whole } from "./parameters.ts"
import { emaOf } from "./smoothing.ts"

const shorter = ({ fast, slow }: { readonly fast: number; readonly slow: number }): string | undefined =>
  fast < slow ? undefined : "fast must be shorter than slow"

const MACD = define({
  name: "macd",
  words: "moving average convergence divergence",
  formula: "macd = ema(x, fast) - ema(x, slow), signal = ema(macd, signal) of the defined macd, "
    + "histogram = macd - signal",
  origin: "Appel, The Moving Average Convergence-Divergence Trading Method, 1979; histogram: Aspray 1986",
  parameters: { fast: whole(12), slow: whole(26), signal: whole(9), seed, source },
  outputs: ["macd", "signal", "histogram"],
  reach: "all",
  rule: shorter,
  warmup: ({ signal, slow }) => slow + signal - 2,
  build: (memory, { fast, seed: from, signal, slow, source: of }) => {
    const quick = emaOf(memory, fast, from)
    const steady = emaOf(memory, slow, from)
    const trail = emaOf(memory, signal, from)
    return (bar, out) => {
      const value = read(bar, of)
      const line = quick(value) - steady(value)
      const average = trail(line)
      out[0] = line
      out[1] = average
      out[2] = line - average
    }
  }
})

const APO = define({
  name: "apo",
  words: "absolute price oscillator",
  formula: "ema(x, fast) - ema(x, slow)",
  origin: "Appel 1979 (the MACD line alone)",
  parameters: { fast: whole(12), slow: whole(26), seed, source },
  reach: "all",
  rule: shorter,
  warmup: ({ slow }) => slow - 1,
  build: (memory, { fast, seed: from, slow, source: of }) => {
    const quick = emaOf(memory, fast, from)
    const steady = emaOf(memory, slow, from)
    return (bar, out) => {
      const value = read(bar, of)
      out[0] = quick(value) - steady(value)
    }
  }
})

const PPO = define({
  name: "ppo",
  words: "percentage price oscillator",
  formula: "100 * (ema(x, fast) - ema(x, slow)) / ema(x, slow); undefined where the slow average is 0",
  origin: "Appel, Technical Analysis: Power Tools for Active Investors, 2005",
  parameters: { fast: whole(12), slow: whole(26), seed, source },
  reach: "all",
  rule: shorter,
  warmup: ({ slow }) => slow - 1,
  build: (memory, { fast, seed: from, slow, source: of }) => {
    const quick = emaOf(memory, fast, from)
    const steady = emaOf(memory, slow, from)
    return (bar, out) => {
      const value = read(bar, of)
      const short = quick(value)
      const long = steady(value)
      // Both are 0 where the long one is: 0 / 0 is undefined, as it should be.
      out[0] = 100 * (short - long) / long
    }
  }
})

export { APO, MACD, PPO }
