/**
 * Spread around a mean: deviation, variance, volatility of returns, and Bollinger's bands.
 * In: one number of each bar. Out: units of the source, their square, or ratios.
 * `ddof=0` divides by n (population), `ddof=1` by n - 1 (sample); a window at rest has a spread of exactly 0.
 */
import { define } from "./define.ts"
import { formerBy } from "./extremes.ts"
import { factor, oneOf, read, source, whole } from "./parameters.ts"
import { momentsOver } from "./windows.ts"

/** What the sum of squares is divided by less than n: 0 for a population, 1 for a sample. */
const ddof = oneOf("0", "1")

const wideEnough = ({ ddof: less, period }: { readonly ddof: "0" | "1"; readonly period: number }) =>
  less === "1" && period < 2 ? "a sample deviation needs a period of at least 2" : undefined

const VARIANCE = define({
  name: "variance",
  also: ["var"],
  words: "variance",
  formula: "sum((x - mean(x, n))^2, n) / (n - ddof); 0 at rest",
  origin: "Fisher 1918 (the word); any textbook",
  parameters: { period: whole(20), ddof, source },
  reach: "window",
  rule: wideEnough,
  warmup: ({ period }) => period - 1,
  build: (memory, { ddof: less, period, source: of }) => {
    const { fold, result } = momentsOver(memory, period)
    const divisor = period - Number(less)
    return (bar, out) => {
      fold(read(bar, of))
      out[0] = result[1]! / divisor
    }
  }
})

const STDDEV = define({
  name: "stddev",
  also: ["sd"],
  words: "standard deviation",
  formula: "sqrt(sum((x - mean(x, n))^2, n) / (n - ddof)); 0 at rest",
  origin: "Pearson 1894 (the word); any textbook",
  parameters: { period: whole(20), ddof, source },
  reach: "window",
  rule: wideEnough,
  warmup: ({ period }) => period - 1,
  build: (memory, { ddof: less, period, source: of }) => {
    const { fold, result } = momentsOver(memory, period)
    const divisor = period - Number(less)
    return (bar, out) => {
      fold(read(bar, of))
      out[0] = Math.sqrt(result[1]! / divisor)
    }
  }
})

const VOLATILITY = define({
  name: "volatility",
  also: ["hv"],
  words: "volatility of returns",
  formula: "stddev(x / x[1] - 1, n) * sqrt(bars a year); 0 at rest; undefined where x[1] is 0",
  origin: "Markowitz 1952 (deviation as risk); annualised: any textbook",
  parameters: { period: whole(20), bars: factor(1, 1, 1e9), ddof, source },
  reach: "window",
  rule: wideEnough,
  warmup: ({ period }) => period,
  build: (memory, { bars, ddof: less, period, source: of }) => {
    const { fold, result } = momentsOver(memory, period)
    const former = formerBy(memory, 1)
    const divisor = (period - Number(less)) / bars
    return (bar, out) => {
      const value = read(bar, of)
      const before = former(value)
      fold(before === 0 ? NaN : value / before - 1)
      out[0] = Math.sqrt(result[1]! / divisor)
    }
  }
})

const BOLLINGER = define({
  name: "bollinger",
  also: ["bb", "bbands"],
  words: "Bollinger bands",
  formula:
    "middle = mean(x, n), upper and lower = middle +- width * sd, percentB = (x - lower) / (upper - lower), "
    + "bandwidth = (upper - lower) / middle, zscore = (x - middle) / sd; at rest percentB 0.5, zscore 0",
  origin: "Bollinger, Bollinger on Bollinger Bands, 2001",
  parameters: { period: whole(20), width: factor(2, 0.001, 1000), ddof, source },
  outputs: ["lower", "middle", "upper", "percentB", "bandwidth", "zscore"],
  reach: "window",
  rule: wideEnough,
  warmup: ({ period }) => period - 1,
  build: (memory, { ddof: less, period, source: of, width }) => {
    const { fold, result } = momentsOver(memory, period)
    const divisor = period - Number(less)
    return (bar, out) => {
      const value = read(bar, of)
      fold(value)
      const middle = result[0]!
      const deviation = Math.sqrt(result[1]! / divisor)
      const reach = width * deviation
      const score = deviation === 0 ? 0 : (value - middle) / deviation
      out[0] = middle - reach
      out[1] = middle
      out[2] = middle + reach
      out[3] = 0.5 + score / (2 * width)
      out[4] = reach === 0 ? 0 : 2 * reach / middle
      out[5] = score
    }
  }
})

export { BOLLINGER, STDDEV, VARIANCE, VOLATILITY }
