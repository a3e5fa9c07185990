/**
 * Average drawdown: how deep the usual fall is.
 * In: the falls of an account. Out: a share, 0 or more.
 * Each fall counts once, however long it lasts (the Ulcer index weighs time).
 */
import type { Fall } from "../Ledger.ts"
import { mean } from "../series/moments.ts"

/**
 * Mean of the falls' deepest shares, the open one included; 0 when there was none. Source: backtesting.py `Avg.
 * Drawdown`.
 */
export const averageDrawdown = (falls: ReadonlyArray<Fall>): number =>
  falls.length === 0 ? 0 : mean(falls.map(({ share }) => share))
