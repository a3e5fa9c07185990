/**
 * Orders before and after the wire: intents, approval as a type, and the venue's three answers.
 * In: what risk planned. Out: plain objects; a hold cannot be written as one (L-3), a ratio is no amount (L-4).
 * Approval is a brand that only engine/risk/verdict.ts applies; Venue.submit accepts nothing else.
 */
import { Schema } from "effect"
import type { Base, Price, Quote } from "./money.ts"
import { Side } from "./Vote.ts"

const baseAmount = Schema.Int as unknown as Schema.Codec<Base, number>
const quoteAmount = Schema.Int as unknown as Schema.Codec<Quote, number>
const priceAmount = Schema.Int as unknown as Schema.Codec<Price, number>

export const Purpose = Schema.Literals(["entry", "exit", "protect"])
export type Purpose = typeof Purpose.Type

/** The part an order plays for its decision; `stop` and `target` protect, `UNIQUE(decisionId, leg, attempt)`. */
export const Leg = Schema.Literals(["entry", "exit", "stop", "target"])
export type Leg = typeof Leg.Type

/** What risk knew of its edge when it sized: `bootstrap` = too few trades for Kelly, `none` = Kelly says no edge. */
export const Edge = Schema.Literals(["bootstrap", "kelly", "none"])
export type Edge = typeof Edge.Type

export const Order = Schema.Struct({
  /** `decisionId#leg.attempt`: deterministic, unique, never reused. */
  intentId: Schema.String,
  decisionId: Schema.String,
  instrument: Schema.String,
  leg: Leg,
  purpose: Purpose,
  /** 1 for the first try of a leg. */
  attempt: Schema.Int,
  side: Side,
  type: Schema.Literals(["market", "limit", "stop"]),
  /** Base amount, a positive multiple of the lot. */
  amount: baseAmount,
  /** Limit price, null unless `limit`. */
  price: Schema.NullOr(priceAmount),
  /** Trigger price, null unless `stop`. */
  trigger: Schema.NullOr(priceAmount),
  /** May only shrink the position; the venue caps or cancels it. True for exit and protect. */
  reduceOnly: Schema.Boolean,
  postOnly: Schema.Boolean,
  /** Market time after which the order must not be sent. */
  validUntil: Schema.Int,
  /** Where the entry wants its stop and target; null on other legs. */
  plannedStop: Schema.NullOr(priceAmount),
  plannedTarget: Schema.NullOr(priceAmount),
  /** The strategy whose stop and target these are (L-8). */
  strategy: Schema.String,
  edge: Schema.NullOr(Edge)
})
export type Order = typeof Order.Type

declare const approval: unique symbol
/** An order that passed risk (or is protection, which may always be sent). */
export type ApprovedOrder = Order & { readonly [approval]: true }

/** The three answers of a venue; only proof refuses, everything unclear is Unknown (decisions 35). */
export type SubmitOutcome =
  | { readonly _tag: "Accepted"; readonly venueOrderId: string }
  | { readonly _tag: "Refused"; readonly code: string; readonly words: string }
  | { readonly _tag: "Unknown"; readonly words: string }

/** What a venue reports about an order or the account after it accepted, in its own order (`reportSeq` from 1). */
export const VenueReport = Schema.Union([
  Schema.TaggedStruct("Filled", {
    reportSeq: Schema.Int,
    at: Schema.Int,
    venueOrderId: Schema.String,
    intentId: Schema.String,
    tradeId: Schema.String,
    side: Side,
    amount: baseAmount,
    price: priceAmount,
    fee: quoteAmount,
    liquidity: Schema.Literals(["maker", "taker"]),
    /** True when this fill completes the order. */
    complete: Schema.Boolean
  }),
  Schema.TaggedStruct("Canceled", {
    reportSeq: Schema.Int,
    at: Schema.Int,
    venueOrderId: Schema.String,
    intentId: Schema.String,
    /** Base amount that never filled. */
    remaining: baseAmount,
    words: Schema.String
  }),
  Schema.TaggedStruct("InterestCharged", { reportSeq: Schema.Int, at: Schema.Int, amount: quoteAmount })
])
export type VenueReport = typeof VenueReport.Type

/** What the venue itself says of an account: the other party's books, for reconciliation. */
export interface VenueAccount {
  readonly quote: Quote
  readonly base: Base
  readonly orders: ReadonlyArray<
    { readonly intentId: string; readonly venueOrderId: string; readonly remaining: Base }
  >
  readonly lastReportSeq: number
}
