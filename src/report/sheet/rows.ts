/**
 * Fills in rows: the figure, or in words why there is none.
 * In: metrics as data, a ledger. Out: rows without NaN and without infinity.
 * The N/A rules of the tear sheet live here alone; metric functions have none (decisions 33).
 */
import { fixed, formatValue } from "../format.ts"
import type { Ledger } from "../Ledger.ts"
import type { MetricRow } from "../TearSheet.ts"
import type { Curve, Curves } from "./Curve.ts"
import type { EquityMetric, TradeMetric } from "./Metric.ts"
import type { Outcomes } from "./Outcomes.ts"

interface Answer {
  readonly value: number | null
  readonly note: string | null
}

export const equityRow = (metric: EquityMetric, curves: Curves, ledger: Ledger): MetricRow => {
  const own = tooFewTrades(metric.minTrades, ledger) ?? equityAnswer(metric, curves.own, curves, ledger)
  const hold = metric.isOwnOnly ? NONE : equityAnswer(metric, curves.hold, curves, ledger)
  const { id, label, unit } = metric
  const cut = hold.value === null || hold.note === null ? null : `buy and hold: ${hold.note}`
  return { id, label, unit, value: own.value, hold: hold.value, note: own.note ?? cut }
}

export const tradeRow = (metric: TradeMetric, outcomes: Outcomes, ledger: Ledger): MetricRow => {
  const { id, label, minTrades, missing, unit } = metric
  const answer = tooFewTrades(minTrades, ledger) ?? answered(metric.of(outcomes, ledger), missing)
  return { id, label, unit, value: answer.value, hold: null, note: answer.note }
}

const NONE: Answer = { value: null, note: null }

// Adding 0 makes -0 a 0.
const answered = (value: number, missing: string): Answer =>
  Number.isFinite(value) ? { value: value + 0, note: null } : { value: null, note: missing }

const tooFewTrades = (needed: number, { trades }: Ledger): Answer | null => {
  const closed = trades.length
  if (closed >= needed) return null
  const words = closed === 0 ? "there is none" : closed === 1 ? "there is 1" : `there are ${closed}`
  return { value: null, note: `needs ${needed} closed trade${needed === 1 ? "" : "s"}, ${words}` }
}

const equityAnswer = (metric: EquityMetric, curve: Curve, curves: Curves, ledger: Ledger): Answer => {
  const { cap, minDays, missing, unit } = metric
  const days = Math.min(curve.days, curve.returns.length)
  if (days < minDays) {
    return { value: null, note: `needs ${minDays} days, there are ${floored(days)}` }
  }
  const value = metric.of(curve, curves, ledger)
  if (cap !== null && Math.abs(value) > cap) {
    const found = Number.isFinite(value)
      ? formatValue(value, unit, ledger.quote, ledger.decimals)
      : "infinity"
    return {
      value: Math.sign(value) * cap,
      note: `cut from ${found}, which ${floored(curve.days)} days cannot show`
    }
  }
  if (curve.values.some((each) => each <= 0)) return answered(value, "equity fell to zero or below")
  return answered(value, typeof missing === "string" ? missing : missing(curve))
}

/** One decimal, cut: 13.96 days are not 14. */
const floored = (days: number): string => {
  const tenths = Math.floor(days * 10)
  return tenths % 10 === 0 ? fixed(tenths / 10, 0) : fixed(tenths / 10, 1)
}
