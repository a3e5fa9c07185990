/**
 * The figures by which a market is compared with another: does it move, cluster and trade like a real one?
 * In: candles in order. Out: variance ratios, sign autocorrelations, kurtosis, clustering, volume and gaps.
 * In test/, beside its only readers: realism.test.ts and bench/marketRealism.ts.
 */
import type { Candle } from "../../src/domain/Candle.ts"

/** What describes a market; shares and correlations are plain ratios, `meanAbs` is the mean |log return| of a bar. */
export interface MarketStatistics {
  readonly bars: number
  readonly varianceRatio2: number
  readonly varianceRatio4: number
  readonly varianceRatio16: number
  /** Autocorrelation of the sign of the return at lags 1 to 5. */
  readonly signs: ReadonlyArray<number>
  readonly kurtosis: number
  readonly meanAbs: number
  /** Autocorrelation of |return| at lag 1 and 96 (a day of quarter hours). */
  readonly cluster1: number
  readonly cluster96: number
  /** Mean range over mean |return|: how far a bar travels beside where it ends. */
  readonly rangeRatio: number
  /** Correlation of log volume with log range. */
  readonly volumeRange: number
  /** Missing bars over bars that should be. */
  readonly gapShare: number
  /** Bars without any range. */
  readonly flatShare: number
}

export const statisticsOf = (candles: ReadonlyArray<Candle>, baseMillis: number): MarketStatistics => {
  const returns: Array<number> = []
  const volumes: Array<number> = []
  const ranges: Array<number> = []
  let missing = 0
  let flat = 0
  let rangeSum = 0
  for (let index = 0; index < candles.length; index++) {
    const bar = candles[index] as Candle
    const range = (bar.high - bar.low) / bar.close
    rangeSum += range
    if (range === 0) flat++
    if (range > 0 && bar.volume > 0) {
      volumes.push(Math.log(bar.volume))
      ranges.push(Math.log(range))
    }
    const previous = candles[index - 1]
    if (previous === undefined) continue
    const steps = Math.round((bar.openTime - previous.openTime) / baseMillis)
    missing += steps - 1
    if (steps === 1) returns.push(Math.log(bar.close / previous.close))
  }
  const sizes = returns.map(Math.abs)
  const meanAbs = mean(sizes)
  const signs = returns.map(Math.sign)
  return {
    bars: candles.length,
    varianceRatio2: varianceRatio(returns, 2),
    varianceRatio4: varianceRatio(returns, 4),
    varianceRatio16: varianceRatio(returns, 16),
    signs: [1, 2, 3, 4, 5].map((lag) => autocorrelation(signs, lag)),
    kurtosis: kurtosis(returns),
    meanAbs,
    cluster1: autocorrelation(sizes, 1),
    cluster96: autocorrelation(sizes, 96),
    rangeRatio: rangeSum / candles.length / meanAbs,
    volumeRange: correlation(volumes, ranges),
    gapShare: missing / (candles.length + missing),
    flatShare: flat / candles.length
  }
}

const mean = (values: ReadonlyArray<number>): number => {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

// Variance of overlapping q-bar returns over q times the variance of one bar: 1 for a random walk.
const varianceRatio = (returns: ReadonlyArray<number>, q: number): number => {
  const centre = mean(returns)
  let one = 0
  for (const value of returns) one += (value - centre) ** 2
  let sum = 0
  let many = 0
  let count = 0
  for (let index = 0; index < returns.length; index++) {
    sum += (returns[index] as number) - centre
    if (index >= q) sum -= (returns[index - q] as number) - centre
    if (index >= q - 1) {
      many += sum * sum
      count++
    }
  }
  return many / count / q / (one / returns.length)
}

const autocorrelation = (values: ReadonlyArray<number>, lag: number): number => {
  const centre = mean(values)
  let together = 0
  let alone = 0
  for (let index = 0; index < values.length; index++) {
    const here = (values[index] as number) - centre
    alone += here * here
    if (index >= lag) together += here * ((values[index - lag] as number) - centre)
  }
  return together / alone
}

const kurtosis = (values: ReadonlyArray<number>): number => {
  const centre = mean(values)
  let second = 0
  let fourth = 0
  for (const value of values) {
    second += (value - centre) ** 2
    fourth += (value - centre) ** 4
  }
  return fourth / values.length / (second / values.length) ** 2
}

const correlation = (left: ReadonlyArray<number>, right: ReadonlyArray<number>): number => {
  const leftMean = mean(left)
  const rightMean = mean(right)
  let both = 0
  let leftAlone = 0
  let rightAlone = 0
  for (let index = 0; index < left.length; index++) {
    const x = (left[index] as number) - leftMean
    const y = (right[index] as number) - rightMean
    both += x * y
    leftAlone += x * x
    rightAlone += y * y
  }
  return both / Math.sqrt(leftAlone * rightAlone)
}
