/**
 * A row of the tear sheet before it is filled in: what it shows, of what, and when it has nothing to say.
 * In: chosen in equityMetrics.ts and tradeMetrics.ts. Out: read by rows.ts.
 * Types only: the sheet is a table of these, so that a figure and its N/A rule stand on one line.
 */
import type { Ledger } from "../Ledger.ts"
import type { MetricUnit } from "../TearSheet.ts"
import type { Curve, Curves } from "./Curve.ts"
import type { Outcomes } from "./Outcomes.ts"

interface Metric {
  readonly id: string
  readonly label: string
  readonly unit: MetricUnit
  /** Closed trades the figure needs before it is worth printing; 0 for a plain fact. */
  readonly minTrades: number
}

/** A figure of an account's equity; buy-and-hold has the same one unless `isOwnOnly`. */
export interface EquityMetric extends Metric {
  /**
   * Days the figure needs, elapsed and as daily returns; 0 for a plain fact. The minimum of trades is the strategy's
   * alone.
   */
  readonly minDays: number
  /** Largest size that is printed; beyond it the figure is cut, and says so. */
  readonly cap: number | null
  readonly isOwnOnly: boolean
  /** Why there is none where the formula has no answer (NaN). */
  readonly missing: string | ((curve: Curve) => string)
  readonly of: (curve: Curve, curves: Curves, ledger: Ledger) => number
}

/** A figure of closed trades and of what trading cost. */
export interface TradeMetric extends Metric {
  /** As above. */
  readonly missing: string
  readonly of: (outcomes: Outcomes, ledger: Ledger) => number
}
