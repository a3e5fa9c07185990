/**
 * One position as a fold of fills: exact integers, averages only for people.
 * In: fills with the order they belong to. Out: the position grown, shrunk, closed (a ClosedTrade) or turned round.
 * Apart from Books so that the arithmetic of a fill stands on one page; called by settle.ts only.
 */
import type { Instrument } from "../../domain/Instrument.ts"
import { mulDiv, toFloat } from "../../domain/money.ts"
import type { Base, Price, Quote } from "../../domain/money.ts"
import type { Edge, Leg, Order } from "../../domain/Order.ts"
import { invariant } from "../invariant.ts"
import type { ClosedTrade } from "./ClosedTrade.ts"

export interface Position {
  readonly side: "long" | "short"
  /** The entry decision whose plan protects it, with its attribution. */
  decisionId: string
  strategy: string
  edge: Edge | null
  /** From the entry order; null when a fill went past zero on an order that planned no stop. */
  plannedStop: Price | null
  plannedTarget: Price | null
  readonly openedAt: number
  readonly openedBar: number
  /** Open amount, positive, and the entry notional it still carries. */
  amount: Base
  cost: Quote
  /** Sums over the life of the position. */
  enteredAmount: Base
  enteredCost: Quote
  exitedProceeds: Quote
  fees: Quote
  interest: Quote
  /** Highest attempt journaled and refusals received, a leg, for `decisionId`. */
  attempts: Record<Leg, number>
  refusals: Record<Leg, number>
  /** Bar count at the newest of those refusals, -1 before. */
  refusedBar: number
}

/** A fill as settle hands it on: `value` is the exact notional that moved. */
export interface PositionFill {
  readonly side: "buy" | "sell"
  readonly amount: Base
  readonly value: Quote
  readonly fee: Quote
  readonly at: number
  /** Bars closed so far. */
  readonly bar: number
  /** Trades that the account closed before: numbers the one that this fill closes. */
  readonly closedCount: number
  readonly order: Order
}

export interface PositionMove {
  readonly position: Position | null
  readonly closed: ClosedTrade | null
}

/** Applies one fill. Same direction grows and takes over the newer plan; opposite shrinks; beyond zero closes and reopens. */
export const applyFill = (
  position: Position | null,
  fill: PositionFill,
  instrument: Instrument
): PositionMove => {
  if (position === null) return { position: open(fill), closed: null }
  const grows = (position.side === "long") === (fill.side === "buy")
  if (grows) {
    grow(position, fill)
    return { position, closed: null }
  }
  if (fill.amount <= position.amount) {
    shrink(position, fill)
    return position.amount > 0
      ? { position, closed: null }
      : { position: null, closed: close(position, fill, instrument) }
  }
  const part = split(fill, position.amount)
  shrink(position, part.inside)
  return { position: open(part.beyond), closed: close(position, part.inside, instrument) }
}

const noLegs = (): Record<Leg, number> => ({ entry: 0, exit: 0, stop: 0, target: 0 })

const open = (fill: PositionFill): Position => ({
  side: fill.side === "buy" ? "long" : "short",
  decisionId: fill.order.decisionId,
  strategy: fill.order.strategy,
  edge: fill.order.edge,
  plannedStop: fill.order.plannedStop,
  plannedTarget: fill.order.plannedTarget,
  openedAt: fill.at,
  openedBar: fill.bar,
  amount: fill.amount,
  cost: fill.value,
  enteredAmount: fill.amount,
  enteredCost: fill.value,
  exitedProceeds: 0 as Quote,
  fees: fill.fee,
  interest: 0 as Quote,
  attempts: noLegs(),
  refusals: noLegs(),
  refusedBar: -1
})

const grow = (position: Position, fill: PositionFill): void => {
  position.amount = (position.amount + fill.amount) as Base
  position.cost = (position.cost + fill.value) as Quote
  position.enteredAmount = (position.enteredAmount + fill.amount) as Base
  position.enteredCost = (position.enteredCost + fill.value) as Quote
  position.fees = (position.fees + fill.fee) as Quote
  if (fill.order.decisionId === position.decisionId) return
  // A remainder too small to close is absorbed by the next entry, whose plan protects the whole.
  position.decisionId = fill.order.decisionId
  position.strategy = fill.order.strategy
  position.edge = fill.order.edge
  position.plannedStop = fill.order.plannedStop
  position.plannedTarget = fill.order.plannedTarget
  position.attempts = noLegs()
  position.refusals = noLegs()
}

const shrink = (position: Position, fill: PositionFill): void => {
  const share = mulDiv(position.cost, fill.amount, position.amount, "halfAway")
  position.cost = (position.cost - share) as Quote
  position.amount = (position.amount - fill.amount) as Base
  position.exitedProceeds = (position.exitedProceeds + fill.value) as Quote
  position.fees = (position.fees + fill.fee) as Quote
}

const close = (position: Position, fill: PositionFill, instrument: Instrument): ClosedTrade => {
  invariant(position.cost === 0, "a closed position carries no cost")
  const gross = position.side === "long"
    ? position.exitedProceeds - position.enteredCost
    : position.enteredCost - position.exitedProceeds
  const amount = toFloat(position.enteredAmount, instrument.amountScale)
  const leg = fill.order.leg
  return {
    id: `${position.decisionId}#${fill.closedCount + 1}`,
    decisionId: position.decisionId,
    exitIntentId: fill.order.intentId,
    instrument: instrument.id,
    strategy: position.strategy,
    edge: position.edge,
    side: position.side,
    entryTime: position.openedAt,
    exitTime: fill.at,
    entryPrice: toFloat(position.enteredCost, instrument.priceScale) / amount,
    exitPrice: toFloat(position.exitedProceeds, instrument.priceScale) / amount,
    amount: position.enteredAmount,
    cost: position.enteredCost,
    proceeds: position.exitedProceeds,
    fees: position.fees,
    interest: position.interest,
    pnl: (gross - position.fees - position.interest) as Quote,
    barsHeld: fill.bar - position.openedBar,
    exitLeg: leg === "stop" || leg === "target" ? leg : "exit"
  }
}

const split = (
  fill: PositionFill,
  amount: Base
): { readonly inside: PositionFill; readonly beyond: PositionFill } => {
  const value = mulDiv(fill.value, amount, fill.amount, "halfAway") as Quote
  const fee = mulDiv(fill.fee, amount, fill.amount, "halfAway") as Quote
  return {
    inside: { ...fill, amount, value, fee },
    beyond: {
      ...fill,
      amount: (fill.amount - amount) as Base,
      value: (fill.value - value) as Quote,
      fee: (fill.fee - fee) as Quote
    }
  }
}
