/**
 * Mean, spread and shape of a series.
 * In: plain numbers. Out: its first four moments, NaN where there are too few numbers.
 * Beneath every metric; `ddof` is always an argument, since libraries differ (decisions 33).
 */

/**
 * Differences below this are what rounding leaves of equal daily returns, a million times over; no account moves so
 * little.
 */
export const RETURN_NOISE = 1e-10

/** NaN for no number. */
export const mean = (values: ReadonlyArray<number>): number => sum(values) / values.length

export const sum = (values: ReadonlyArray<number>): number => {
  let total = 0
  for (const value of values) total += value
  return total
}

/** Root of the mean squared distance from the mean, over n - `ddof`; NaN for `ddof` numbers or fewer. */
export const standardDeviation = (values: ReadonlyArray<number>, ddof: number): number =>
  Math.sqrt(covariance(values, values, ddof))

/** Mean product of the distances from both means, over n - `ddof`; the series are equally long. */
export const covariance = (
  left: ReadonlyArray<number>,
  right: ReadonlyArray<number>,
  ddof: number
): number => {
  if (left.length <= ddof) return Number.NaN
  const leftMean = mean(left)
  const rightMean = mean(right)
  let total = 0
  for (let index = 0; index < left.length; index++) {
    total += ((left[index] ?? Number.NaN) - leftMean) * ((right[index] ?? Number.NaN) - rightMean)
  }
  return total / (left.length - ddof)
}

/** Third standardised moment of the population, 0 when symmetric; NaN without spread. */
export const skewness = (values: ReadonlyArray<number>): number => standardised(values, 3)

/** Fourth standardised moment of the population, 3 for a normal distribution (not the excess); NaN without spread. */
export const kurtosis = (values: ReadonlyArray<number>): number => standardised(values, 4)

const standardised = (values: ReadonlyArray<number>, power: number): number => {
  const centre = mean(values)
  const spread = standardDeviation(values, 0)
  return spread > 0 ? mean(values.map((value) => ((value - centre) / spread) ** power)) : Number.NaN
}

/**
 * `numerator / denominator`, NaN when the denominator is no larger than `noise`: a Sharpe ratio of ten million is a
 * rounding error.
 */
export const over = (numerator: number, denominator: number, noise: number): number =>
  Math.abs(denominator) > noise ? numerator / denominator : Number.NaN
