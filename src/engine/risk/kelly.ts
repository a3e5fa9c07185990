/**
 * The Kelly fraction of what was really earned and lost, and what is known of the edge before that (decisions 21).
 * In: closed trades in market time. Out: edge and the share of equity it allows before score and caps.
 * Apart from sizing.ts because it is one formula with reference vectors.
 */
import type { Edge } from "../../domain/Order.ts"
import type { Settings } from "../../domain/Settings.ts"
import type { ClosedTrade } from "../portfolio/ClosedTrade.ts"

/** f* = (b p - q) / b clipped to 0..1; 0 when p is not inside (0, 1) or either mean is not positive (phase19 6.1). */
export const kellyFraction = (winRate: number, meanWin: number, meanLoss: number): number => {
  if (!(winRate > 0 && winRate < 1 && meanWin > 0 && meanLoss > 0)) return 0
  const odds = meanWin / meanLoss
  return Math.min(1, Math.max(0, (odds * winRate - (1 - winRate)) / odds))
}

export interface EdgeFound {
  readonly edge: Edge
  /** Share of equity before score, factors and caps; for `none` the share traded where no real money is at work. */
  readonly share: number
  readonly trades: number
}

const DAY = 86_400_000

/**
 * Fewer closed trades in the window than Kelly needs: the bootstrap (P-16). Enough, but not one loss: still the bootstrap,
 * since the size of a loss is unknown. Otherwise Kelly times safety, or `none` when it is not positive.
 */
export const findEdge = (
  trades: ReadonlyArray<ClosedTrade>,
  now: number,
  sizing: Settings["sizing"]
): EdgeFound => {
  const since = now - sizing.kellyWindowDays * DAY
  let count = 0
  let wins = 0
  let won = 0
  let lost = 0
  for (const trade of trades) {
    if (trade.exitTime < since) continue
    count += 1
    if (trade.pnl > 0) {
      wins += 1
      won += trade.pnl
    } else lost -= trade.pnl
  }
  if (count < sizing.kellyMinTrades || (wins > 0 && lost === 0)) {
    return { edge: "bootstrap", share: sizing.bootstrap, trades: count }
  }
  const fraction = wins === 0 ? 0 : kellyFraction(wins / count, won / wins, lost / (count - wins))
  return fraction > 0
    ? { edge: "kelly", share: fraction * sizing.kellySafety, trades: count }
    : { edge: "none", share: sizing.bootstrap * sizing.noEdgeFactor, trades: count }
}
