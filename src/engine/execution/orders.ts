/**
 * The books' orders and their status moves, by the one table (reliability 6.1).
 * In: journaled sendings and the venue's answers. Out: working and retired orders; an illegal move is a defect (I25).
 * Apart from settle.ts because protection and decide ask the same questions of working orders.
 */
import type { Base } from "../../domain/money.ts"
import type { Leg, Order } from "../../domain/Order.ts"
import { isUnresolved, isWorking, nextStatus } from "../../domain/orderStatus.ts"
import type { OrderEvent, OrderStatus } from "../../domain/orderStatus.ts"
import { invariant } from "../invariant.ts"
import { RETIRED_KEPT } from "../portfolio/Books.ts"
import type { Books } from "../portfolio/Books.ts"
import type { OrderState } from "../portfolio/OrderState.ts"

/** Registers an order as Sending; false when its intent is known already. */
export const registerOrder = (books: Books, order: Order): boolean => {
  if (books.working.has(order.intentId) || books.retired.has(order.intentId)) return false
  books.working.set(order.intentId, { order, status: "Sending", filled: 0 as Base, tradeIds: [] })
  return true
}

/** The order of an intent; one that was never journaled is a defect, since nothing is sent before it is written (I1). */
export const orderOf = (books: Books, intentId: string): OrderState => {
  const state = books.working.get(intentId) ?? books.retired.get(intentId)
  invariant(state !== undefined, `an answer belongs to a journaled intent, not ${intentId}`)
  return state
}

/** Moves an order; true when its status changed. The same answer twice changes nothing. */
export const moveOrder = (books: Books, state: OrderState, event: OrderEvent): boolean => {
  if (REPEATS[event] === state.status) return false
  const next = nextStatus(state.status, event)
  invariant(next !== undefined, `${event} may not follow ${state.status} (${state.order.intentId})`)
  if (next === "ignore") return false
  const worked = isWorking(state.status)
  state.status = next
  if (isWorking(next) !== worked) place(books, state)
  return true
}

/** A venue's report proves that it took the order, even if its answer never came. */
export const proveAccepted = (books: Books, state: OrderState): void => {
  if (isUnresolved(state.status)) moveOrder(books, state, "Ack")
}

/** True while an order of that purpose may or may not be at the venue. */
export const hasUnresolved = (books: Books, purpose: Order["purpose"]): boolean => {
  for (const state of books.working.values()) {
    if (state.order.purpose === purpose && isUnresolved(state.status)) return true
  }
  return false
}

/** Unfilled amount of working orders of a leg, of one decision or of all (null); unresolved ones count. */
export const amountWorking = (books: Books, leg: Leg, decisionId: string | null): number => {
  let sum = 0
  for (const { filled, order } of books.working.values()) {
    if (order.leg === leg && (decisionId === null || order.decisionId === decisionId)) {
      sum += order.amount - filled
    }
  }
  return sum
}

/** Raises the attempts of a decision's reducing legs to the highest among the orders still known. */
export const raiseAttempts = (books: Books, decisionId: string, attempts: Record<Leg, number>): void => {
  for (const orders of [books.working, books.retired]) {
    for (const { order } of orders.values()) {
      if (order.decisionId !== decisionId || order.leg === "entry") continue
      if (order.attempt > attempts[order.leg]) attempts[order.leg] = order.attempt
    }
  }
}

const REPEATS: Readonly<Partial<Record<OrderEvent, OrderStatus>>> = {
  Refuse: "Refused",
  Expire: "Expired",
  Absent: "Absent"
}

const place = (books: Books, state: OrderState): void => {
  const { intentId } = state.order
  if (isWorking(state.status)) {
    books.retired.delete(intentId)
    books.working.set(intentId, state)
    return
  }
  books.working.delete(intentId)
  books.retired.set(intentId, state)
  if (books.retired.size <= RETIRED_KEPT) return
  const oldest = books.retired.keys().next()
  if (oldest.done !== true) books.retired.delete(oldest.value)
}
