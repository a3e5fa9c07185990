/**
 * The order book of a run as rows: every order from its sending to its end.
 * In: ledger events in the order in which they are folded, and the bar they fell into. Out: one OrderRow an order.
 * Apart from the books, which forget an order soon after it ended; grows with orders, never with bars.
 */
import type { ClosedBar } from "../../domain/Candle.ts"
import type { JournalEvent } from "../../domain/Event.ts"
import type { Instrument } from "../../domain/Instrument.ts"
import { toFloat } from "../../domain/money.ts"
import type { Base, Price } from "../../domain/money.ts"
import type { Order, VenueReport } from "../../domain/Order.ts"
import { nextStatus } from "../../domain/orderStatus.ts"
import type { OrderEvent, OrderStatus } from "../../domain/orderStatus.ts"
import { invariant } from "../../engine/invariant.ts"
import type { OrderRow } from "../Result.ts"

type Filled = Extract<VenueReport, { readonly _tag: "Filled" }>

/** What one fill cost beyond the market's own price; scaled quote money is left to the books. */
export interface FillFacts {
  readonly order: Order
  readonly report: Filled
  /** Amount x price, quote units. */
  readonly value: number
  /** Against the price at which the market stood: the bar's open, a stop's trigger; never below 0. */
  readonly slippage: number
}

interface Open {
  readonly order: Order
  readonly at: number
  status: OrderStatus
  venueOrderId: string | null
  filled: number
  value: number
  fee: number
  slippage: number
  endedAt: number | null
  words: string | null
}

export interface OrderTape {
  readonly rows: Map<string, Open>
  readonly instrument: Instrument
}

export const makeOrderTape = (instrument: Instrument): OrderTape => ({ rows: new Map(), instrument })

/** Writes one event down; the facts of a fill when it is one. */
export const tapeOrder = (
  tape: OrderTape,
  event: JournalEvent,
  instant: number,
  bar: ClosedBar
): FillFacts | null => {
  switch (event._tag) {
    case "OrderSending":
      tape.rows.set(event.order.intentId, {
        order: event.order,
        at: instant,
        status: "Sending",
        venueOrderId: null,
        filled: 0,
        value: 0,
        fee: 0,
        slippage: 0,
        endedAt: null,
        words: null
      })
      return null
    case "OrderAccepted": {
      const row = moved(tape, event.intentId, "Ack")
      row.venueOrderId = event.venueOrderId
      return null
    }
    case "OrderRefused": {
      const row = moved(tape, event.intentId, "Refuse")
      row.endedAt = instant
      row.words = event.words
      return null
    }
    case "VenueReported":
      return report(tape, event.report, bar)
    default:
      return null
  }
}

const report = (tape: OrderTape, what: VenueReport, bar: ClosedBar): FillFacts | null => {
  if (what._tag === "InterestCharged") return null
  if (what._tag === "Canceled") {
    const row = moved(tape, what.intentId, "CancelAck")
    row.endedAt = what.at
    row.words = what.words
    return null
  }
  const { amountScale, priceScale } = tape.instrument
  const row = moved(tape, what.intentId, what.complete ? "FullFill" : "PartFill")
  const amount = toFloat(what.amount, amountScale)
  const price = toFloat(what.price, priceScale)
  const against = (price - marketPrice(row.order, what, bar, priceScale)) * (what.side === "buy" ? 1 : -1)
  const slippage = what.liquidity === "taker" ? Math.max(0, against) * amount : 0
  row.filled += what.amount
  row.value += amount * price
  row.fee += what.fee
  row.slippage += slippage
  if (what.complete) row.endedAt = what.at
  return { order: row.order, report: what, value: amount * price, slippage }
}

// A stop that was reached inside the bar stood at its trigger, everything else met the bar's open.
const marketPrice = (order: Order, what: Filled, bar: ClosedBar, priceScale: number): number =>
  order.trigger !== null && what.at !== bar.openTime ? toFloat(order.trigger, priceScale) : bar.open

const moved = (tape: OrderTape, intentId: string, event: OrderEvent): Open => {
  const row = tape.rows.get(intentId)
  invariant(row !== undefined, `an answer belongs to an order that was sent, not ${intentId}`)
  const next = nextStatus(row.status, event)
  invariant(next !== undefined, `${event} may not follow ${row.status} (${intentId})`)
  if (next !== "ignore") row.status = next
  return row
}

/** All orders in the order of their sending. */
export const orderRows = ({ instrument, rows }: OrderTape): ReadonlyArray<OrderRow> =>
  [...rows.values()].map(({ order, ...row }): OrderRow => {
    const units = (amount: Base | number): number => toFloat(amount, instrument.amountScale)
    const priced = (price: Price | null): number | null =>
      price === null ? null : toFloat(price, instrument.priceScale)
    const filled = units(row.filled)
    return {
      intentId: order.intentId,
      decisionId: order.decisionId,
      instrument: order.instrument,
      leg: order.leg,
      attempt: order.attempt,
      side: order.side,
      type: order.type,
      amount: units(order.amount),
      price: priced(order.price),
      trigger: priced(order.trigger),
      strategy: order.strategy,
      edge: order.edge,
      sentAt: row.at,
      venueOrderId: row.venueOrderId,
      status: row.status,
      filled,
      averagePrice: filled > 0 ? row.value / filled : null,
      fee: toFloat(row.fee, instrument.priceScale),
      slippage: row.slippage,
      endedAt: row.endedAt,
      words: row.words
    }
  })
