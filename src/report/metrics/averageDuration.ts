/**
 * Average duration of a trade.
 * In: closed trades. Out: milliseconds.
 * From the first entry fill to the last exit fill, weekends and gaps included.
 */
import type { LedgerTrade } from "../Ledger.ts"
import { mean } from "../series/moments.ts"

/** mean(exit - entry); NaN for no trade. */
export const averageDuration = (trades: ReadonlyArray<LedgerTrade>): number =>
  mean(trades.map(({ entryTime, exitTime }) => exitTime - entryTime))
