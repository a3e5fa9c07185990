/**
 * How much the days vary: the second rows of the equity set.
 * In: a curve. Out: one number a row.
 * Descriptions of the days, whoever made them: no minimum of trades.
 */
import { annualVolatility } from "../metrics/annualVolatility.ts"
import { downsideDeviation } from "../metrics/downsideDeviation.ts"
import { expectedShortfall } from "../metrics/expectedShortfall.ts"
import { tailRatio } from "../metrics/tailRatio.ts"
import { valueAtRisk } from "../metrics/valueAtRisk.ts"
import { kurtosis, skewness } from "../series/moments.ts"
import { PERIODS_PER_YEAR } from "./Curve.ts"
import { estimate } from "./kinds.ts"
import type { EquityMetric } from "./Metric.ts"
import { STILL, TERMS } from "./terms.ts"

export const RISK_METRICS: ReadonlyArray<EquityMetric> = [
  estimate({
    id: "volatility",
    label: "Volatility (annual)",
    unit: "share",
    of: ({ returns }) => annualVolatility(returns, TERMS)
  }),
  estimate({
    id: "downsideDeviation",
    label: "Downside deviation (annual)",
    unit: "share",
    of: ({ returns }) => downsideDeviation(returns, TERMS.riskFree, PERIODS_PER_YEAR)
  }),
  estimate({
    id: "skewness",
    label: "Skewness of daily returns",
    unit: "number",
    missing: STILL,
    of: ({ returns }) => skewness(returns)
  }),
  estimate({
    id: "kurtosis",
    label: "Kurtosis of daily returns",
    unit: "number",
    missing: STILL,
    of: ({ returns }) => kurtosis(returns)
  }),
  {
    ...estimate({
      id: "valueAtRisk95",
      label: "Value at risk 95 % (day)",
      unit: "share",
      of: ({ returns }) => valueAtRisk(returns, 0.95)
    }),
    minDays: 20
  },
  {
    ...estimate({
      id: "valueAtRisk99",
      label: "Value at risk 99 % (day)",
      unit: "share",
      of: ({ returns }) => valueAtRisk(returns, 0.99)
    }),
    minDays: 100
  },
  {
    ...estimate({
      id: "expectedShortfall95",
      label: "Conditional VaR 95 % (day)",
      unit: "share",
      of: ({ returns }) => expectedShortfall(returns, 0.95)
    }),
    minDays: 20
  },
  estimate({
    id: "tailRatio",
    label: "Tail ratio",
    unit: "number",
    missing: "the worst twentieth of days lost nothing",
    of: ({ returns }) => tailRatio(returns)
  })
]
