/**
 * What the exchange says at the door: an order it can work, or the proof that it cannot.
 * In: an order, the books, the newest price. Out: a code and words, or nothing when the order may come in.
 * Pure; the venue's own rules, checked although risk has checked them already.
 */
import { toPrice } from "../domain/money.ts"
import type { Price } from "../domain/money.ts"
import type { ApprovedOrder } from "../domain/Order.ts"
import { slipped } from "./bar.ts"
import { costOf, tradeValue } from "./charges.ts"
import type { Exchange } from "./ExchangeState.ts"
import { cashOf, positionOf } from "./ledger.ts"

/** Why an order is refused: a stable code, and a sentence for people. */
interface Refusal {
  readonly code: string
  readonly words: string
}

/** The first rule the order breaks, or undefined. */
const refusalOf = (exchange: Exchange, order: ApprovedOrder): Refusal | undefined =>
  refuseDuplicate(exchange, order) ?? refuseShape(exchange, order) ?? refuseAmount(exchange, order) ??
    refuseFunds(exchange, order)

/** True when filling the order would bring the position nearer to zero. */
const reduces = (position: number, side: "buy" | "sell"): boolean =>
  side === "sell" ? position > 0 : position < 0

/**
 * Quote money that a fill at `at` may use. Spot: the cash; margin: the equity, with this market at that price. Less what
 * the account's other markets have pledged or hold, so that no market spends what another was promised.
 */
const spendable = (exchange: Exchange, at: Price): number => {
  const isSpot = exchange.options.account === "spot"
  let money = cashOf(exchange.ledger) + (isSpot ? 0 : worthOf(exchange, at))
  for (const other of exchange.others) {
    money -= isSpot ? pledgedCash(other) : atWork(other) - worthOf(other, lastOf(other))
  }
  return money
}

// Signed quote worth of the position.
const worthOf = (exchange: Exchange, at: Price): number => {
  const position = positionOf(exchange.ledger)
  const worth = tradeValue(exchange.options.instrument, Math.abs(position), at)
  return position < 0 ? -worth : worth
}

// Size of the position at the newest price, and whatever working entries may add to it.
const atWork = (exchange: Exchange): number =>
  Math.abs(worthOf(exchange, lastOf(exchange))) + pledgedCash(exchange)

// Most that working entries may cost; in spot only buys take money.
const pledgedCash = (exchange: Exchange): number => {
  const isSpot = exchange.options.account === "spot"
  let sum = 0
  for (const { order, remaining } of exchange.working) {
    if (!order.reduceOnly && (order.side === "buy" || !isSpot)) sum += worstCost(exchange, order, remaining)
  }
  return sum
}

const lastOf = (exchange: Exchange): Price =>
  toPrice(exchange.lastPrice, exchange.options.instrument.priceScale)

const refuse = (code: string, words: string): Refusal => ({ code, words })

const refuseDuplicate = (exchange: Exchange, order: ApprovedOrder): Refusal | undefined =>
  exchange.accepted.has(order.intentId)
    ? refuse("DuplicateClientOrderId", `an order ${order.intentId} was accepted before`)
    : undefined

const refuseShape = (exchange: Exchange, order: ApprovedOrder): Refusal | undefined => {
  const { instrument } = exchange.options
  if (order.instrument !== instrument.id) {
    return refuse("UnknownInstrument", `${order.instrument} is not traded here`)
  }
  if ((order.price !== null) !== (order.type === "limit")) {
    return refuse("InvalidPrice", "a limit order, and no other, has a price")
  }
  if ((order.trigger !== null) !== (order.type === "stop")) {
    return refuse("InvalidPrice", "a stop order, and no other, has a trigger")
  }
  const at = order.price ?? order.trigger
  if (at !== null && !(Number.isSafeInteger(at) && at > 0)) return refuse("InvalidPrice", `${at} is no price`)
  if (at !== null && at % instrument.tick !== 0) {
    return refuse("OffTick", `${at} is no multiple of the tick ${instrument.tick}`)
  }
  if (order.postOnly && order.type !== "limit") {
    return refuse("InvalidPostOnly", "only a limit order can be post-only")
  }
  return undefined
}

const refuseAmount = (exchange: Exchange, order: ApprovedOrder): Refusal | undefined => {
  const { instrument } = exchange.options
  const { amount } = order
  if (!(Number.isSafeInteger(amount) && amount > 0)) return refuse("InvalidAmount", `${amount} is no amount`)
  if (amount % instrument.lot !== 0) {
    return refuse("OffLot", `${amount} is no multiple of the lot ${instrument.lot}`)
  }
  if (amount >= instrument.minAmount) return undefined
  // What a partial fill left below the minimum can still be closed.
  const closesAll = order.reduceOnly && amount === Math.abs(positionOf(exchange.ledger))
  return closesAll
    ? undefined
    : refuse("BelowMinimum", `${amount} is below the minimum ${instrument.minAmount}`)
}

const refuseFunds = (exchange: Exchange, order: ApprovedOrder): Refusal | undefined => {
  const { account } = exchange.options
  const position = positionOf(exchange.ledger)
  if (order.reduceOnly) {
    return reduces(position, order.side)
      ? undefined
      : refuse("NothingToReduce", `a ${order.side} reduces no position`)
  }
  if (!(exchange.lastPrice > 0)) return refuse("NoMarket", "no price was seen yet")
  if (account === "spot" && order.side === "sell") {
    const free = position - pledged(exchange, "sell")
    return order.amount <= free
      ? undefined
      : refuse("InsufficientFunds", `${order.amount} is more than the free ${free}`)
  }
  if (account === "spot") {
    const free = spendable(exchange, lastOf(exchange)) - pledgedCash(exchange)
    const cost = worstCost(exchange, order, order.amount)
    return cost <= free ? undefined : refuse("InsufficientFunds", `it costs up to ${cost}, free is ${free}`)
  }
  const equity = spendable(exchange, lastOf(exchange))
  const together = order.amount + pledged(exchange, order.side)
  const after = Math.abs(order.side === "buy" ? position + together : position - together)
  if (after < Math.abs(position)) return undefined
  const cost = worstCost(exchange, order, after)
  return cost <= equity
    ? undefined
    : refuse("InsufficientFunds", `a position of up to ${cost} exceeds the equity ${equity}`)
}

// Base units that working orders of that side may still add.
const pledged = (exchange: Exchange, side: "buy" | "sell"): number => {
  let sum = 0
  for (const working of exchange.working) {
    if (working.order.side === side && !working.order.reduceOnly) sum += working.remaining
  }
  return sum
}

const worstCost = (exchange: Exchange, order: ApprovedOrder, amount: number): number => {
  const { instrument, slippage } = exchange.options
  const last = lastOf(exchange)
  const from = order.trigger === null ? last : Math.max(order.trigger, last) as Price
  const at = order.price ?? slipped(from, order.side, slippage, instrument.tick)
  return costOf(
    instrument,
    amount,
    at,
    Math.max(instrument.takerFee, instrument.makerFee) as typeof instrument.takerFee
  )
}

export { reduces, refusalOf, spendable }
export type { Refusal }
