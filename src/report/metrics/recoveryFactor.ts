/**
 * Recovery factor: how often the profit would pay for the deepest fall.
 * In: net profit and the deepest fall, both quote units. Out: a number.
 * In money, not shares: a fall late in a rising account costs more of it.
 */
import { over } from "../series/moments.ts"

/** netProfit / fall; NaN without a fall. Source: MetaTrader's "Recovery Factor". */
export const recoveryFactor = (netProfit: number, fall: number): number => over(netProfit, fall, 0)
