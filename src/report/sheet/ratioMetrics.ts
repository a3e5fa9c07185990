/**
 * Return for risk, and how likely it is luck: the fourth rows of the equity set.
 * In: both curves and a ledger. Out: one number a row.
 * Judgements of the strategy: they need days and trades.
 */
import { alpha } from "../metrics/alpha.ts"
import { beta } from "../metrics/beta.ts"
import { calmar } from "../metrics/calmar.ts"
import { deflatedSharpe, varianceOfNothing } from "../metrics/deflatedSharpe.ts"
import { informationRatio } from "../metrics/informationRatio.ts"
import { omega } from "../metrics/omega.ts"
import { probabilisticSharpe } from "../metrics/probabilisticSharpe.ts"
import type { SharpeEstimate } from "../metrics/probabilisticSharpe.ts"
import { sharpe } from "../metrics/sharpe.ts"
import { sortino } from "../metrics/sortino.ts"
import { stability } from "../metrics/stability.ts"
import { kurtosis, skewness } from "../series/moments.ts"
import { rolling } from "../series/rolling.ts"
import type { Curve } from "./Curve.ts"
import { deepestShare } from "./drawdownMetrics.ts"
import { judgement, ownOnly } from "./kinds.ts"
import type { EquityMetric } from "./Metric.ts"
import { growthOf, MAX_YEARLY_SHARE } from "./profitMetrics.ts"
import { NO_FALL, STILL, TERMS } from "./terms.ts"

const NO_LOSS = "no day lost"

/** A quarter: the shortest run of which a rolling ratio is not all noise. */
export const ROLLING_DAYS = 90

const estimateOf = ({ returns }: Curve): SharpeEstimate => ({
  sharpe: sharpe(returns, { ...TERMS, periodsPerYear: 1 }),
  observations: returns.length,
  skewness: skewness(returns),
  kurtosis: kurtosis(returns)
})

const lowestQuarter = ({ returns }: Curve): number => {
  const quarters = rolling(returns, ROLLING_DAYS, (window) => sharpe(window, TERMS)).filter(Number.isFinite)
  return quarters.length === 0 ? Number.NaN : Math.min(...quarters)
}

export const RATIO_METRICS: ReadonlyArray<EquityMetric> = [
  judgement({
    id: "sharpe",
    label: "Sharpe ratio",
    unit: "number",
    missing: STILL,
    of: ({ returns }) => sharpe(returns, TERMS)
  }),
  judgement({
    id: "probabilisticSharpe",
    label: "Probabilistic Sharpe ratio",
    unit: "share",
    missing: STILL,
    of: (curve) => probabilisticSharpe(estimateOf(curve), 0)
  }),
  ownOnly(judgement({
    id: "deflatedSharpe",
    label: "Deflated Sharpe ratio",
    unit: "share",
    missing: STILL,
    of: (curve, _, { trials }) =>
      deflatedSharpe(estimateOf(curve), trials, varianceOfNothing(curve.returns.length))
  })),
  {
    ...judgement({
      id: "lowestQuarterSharpe",
      label: `Lowest Sharpe of any ${ROLLING_DAYS} days`,
      unit: "number",
      missing: STILL,
      of: lowestQuarter
    }),
    minDays: ROLLING_DAYS
  },
  judgement({
    id: "sortino",
    label: "Sortino ratio",
    unit: "number",
    missing: NO_LOSS,
    of: ({ returns }) => sortino(returns, TERMS)
  }),
  judgement({
    id: "calmar",
    label: "Calmar ratio",
    unit: "number",
    missing: NO_FALL,
    of: (curve) => calmar(Math.min(growthOf(curve), MAX_YEARLY_SHARE), deepestShare(curve))
  }),
  judgement({
    id: "omega",
    label: "Omega ratio",
    unit: "number",
    missing: NO_LOSS,
    of: ({ returns }) => omega(returns, TERMS.riskFree)
  }),
  judgement({
    id: "stability",
    label: "Stability of growth (R²)",
    unit: "number",
    missing: "equity never moved",
    of: ({ returns }) => stability(returns)
  }),
  ownOnly(judgement({
    id: "alpha",
    label: "Alpha to buy-and-hold (annual)",
    unit: "share",
    missing: "the market did not move",
    of: ({ returns }, { hold }) => alpha(returns, hold.returns, TERMS)
  })),
  ownOnly(judgement({
    id: "beta",
    label: "Beta to buy-and-hold",
    unit: "number",
    missing: "the market did not move",
    of: ({ returns }, { hold }) => beta(returns, hold.returns, TERMS.riskFree)
  })),
  ownOnly(judgement({
    id: "informationRatio",
    label: "Information ratio",
    unit: "number",
    missing: "moves exactly as buy-and-hold",
    of: ({ returns }, { hold }) => informationRatio(returns, hold.returns, TERMS)
  }))
]
