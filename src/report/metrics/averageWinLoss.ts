/**
 * Average win and average loss.
 * In: results of closed trades. Out: the same unit as the results, both 0 or more.
 * Together, since neither says anything alone.
 */
import { mean } from "../series/moments.ts"

/** Mean of the results above 0; NaN without a win. */
export const averageWin = (results: ReadonlyArray<number>): number =>
  mean(results.filter((result) => result > 0))

/** Mean size of the results below 0; NaN without a loss. */
export const averageLoss = (results: ReadonlyArray<number>): number =>
  -mean(results.filter((result) => result < 0))
