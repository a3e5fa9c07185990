/**
 * Payoff ratio: the average win for each unit of the average loss.
 * In: results of closed trades. Out: a number, above 0.
 * With the win rate it says whether a strategy pays.
 */
import { averageLoss, averageWin } from "./averageWinLoss.ts"

/** average win / average loss; NaN without a win or without a loss. */
export const payoffRatio = (results: ReadonlyArray<number>): number =>
  averageWin(results) / averageLoss(results)
