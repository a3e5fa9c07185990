/**
 * What a backtest leaves behind: everything that its files, its page and its screen are made of.
 * In: made by run.ts. Out: written by layers/backtest, drawn by src/report.
 * Types only. It grows with trades and days, never with bars.
 */
import type { Columns } from "../domain/Columns.ts"
import type { DecisionReason } from "../domain/decisionReasons.ts"
import type { Instrument } from "../domain/Instrument.ts"
import type { Edge, Leg, Order } from "../domain/Order.ts"
import type { OrderStatus } from "../domain/orderStatus.ts"
import type { StrategyCounts } from "../engine/strategy/funnel.ts"
import type { Ledger } from "../report/Ledger.ts"

/** One market of a run. */
export interface Series {
  /** Fees already overridden by the settings. */
  readonly instrument: Instrument
  readonly columns: Columns
  /** Bars `[from, to)` are traded; those before `from` only warm the features. */
  readonly from: number
  readonly to: number
}

/** An order from its sending to its end; amounts and prices in base and quote units. */
export interface OrderRow {
  readonly intentId: string
  readonly decisionId: string
  readonly instrument: string
  readonly leg: Leg
  readonly attempt: number
  readonly side: Order["side"]
  readonly type: Order["type"]
  readonly amount: number
  readonly price: number | null
  readonly trigger: number | null
  readonly strategy: string
  readonly edge: Edge | null
  readonly sentAt: number
  readonly venueOrderId: string | null
  readonly status: OrderStatus
  readonly filled: number
  /** Amount-weighted mean of its fills, null without one. */
  readonly averagePrice: number | null
  readonly fee: number
  readonly slippage: number
  /** Venue time of the last fill, cancel or refusal; null while it works. */
  readonly endedAt: number | null
  /** Why it was refused or canceled, in the venue's words. */
  readonly words: string | null
}

/** The account at a day's last bar or right after a fill. */
export interface EquityPoint {
  readonly at: number
  readonly kind: "day" | "fill"
  readonly cash: number
  /** Value of all that is held at the newest closes (negative when short). */
  readonly held: number
  readonly equity: number
  readonly hold: number
}

/** Where the decisions of one instrument went. */
export interface SeriesFunnel {
  readonly instrument: string
  readonly decisions: number
  readonly outcomes: Readonly<Partial<Record<DecisionReason, number>>>
  readonly strategies: ReadonlyArray<{ readonly strategy: string } & StrategyCounts>
}

/** Equity and buy-and-hold over the run, thinned to what a page draws, each stretch's extremes kept. */
export interface Curve {
  /** UTC milliseconds. */
  readonly at: ReadonlyArray<number>
  readonly equity: ReadonlyArray<number>
  readonly hold: ReadonlyArray<number>
}

export interface BacktestResult {
  /** sha256 of canonical JSON {trades, rolling hash, daily equity} (decisions 31). */
  readonly fingerprint: string
  /** One a series, in order. */
  readonly rollingHashes: ReadonlyArray<string>
  readonly ledger: Ledger
  readonly orders: ReadonlyArray<OrderRow>
  readonly equity: ReadonlyArray<EquityPoint>
  readonly curve: Curve
  readonly funnels: ReadonlyArray<SeriesFunnel>
  /** Entries sized by the bootstrap because closed trades showed no edge (decisions 21). */
  readonly entriesWithoutEdge: number
}
