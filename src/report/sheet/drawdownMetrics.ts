/**
 * How far and how long the account fell: the third rows of the equity set.
 * In: a curve. Out: one number a row.
 * Facts: what happened needs no minimum.
 */
import { averageDrawdown } from "../metrics/averageDrawdown.ts"
import { maxDrawdown } from "../metrics/maxDrawdown.ts"
import { netProfit } from "../metrics/netProfit.ts"
import { recoveryFactor } from "../metrics/recoveryFactor.ts"
import { longestUnderWater, timeUnderWater } from "../metrics/timeUnderWater.ts"
import { ulcerIndex } from "../metrics/ulcerIndex.ts"
import type { Curve } from "./Curve.ts"
import { estimate, fact } from "./kinds.ts"
import type { EquityMetric } from "./Metric.ts"
import { NO_FALL } from "./terms.ts"

/** The deepest fall at any bar, where bars are known, else at a day's end; a share of the peak. */
export const deepestShare = ({ deepest, start, values }: Curve): number =>
  Math.max(maxDrawdown(values, start), deepest?.share ?? 0)

export const DRAWDOWN_METRICS: ReadonlyArray<EquityMetric> = [
  fact({ id: "maxDrawdown", label: "Max drawdown", unit: "share", of: deepestShare }),
  fact({
    id: "maxDrawdownAmount",
    label: "Max drawdown, amount",
    unit: "quote",
    of: ({ deepest }) => deepest?.amount ?? 0
  }),
  fact({
    id: "maxDrawdownStart",
    label: "Max drawdown, from",
    unit: "instant",
    missing: NO_FALL,
    of: ({ deepest }) => deepest?.peakAt ?? Number.NaN
  }),
  fact({
    id: "maxDrawdownBottom",
    label: "Max drawdown, bottom",
    unit: "instant",
    missing: NO_FALL,
    of: ({ deepest }) => deepest?.troughAt ?? Number.NaN
  }),
  fact({
    id: "maxDrawdownEnd",
    label: "Max drawdown, recovered",
    unit: "instant",
    missing: ({ deepest }) => deepest === null ? NO_FALL : "not recovered by the end",
    of: ({ deepest }) => deepest?.recoveredAt ?? Number.NaN
  }),
  fact({
    id: "maxDrawdownDuration",
    label: "Max drawdown, duration",
    unit: "duration",
    of: ({ deepest, to }) => longestUnderWater(deepest === null ? [] : [deepest], to)
  }),
  fact({
    id: "averageDrawdown",
    label: "Average drawdown",
    unit: "share",
    of: ({ falls }) => averageDrawdown(falls)
  }),
  fact({
    id: "longestUnderWater",
    label: "Longest time under water",
    unit: "duration",
    of: ({ falls, to }) => longestUnderWater(falls, to)
  }),
  fact({
    id: "timeUnderWater",
    label: "Time under water",
    unit: "share",
    of: ({ start, values }) => timeUnderWater(values, start)
  }),
  estimate({
    id: "ulcerIndex",
    label: "Ulcer index",
    unit: "share",
    of: ({ start, values }) => ulcerIndex(values, start)
  }),
  estimate({
    id: "recoveryFactor",
    label: "Recovery factor",
    unit: "number",
    missing: NO_FALL,
    of: ({ deepest, end, start }) => recoveryFactor(netProfit(start, end), deepest?.amount ?? 0)
  })
]
