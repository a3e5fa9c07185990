/**
 * A quantile of a series.
 * In: plain numbers, a share. Out: the value below which that share of them lies.
 * One definition for every tail: numpy's and R's default.
 */

/**
 * The `share` quantile (0 to 1), straight between the two nearest order statistics; NaN for no number.
 * Source: Hyndman and Fan (1996), type 7.
 */
export const quantile = (values: ReadonlyArray<number>, share: number): number => {
  const sorted = values.toSorted((left, right) => left - right)
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[Math.ceil(place)] ?? Number.NaN
  return low + (place - below) * (high - low)
}
