/**
 * The narrow gate: the one place where an order becomes an ApprovedOrder.
 * In: an order with the checks it passed, or a reducing order with the position it shrinks. Out: the branded order.
 * Nothing else in the project casts to the brand; Venue.submit accepts nothing else (L-1, L-3, L-4).
 */
import type { Check } from "../../domain/Decision.ts"
import type { Instrument } from "../../domain/Instrument.ts"
import type { Base } from "../../domain/money.ts"
import type { ApprovedOrder, Order } from "../../domain/Order.ts"
import { intentIdOf } from "../execution/plan.ts"
import { invariant } from "../invariant.ts"

/** Approves an entry that no check refused. */
export const approveEntry = (
  order: Order,
  checks: ReadonlyArray<Check>,
  instrument: Instrument
): ApprovedOrder => {
  invariant(
    order.leg === "entry" && order.purpose === "entry" && !order.reduceOnly,
    "an approved entry is an entry"
  )
  invariant(
    checks.length > 0 && checks.every((check) => check.verdict !== "refuse"),
    "an approved entry passed every check"
  )
  invariant(
    order.plannedStop !== null && order.plannedTarget !== null,
    "an approved entry has planned its protection"
  )
  invariant(
    order.plannedStop < order.plannedTarget === (order.side === "buy"),
    "stop and target stand on either side of an entry"
  )
  return approve(order, instrument)
}

/** Approves an exit or a protection leg: always allowed, as long as it only shrinks what is held (C2, P-20). */
export const approveReduction = (
  order: Order,
  held: { readonly side: "long" | "short"; readonly amount: Base },
  instrument: Instrument
): ApprovedOrder => {
  invariant(
    order.leg !== "entry" && order.purpose !== "entry" && order.reduceOnly,
    "a reduction may only reduce"
  )
  invariant(
    order.side === (held.side === "long" ? "sell" : "buy"),
    "a reduction is of the opposite side of its position"
  )
  invariant(order.amount <= held.amount, "a reduction never exceeds the position")
  return approve(order, instrument)
}

/** Takes an order back from the journal: only approved orders were ever written there as Sending. */
export const approvedOf = (journaled: Order): ApprovedOrder => journaled as ApprovedOrder

/** The same approved leg under its next attempt number, after proof that the last one never reached the venue (C3). */
export const approvedAgain = (absent: Order): ApprovedOrder => {
  const attempt = absent.attempt + 1
  return { ...absent, attempt, intentId: intentIdOf(absent.decisionId, absent.leg, attempt) } as ApprovedOrder
}

const approve = (order: Order, instrument: Instrument): ApprovedOrder => {
  invariant(order.instrument === instrument.id, "an order is of the instrument that was judged")
  invariant(order.amount >= instrument.minAmount, "an order is at least the venue's minimum")
  invariant(order.amount % instrument.lot === 0, "an order is a whole number of lots")
  invariant((order.type === "limit") === (order.price !== null), "a limit order, and only it, has a price")
  invariant((order.type === "stop") === (order.trigger !== null), "a stop order, and only it, has a trigger")
  return order as ApprovedOrder
}
