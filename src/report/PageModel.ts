/**
 * Everything the report page shows, already cut down to what can be drawn.
 * In: made by layers/backtest from a result and its columns. Out: one self-contained HTML text (page/page.ts).
 * Types only; at most MAX_POINTS points a series (decisions 32).
 */
import type { Ledger, LedgerTrade } from "./Ledger.ts"
import type { TearSheet } from "./TearSheet.ts"

/** Points drawn a series. */
export const MAX_POINTS = 4_000

/** A time series of equal-length columns; instants UTC milliseconds. */
export interface Line {
  readonly at: ReadonlyArray<number>
  readonly value: ReadonlyArray<number>
}

/** Price of one market, reduced: each point spans one or more bars with their extremes kept. */
export interface PriceSeries {
  readonly instrument: string
  readonly at: ReadonlyArray<number>
  readonly high: ReadonlyArray<number>
  readonly low: ReadonlyArray<number>
  readonly close: ReadonlyArray<number>
}

export interface FunnelRow {
  readonly name: string
  readonly buy: number
  readonly sell: number
  readonly hold: number
  readonly silent: number
  /** The most frequent reasons, already sorted. */
  readonly reasons: ReadonlyArray<{ readonly words: string; readonly count: number }>
}

export interface PageModel {
  /** `BTC/USDT on binance, 15m`; several markets are joined by commas. */
  readonly title: string
  /**
   * What was run on what: label and value, in the order to show (dataset, period, profile, account, fees, fingerprint
   * …).
   */
  readonly facts: ReadonlyArray<readonly [label: string, value: string]>
  /** Notices that belong on top: DEMO MARKET, rules only, no edge, gaps. */
  readonly notices: ReadonlyArray<string>
  readonly ledger: Ledger
  readonly tearSheet: TearSheet
  readonly prices: ReadonlyArray<PriceSeries>
  /** Account equity and buy-and-hold, quote units, on the same instants. */
  readonly equity: Line
  readonly hold: Line
  /** Share below the running peak, 0 or negative. */
  readonly drawdown: Line
  readonly holdDrawdown: Line
  /** Return of each calendar month of the ledger's zone; `month` 1 to 12. */
  readonly months: ReadonlyArray<{ readonly year: number; readonly month: number; readonly share: number }>
  /** Trades drawn and listed; the newest MAX_POINTS when there are more. */
  readonly trades: ReadonlyArray<LedgerTrade>
  readonly votes: ReadonlyArray<FunnelRow>
  /** What the ballots came to and what the checks refused: each decision is counted in exactly one row, so they add up to all. */
  readonly outcomes: ReadonlyArray<{
    readonly name: string
    readonly kind: "order" | "hold" | "refused"
    readonly words: string
    readonly count: number
  }>
}
