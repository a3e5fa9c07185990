/**
 * What the account gained: the first rows of the equity set, and what it was chosen from.
 * In: a curve and a ledger. Out: one number a row.
 * Beside the other groups of the set, in the order of the sheet.
 */
import { cagr } from "../metrics/cagr.ts"
import { marketChange } from "../metrics/marketChange.ts"
import { netProfit, netReturn } from "../metrics/netProfit.ts"
import type { Curve } from "./Curve.ts"
import { estimate, fact, ownOnly } from "./kinds.ts"
import type { EquityMetric } from "./Metric.ts"

/** No market has ever paid 10,000 % a year for long: more is a short run stretched. */
export const MAX_YEARLY_SHARE = 100

/** Growth a year by the elapsed time, years of 365 days. */
export const growthOf = ({ end, start, years }: Curve): number => cagr(start, end, years)

export const PROFIT_METRICS: ReadonlyArray<EquityMetric> = [
  fact({ id: "capital", label: "Starting capital", unit: "quote", of: ({ start }) => start }),
  fact({ id: "finalEquity", label: "Final equity", unit: "quote", of: ({ end }) => end }),
  fact({
    id: "peakEquity",
    label: "Peak equity (day's end)",
    unit: "quote",
    of: ({ start, values }) => values.reduce((peak, value) => Math.max(peak, value), start)
  }),
  fact({
    id: "netProfit",
    label: "Net profit",
    unit: "quote",
    of: ({ end, start }) => netProfit(start, end)
  }),
  fact({
    id: "netReturn",
    label: "Net return",
    unit: "share",
    of: ({ end, start }) => netReturn(start, end)
  }),
  ownOnly(fact({
    id: "marketChange",
    label: "Market change",
    unit: "share",
    missing: "no market",
    of: (_, __, { markets }) => marketChange(markets)
  })),
  {
    ...estimate({
      id: "cagr",
      label: "CAGR",
      unit: "share",
      missing: "equity ended below zero",
      of: growthOf
    }),
    cap: MAX_YEARLY_SHARE
  }
]

/** How much could have been fitted to the data: the last rows of the set. */
export const TRUST_METRICS: ReadonlyArray<EquityMetric> = [
  ownOnly(fact({
    id: "parameterCount",
    label: "Parameters",
    unit: "count",
    of: (_, __, ledger) => ledger.parameterCount
  })),
  ownOnly(fact({ id: "trials", label: "Variants tried", unit: "count", of: (_, __, { trials }) => trials }))
]
