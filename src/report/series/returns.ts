/**
 * From prices or equity to returns and back.
 * In: plain numbers, oldest first. Out: simple returns as shares of the value before, or what they add up to.
 * Simple, not logarithmic: a share is what an account gains.
 */
import { mean } from "./moments.ts"

/**
 * Each value against the one before it, the first against `start`; NaN after a value of 0 or less, which nothing can
 * be a share of.
 */
export const returnsFrom = (start: number, values: ReadonlyArray<number>): ReadonlyArray<number> =>
  values.map((value, index) => {
    const before = index === 0 ? start : values[index - 1] ?? Number.NaN
    return before > 0 ? value / before - 1 : Number.NaN
  })

/** What `start` becomes after each return. */
export const compounded = (returns: ReadonlyArray<number>, start: number): ReadonlyArray<number> => {
  let value = start
  return returns.map((each) => value *= 1 + each)
}

/** All returns compounded, as a share; NaN for none. */
export const totalReturn = (returns: ReadonlyArray<number>): number =>
  returns.length === 0 ? Number.NaN : returns.reduce((value, each) => value * (1 + each), 1) - 1

/** The one return which, repeated, gives the same total: exp(mean(log(1 + r))) - 1. */
export const geometricMean = (returns: ReadonlyArray<number>): number =>
  Math.expm1(mean(returns.map(Math.log1p)))

/** Each return less what had to be earned in its period: one number for all, or a series of equal length. */
export const excess = (
  returns: ReadonlyArray<number>,
  required: number | ReadonlyArray<number>
): ReadonlyArray<number> =>
  returns.map((each, index) =>
    each - (typeof required === "number" ? required : required[index] ?? Number.NaN)
  )

/** The return of one period which, compounded `periodsPerYear` times, is `annual`. */
export const perPeriod = (annual: number, periodsPerYear: number): number =>
  (1 + annual) ** (1 / periodsPerYear) - 1
