/**
 * A run's results as rows that a person compares: each figure beside the same of buy-and-hold, or the reason why there is none.
 * In: made by tearSheetOf.ts from a Ledger. Out: printed by the command, written to result.json, drawn by the page.
 * Types only.
 */

/** How a value is written: `share` 0.12 is shown as 12 %, `quote` with the currency, `millis` as a duration or a date. */
export type MetricUnit = "number" | "share" | "quote" | "count" | "duration" | "instant"

export interface MetricRow {
  /** Stable key of result.json, camelCase, such as `sharpe`. */
  readonly id: string
  /** What a person reads, such as `Sharpe ratio`. */
  readonly label: string
  readonly unit: MetricUnit
  /** Null = N/A. Never NaN, never infinite. */
  readonly value: number | null
  /** The same figure of buy-and-hold; null where it has none. */
  readonly hold: number | null
  /** Why `value` is N/A or capped, in words; null when it is neither. */
  readonly note: string | null
}

/** A result that should not be believed as it stands. */
export interface Suspicion {
  /** Stable key, such as `tooFewTrades`. */
  readonly id: string
  /** One or two plain sentences: what was seen, with its figures, and what it means. */
  readonly words: string
}

export interface TearSheet {
  readonly equity: ReadonlyArray<MetricRow>
  readonly trades: ReadonlyArray<MetricRow>
  readonly suspicions: ReadonlyArray<Suspicion>
}
