/**
 * What each calendar month returned.
 * In: the ledger's days and its capital. Out: one share a month of the ledger's zone, oldest first.
 * Apart from the page because a suspicion reads it too.
 */
import type { LedgerDay } from "./Ledger.ts"

export interface MonthReturn {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** Return over the month as a share of the equity it began with. */
  readonly share: number
  /** The same in quote units. */
  readonly gain: number
}

/**
 * Equity at a month's last day against the last day of the month before; the first month against `capital`. A month that
 * began with nothing left (equity of 0 or less) has no return and is left out.
 */
export const monthsOf = (days: ReadonlyArray<LedgerDay>, capital: number): ReadonlyArray<MonthReturn> => {
  const months: Array<MonthReturn> = []
  let start = capital
  days.forEach((day, index) => {
    const name = day.date.slice(0, 7)
    if (days[index + 1]?.date.slice(0, 7) === name) return
    const gain = day.equity - start
    if (start > 0) {
      months.push({
        year: Number(name.slice(0, 4)),
        month: Number(name.slice(5, 7)),
        share: gain / start,
        gain
      })
    }
    start = day.equity
  })
  return months
}
