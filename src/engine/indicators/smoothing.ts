/**
 * Recursions: exponential averages, Wilder's, and sums that run for ever.
 * In: values one by one; NaN in is NaN out and changes nothing, so a chained average starts with its input's first value.
 * Out: NaN until `period` values were seen, whatever the seed. An average at rest stays exactly where it is.
 */
import type { Memory } from "./Memory.ts"
import type { Seed } from "./parameters.ts"
import type { Fold } from "./windows.ts"

/** Exponential average with weight 2 / (period + 1). */
const emaOf = (memory: Memory, period: number, seed: Seed): Fold =>
  averageOf(memory, period, 2 / (period + 1), seed)

/** Wilder's average: weight 1 / period. */
const wilderOf = (memory: Memory, period: number, seed: Seed = "sma"): Fold =>
  averageOf(memory, period, 1 / period, seed)

const averageOf = (memory: Memory, period: number, weight: number, seed: Seed): Fold => {
  const at = memory.take(3) // values seen, average (until the seed is complete: first value), distances from the first
  const begin = (value: number): number => {
    const seen = at[0]! + 1
    at[0] = seen
    if (seen === 1) at[1] = value
    else if (seed === "first") at[1] = at[1]! + weight * (value - at[1]!)
    else at[2] = at[2]! + (value - at[1]!)
    if (seen < period) return NaN
    if (seed === "sma") at[1] = at[1]! + at[2]! / period
    return at[1]!
  }
  return (value) => {
    if (value !== value) return NaN
    if (at[0]! < period) return begin(value)
    const average = at[1]! + weight * (value - at[1]!)
    at[1] = average
    return average
  }
}

/** Sum of everything so far in two cells: the sum, and the bits that its additions lost (Neumaier, 1974). */
const runningSum = (at: Float64Array): Fold => (value) => {
  const before = at[0]!
  const sum = before + value
  at[1] = at[1]! + (Math.abs(before) >= Math.abs(value) ? before - sum + value : value - sum + before)
  at[0] = sum
  return sum + at[1]!
}

export { emaOf, runningSum, wilderOf }
