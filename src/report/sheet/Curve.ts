/**
 * One account over the days of a ledger, as every equity metric wants it: the strategy's own, or buy-and-hold's.
 * In: a ledger. Out: values, daily returns, falls and the length of the run, each computed once.
 * One shape for both, so that the two columns of the tear sheet cannot be two formulas.
 */
import { deepestOf, fallsOf } from "../drawdowns.ts"
import type { Fall, Ledger } from "../Ledger.ts"
import { returnsFrom } from "../series/returns.ts"

export interface Curve {
  readonly start: number
  readonly end: number
  /** Open of the first bar, close of the last, UTC milliseconds. */
  readonly from: number
  readonly to: number
  /** Elapsed days between them, and years of 365 days. */
  readonly days: number
  readonly years: number
  /** Equity at each day's end, idle days included, and its returns; the first day's against `start`. */
  readonly values: ReadonlyArray<number>
  readonly returns: ReadonlyArray<number>
  /** Falls as the day ends show them. */
  readonly falls: ReadonlyArray<Fall>
  /** The deepest of them and of those seen at any bar, null without one. */
  readonly deepest: Fall | null
}

export interface Curves {
  readonly own: Curve
  readonly hold: Curve
}

export const DAY_MILLIS = 86_400_000

/** Days of a year for annualisation: these markets never close. */
export const PERIODS_PER_YEAR = 365

export const curvesOf = (ledger: Ledger): Curves => ({
  own: curveOf(ledger, ledger.days.map(({ equity }) => equity), ledger.equity, ledger.deepest),
  hold: curveOf(ledger, ledger.days.map(({ hold }) => hold), ledger.hold, ledger.holdDeepest ?? null)
})

const curveOf = (
  ledger: Ledger,
  values: ReadonlyArray<number>,
  end: number,
  deepest: Fall | null
): Curve => {
  const { capital, from, to } = ledger
  const ends = ledger.days.map((day) => Math.min(day.end, to))
  const falls = fallsOf(ends, values, from, capital)
  const days = (to - from) / DAY_MILLIS
  return {
    start: capital,
    end,
    from,
    to,
    days,
    years: days / PERIODS_PER_YEAR,
    values,
    returns: returnsFrom(capital, values),
    falls,
    deepest: deepestOf(deepest === null ? falls : [deepest, ...falls])
  }
}
