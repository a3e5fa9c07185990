/**
 * A position from its first entry fill to flat: the unit in which results are counted (L-7, L-44).
 * In: made by position.ts when a position closes. Out: read by Kelly, protections, reports and screens.
 * Types only.
 */
import type { Instrument } from "../../domain/Instrument.ts"
import type { Base, Quote } from "../../domain/money.ts"
import type { Edge } from "../../domain/Order.ts"

export interface ClosedTrade {
  /** `decisionId#n`, n counting closed trades of these books from 1: unique even when a late fill reopens. */
  readonly id: string
  /** The decision that entered, and the intent whose fill closed. */
  readonly decisionId: string
  readonly exitIntentId: string
  readonly instrument: Instrument["id"]
  /** The strategy that wanted the entry (L-8). */
  readonly strategy: string
  readonly edge: Edge | null
  readonly side: "long" | "short"
  /** Venue time of the first entry fill and of the last exit fill, UTC milliseconds. */
  readonly entryTime: number
  readonly exitTime: number
  /** Amount-weighted means in quote units, for people; the integers below are the truth. */
  readonly entryPrice: number
  readonly exitPrice: number
  /** Base amount entered, equal to the amount exited. */
  readonly amount: Base
  /** Notional of the entry fills and of the exit fills, whichever side. */
  readonly cost: Quote
  readonly proceeds: Quote
  /** Fees of all fills, each counted once as the venue reported it (P-48). */
  readonly fees: Quote
  readonly interest: Quote
  /** Long: proceeds - cost - fees - interest; short: cost - proceeds - fees - interest. Exact. */
  readonly pnl: Quote
  /** Bars closed between entry and exit. */
  readonly barsHeld: number
  /** What closed it; `exit` for a strategy's, an operator's or an emergency exit. */
  readonly exitLeg: "stop" | "target" | "exit"
}
