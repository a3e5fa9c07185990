/**
 * The equity set of the tear sheet: every row, in the order in which it is read.
 * In: the groups. Out: one table.
 * The order of the sheet is one page, whoever prints it.
 */
import { DRAWDOWN_METRICS } from "./drawdownMetrics.ts"
import type { EquityMetric } from "./Metric.ts"
import { PROFIT_METRICS, TRUST_METRICS } from "./profitMetrics.ts"
import { RATIO_METRICS } from "./ratioMetrics.ts"
import { RISK_METRICS } from "./riskMetrics.ts"

export const EQUITY_METRICS: ReadonlyArray<EquityMetric> = [
  ...PROFIT_METRICS,
  ...RATIO_METRICS,
  ...DRAWDOWN_METRICS,
  ...RISK_METRICS,
  ...TRUST_METRICS
]
