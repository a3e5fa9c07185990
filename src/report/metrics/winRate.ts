/**
 * Win rate: how many trades won.
 * In: results of closed trades. Out: a share, 0 to 1.
 * A trade is an entry to flat, not an order: counting orders halves it (L-44).
 */
import { mean } from "../series/moments.ts"

/** Results above 0 / all; a result of 0 is no win. NaN for no trade. */
export const winRate = (results: ReadonlyArray<number>): number =>
  mean(results.map((result) => result > 0 ? 1 : 0))
