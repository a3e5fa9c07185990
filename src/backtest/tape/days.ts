/**
 * One row a trading day, days without a bar included: the series that statistics are made of.
 * In: the last equity of each day that has bars. Out: a gapless list of days; an idle day carries the equity before it.
 * A bar that closes at midnight belongs to the day that ends there.
 */
import { tradingDay } from "../../domain/timeframe.ts"
import type { LedgerDay } from "../../report/Ledger.ts"

export interface DayTape {
  readonly zone: string
  readonly days: Array<LedgerDay>
  /** End of the day that runs now. */
  end: number
  date: string
}

/** `from` = open of the first traded bar. */
export const makeDayTape = (zone: string, from: number): DayTape => {
  const { date, end } = tradingDay(zone, from)
  return { zone, days: [], end, date }
}

/** Writes the running day, and the idle ones up to the day of the next close; returns how many rows that made. */
export const tapeDays = (tape: DayTape, equity: number, hold: number, nextClose: number): number => {
  const before = tape.days.length
  do {
    tape.days.push({ date: tape.date, end: tape.end, equity, hold })
    const next = tradingDay(tape.zone, tape.end)
    tape.end = next.end
    tape.date = next.date
  } while (nextClose > tape.end)
  return tape.days.length - before
}
