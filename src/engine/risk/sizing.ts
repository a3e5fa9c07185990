/**
 * The amount of an entry: the smallest of edge size, stop-distance size and cap, in lots (decisions 21, 22).
 * In: equity, prices, edge, score, factors, exposure. Out: an amount, or why there is none.
 * Pure numbers, no books: every quantity that may move the size is a named argument (P-42).
 */
import type { Instrument } from "../../domain/Instrument.ts"
import { mulDiv, notional, powerOfTen, toStep } from "../../domain/money.ts"
import type { Base, Price, Quote } from "../../domain/money.ts"
import type { EdgeFound } from "./kelly.ts"

export interface SizingInputs {
  readonly instrument: Instrument
  readonly equity: Quote
  /** Expected fill price and distance to the stop, both scaled prices. */
  readonly reference: Price
  readonly stopDistance: Price
  readonly edge: EdgeFound
  /** With real money an edge of `none` sizes nothing. */
  readonly realMoney: boolean
  /** The ballot's score s, multiplied in once. */
  readonly score: number
  /** Product of the rules-only, reduced and recovery factors that apply. */
  readonly factor: number
  /** Share of equity a position may take, and what is at work already. */
  readonly maxPosition: number
  readonly exposure: Quote
  /** Share of equity that may be lost at the stop. */
  readonly riskPerTrade: number
}

export type Sized =
  | { readonly _tag: "Sized"; readonly amount: Base; readonly raisedToMinimum: boolean }
  | {
    readonly _tag: "Unsized"
    readonly reason: "exposure" | "belowMinimumAmount" | "noEdge"
    readonly value: number
    readonly limit: number
  }

/** Values of a refusal: quote room left (exposure), base amount wanted (belowMinimumAmount), Kelly's trades (noEdge). */
export const sizeEntry = (inputs: SizingInputs): Sized => {
  const { edge, equity, instrument, maxPosition, realMoney, reference } = inputs
  const room = Math.floor(equity * maxPosition) - inputs.exposure
  if (room <= 0) return { _tag: "Unsized", reason: "exposure", value: room, limit: 0 }
  if (edge.edge === "none" && realMoney) {
    return { _tag: "Unsized", reason: "noEdge", value: edge.trades, limit: 0 }
  }
  const share = Math.min(edge.share, maxPosition) * inputs.score * inputs.factor
  const cap = amountFor(room, reference, instrument.amountScale)
  const wanted = Math.min(
    amountFor(equity * share, reference, instrument.amountScale),
    amountFor(equity * inputs.riskPerTrade, inputs.stopDistance, instrument.amountScale),
    cap
  )
  const amount = toStep(wanted, instrument.lot, "down") as Base
  if (amount >= instrument.minAmount) return { _tag: "Sized", amount, raisedToMinimum: false }
  if (instrument.minAmount <= cap) {
    return { _tag: "Sized", amount: instrument.minAmount, raisedToMinimum: true }
  }
  return { _tag: "Unsized", reason: "belowMinimumAmount", value: wanted, limit: instrument.minAmount }
}

/** The smallest equity whose cap allows the venue's minimum amount at that price: what the start names when there is less. */
export const capitalNeeded = (instrument: Instrument, reference: Price, maxPosition: number): Quote =>
  Math.ceil(notional(instrument.minAmount, reference, instrument.amountScale, "ceil") / maxPosition) as Quote

// Base amount bought by `money` at `each` quote units a base unit, rounded down; saturates far above any order.
const amountFor = (money: number, each: Price, amountScale: number): number => {
  const scale = powerOfTen(amountScale)
  const whole = Math.max(0, Math.floor(money))
  if (whole / each >= Number.MAX_SAFE_INTEGER / scale / 2) return Number.MAX_SAFE_INTEGER
  return mulDiv(whole, scale, each, "floor")
}
