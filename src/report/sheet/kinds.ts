/**
 * The three kinds of equity rows: facts, estimates, judgements.
 * In: a row's id, words and formula. Out: the same with its N/A rule and its cap.
 * One place for the rules of conventions E5, so that no row makes its own.
 */
import type { EquityMetric } from "./Metric.ts"

/** Below two weeks a daily figure, stretched to a year, is a guess (conventions E5). */
export const MIN_DAYS = 14

/** Below ten closed trades a judgement of a strategy is a judgement of chance (conventions E5). */
export const MIN_TRADES = 10

/** The best ratios ever published are below 10; a hundred is arithmetic, not skill. */
export const MAX_RATIO = 100

/** What a row must say; the rest is its kind. */
export type Given =
  & Pick<EquityMetric, "id" | "label" | "unit" | "of">
  & Partial<Pick<EquityMetric, "missing">>

/** A plain fact: never refused for want of days or trades. */
export const fact = (metric: Given): EquityMetric => ({
  missing: "no days",
  ...metric,
  minTrades: 0,
  minDays: 0,
  cap: null,
  isOwnOnly: false
})

/** Describes the days; needs two weeks of them. */
export const estimate = (metric: Given): EquityMetric => ({ ...fact(metric), minDays: MIN_DAYS })

/** Judges the strategy; needs two weeks and ten trades, and is cut where it is absurd. */
export const judgement = (metric: Given): EquityMetric => ({
  ...estimate(metric),
  minTrades: MIN_TRADES,
  cap: MAX_RATIO
})

/** Buy-and-hold has no such figure. */
export const ownOnly = (metric: EquityMetric): EquityMetric => ({ ...metric, isOwnOnly: true })
