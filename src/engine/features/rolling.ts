/**
 * Rolling arithmetic, once: exponential averages and windows over doubled rings.
 * In: columns of `2 x size` numbers in which each value stands twice, `size` apart. Out: sums, means, deviations.
 * Windows are summed again from oldest to newest, so they never drift and no movement is exactly zero.
 */

/** Weight of the newest value in an exponential average of `span` bars. */
const alphaOf = (span: number): number => 2 / (span + 1)

/** One step of an exponential average; an average at rest stays exactly where it is. */
const average = (before: number, value: number, alpha: number): number => before + alpha * (value - before)

/** Writes a value at `at` and `at + size`, so that every window of up to `size` values is contiguous. */
const store = (column: Float64Array, at: number, size: number, value: number): void => {
  column[at] = value
  column[at + size] = value
}

/** Mean of the `count` values before `end`; exact when they are all equal. */
const meanOf = (column: Float64Array, end: number, count: number): number => {
  const anchor = column[end - count]!
  let sum = 0
  for (let index = end - count + 1; index < end; index++) sum += column[index]! - anchor
  return anchor + sum / count
}

/** Sample standard deviation (divisor count - 1) of the `count` values before `end` around their `mean`. */
const deviationOf = (column: Float64Array, end: number, count: number, mean: number): number => {
  let squares = 0
  for (let index = end - count; index < end; index++) {
    const distance = column[index]! - mean
    squares += distance * distance
  }
  return Math.sqrt(squares / (count - 1))
}

/** `value / unit`, and 0 where the unit is 0: no movement is neutral by definition (decisions 26). NaN stays NaN. */
const inUnits = (value: number, unit: number): number => unit === 0 && value === value ? 0 : value / unit

export { alphaOf, average, deviationOf, inUnits, meanOf, store }
