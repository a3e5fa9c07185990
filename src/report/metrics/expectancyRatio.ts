/**
 * Expectancy ratio: what the average trade brings for each unit that the average loss costs.
 * In: results of closed trades. Out: a number.
 * Compares strategies of different size.
 */
import { averageLoss } from "./averageWinLoss.ts"
import { expectancy } from "./expectancy.ts"

/**
 * expectancy / average loss; NaN without a loss. Source: Tharp's R; freqtrade "expectancy ratio" (equal where no
 * result is 0).
 */
export const expectancyRatio = (results: ReadonlyArray<number>): number =>
  expectancy(results) / averageLoss(results)
