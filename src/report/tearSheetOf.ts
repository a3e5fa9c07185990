/**
 * A ledger, judged.
 * In: what a run left behind. Out: every figure of both sets beside buy-and-hold's, and what should not be believed.
 * The one door to the statistics: commands, files and pages read its answer and compute nothing.
 */
import type { Ledger } from "./Ledger.ts"
import { curvesOf } from "./sheet/Curve.ts"
import { EQUITY_METRICS } from "./sheet/equityMetrics.ts"
import { outcomesOf } from "./sheet/Outcomes.ts"
import { equityRow, tradeRow } from "./sheet/rows.ts"
import { TRADE_METRICS } from "./sheet/tradeMetrics.ts"
import { suspicionsOf } from "./suspicions.ts"
import type { TearSheet } from "./TearSheet.ts"

/**
 * Daily returns are of `ledger.days`, idle days included, the first against the capital. Every value is finite or null; a
 * null says why in its `note`.
 */
export const tearSheetOf = (ledger: Ledger): TearSheet => {
  const curves = curvesOf(ledger)
  const outcomes = outcomesOf(ledger)
  const sheet = {
    equity: EQUITY_METRICS.map((metric) => equityRow(metric, curves, ledger)),
    trades: TRADE_METRICS.map((metric) => tradeRow(metric, outcomes, ledger))
  }
  return { ...sheet, suspicions: suspicionsOf(ledger, sheet) }
}
