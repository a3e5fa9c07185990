/**
 * Protection as a level, not an edge: looks at the books and names the next order that a position lacks, if any.
 * In: the books, market time. Out: a stop, then a target, then nothing; a market exit where no stop can stand.
 * Asked again after every change until it answers null, so a crash between two legs heals by asking again (C48, I16).
 */
import { toStep } from "../../domain/money.ts"
import type { Base, Price } from "../../domain/money.ts"
import type { ApprovedOrder } from "../../domain/Order.ts"
import { isUnresolved } from "../../domain/orderStatus.ts"
import { closableOf } from "../portfolio/Books.ts"
import type { Books } from "../portfolio/Books.ts"
import type { Position } from "../portfolio/position.ts"
import { approveReduction } from "../risk/verdict.ts"
import { amountWorking, hasUnresolved } from "./orders.ts"
import { reducingOrder } from "./plan.ts"

/** Refusals of one leg after which it is given up: a stop becomes a market exit, a target is left out. */
const PATIENCE = 3

/**
 * The next protective order, null when nothing is to be done now: flat or dust, covered, or an answer is awaited
 * (at most one unresolved order a purpose, decisions 5). A position without a planned stop, or whose stop was refused three
 * times, leaves at market, from then on at most once a bar.
 */
export const nextProtection = (books: Books, now: number): ApprovedOrder | null => {
  const { position } = books
  const amount = closableOf(books)
  if (position === null || amount === 0 || hasUnresolved(books, "protect")) return null
  const stopless = missing(books, amount - amountWorking(books, "stop", position.decisionId))
  if (stopless > 0) {
    if (position.plannedStop === null || position.refusals.stop >= PATIENCE) {
      return flatten(books, position, amount, now)
    }
    return leg(books, position, "stop", stopless, position.plannedStop, now)
  }
  if (position.plannedTarget === null || position.refusals.target >= PATIENCE) return null
  const targetless = missing(books, amount - amountWorking(books, "target", position.decisionId))
  return targetless > 0 ? leg(books, position, "target", targetless, position.plannedTarget, now) : null
}

/** Covered: accepted stops, or accepted market exits, reach the whole position but dust. */
export const protectionState = (books: Books): "flat" | "covered" | "uncovered" => {
  const { position } = books
  const amount = closableOf(books)
  if (position === null || amount === 0) return "flat"
  let stops = 0
  let exits = 0
  for (const { filled, order, status } of books.working.values()) {
    if (isUnresolved(status)) continue
    if (order.leg === "stop" && order.decisionId === position.decisionId) stops += order.amount - filled
    if (order.leg === "exit") exits += order.amount - filled
  }
  return missing(books, amount - Math.max(stops, exits)) === 0 ? "covered" : "uncovered"
}

// What an order can still add: whole lots, nothing below the venue's minimum.
const missing = (books: Books, amount: number): Base => {
  const lots = toStep(Math.max(0, amount), books.instrument.lot, "down") as Base
  return lots < books.instrument.minAmount ? (0 as Base) : lots
}

const flatten = (books: Books, position: Position, amount: Base, now: number): ApprovedOrder | null => {
  if (hasUnresolved(books, "exit")) return null
  if (position.refusals.exit >= PATIENCE && position.refusedBar === books.bars) return null
  const rest = missing(books, amount - amountWorking(books, "exit", null))
  return rest > 0 ? leg(books, position, "exit", rest, null, now) : null
}

const leg = (
  books: Books,
  position: Position,
  name: "exit" | "stop" | "target",
  amount: Base,
  at: Price | null,
  now: number
): ApprovedOrder =>
  approveReduction(
    reducingOrder({
      decisionId: position.decisionId,
      instrument: books.instrument,
      leg: name,
      attempt: position.attempts[name] + 1,
      held: position.side,
      amount,
      at,
      strategy: position.strategy,
      validUntil: now + books.baseMillis
    }),
    position,
    books.instrument
  )
