/**
 * The rules of a fill: what an order meets at a bar's open, and what inside the bar.
 * In: the exchange and a tradable bar. Out: fills and cancels, worst case first: stops before markets before limits.
 * Pure; every doubt is decided against the trader, so a result here is never better than the market was (decisions 31, P-64).
 */
import type { ClosedBar } from "../domain/Candle.ts"
import { powerOfTen } from "../domain/money.ts"
import type { Price } from "../domain/money.ts"
import type { Side } from "../domain/Vote.ts"
import { slipped } from "./bar.ts"
import type { Bar } from "./bar.ts"
import type { Exchange, WorkingOrder } from "./ExchangeState.ts"
import { cancelRest, fill } from "./fills.ts"
import type { Moment } from "./fills.ts"

/**
 * At the open: triggered and gapped stops and market orders at the open with slippage; gapped limits at the open.
 * Each pass walks all working orders: a list of the eligible ones would be made twice a bar, mostly to find that nothing fills.
 */
const matchOpen = (exchange: Exchange, bar: Bar | undefined, moment: Moment): void => {
  const { working: orders } = exchange
  if (bar !== undefined) {
    for (const working of orders) {
      if (working.order.type === "stop" && isHere(working, moment)) stopAtOpen(exchange, working, bar, moment)
    }
    for (const working of orders) {
      if (working.order.type === "market" && isHere(working, moment)) {
        take(exchange, working, bar.open, bar.room, moment)
      }
    }
    for (const working of orders) {
      if (working.order.type === "limit" && isHere(working, moment)) {
        limitAtOpen(exchange, working, bar, moment)
      }
    }
  }
  for (const working of orders) {
    if (!isHere(working, moment)) continue
    const now = working.order.type === "market" || working.triggered
    if (now && !working.order.reduceOnly) cancelRest(exchange, working, IMMEDIATE, moment)
    if (bar !== undefined) working.arrived = true
  }
  forgetFinished(exchange)
}

/** Inside the bar: stops whose price was touched, then limits whose price was passed. */
const matchInside = (exchange: Exchange, bar: Bar, moment: Moment): void => {
  const { working: orders } = exchange
  for (const working of orders) {
    if (working.order.type === "stop" && isHere(working, moment)) stopInside(exchange, working, bar, moment)
  }
  for (const working of orders) {
    if (!isHere(working, moment)) continue
    if (working.order.type === "limit") limitInside(exchange, working, bar, moment)
    if (working.order.type !== "market") working.arrived = true
  }
  forgetFinished(exchange)
}

/**
 * True when the candle proves that no working order meets anything in it: all rest, and it reaches none of their prices. Every
 * bar of a held position but two is such a bar, and then needs no integer bar and no passes. A broken candle proves nothing.
 */
const isQuiet = (exchange: Exchange, candle: ClosedBar): boolean => {
  const scale = powerOfTen(exchange.options.instrument.priceScale)
  for (const { arrived, order, triggered } of exchange.working) {
    if (!arrived || triggered || order.type === "market") return false
    // The worst the bar did to a stop, the best it did to a limit; rounded as `toPrice` rounds, NaN reaches nothing.
    const low = order.type === "stop" ? order.side === "sell" : order.side === "buy"
    const at = Math.round((low ? candle.low : candle.high) * scale) as Price
    if (
      order.type === "stop"
        ? reached(order.side, at, order.trigger as Price)
        : passed(order.side, at, order.price as Price)
    ) {
      return false
    }
  }
  return true
}

/** Whether the order has reached the venue by this bar. */
const isHere = (working: WorkingOrder, moment: Moment): boolean => working.eligibleFrom <= moment.bar

const stopAtOpen = (exchange: Exchange, working: WorkingOrder, bar: Bar, moment: Moment): void => {
  if (!working.triggered && !reached(working.order.side, bar.open, triggerOf(working))) return
  trigger(exchange, working, moment)
  take(exchange, working, bar.open, bar.room, moment)
}

// A stop that came after the open and whose price was already passed then fills at the open, the worse of the two.
const stopInside = (exchange: Exchange, working: WorkingOrder, bar: Bar, moment: Moment): void => {
  const { side } = working.order
  const at = triggerOf(working)
  if (!working.triggered && !reached(side, side === "sell" ? bar.low : bar.high, at)) return
  trigger(exchange, working, moment)
  take(exchange, working, worse(side, at, bar.open), bar.room, moment)
  if (!working.order.reduceOnly) cancelRest(exchange, working, IMMEDIATE, moment)
}

const limitAtOpen = (exchange: Exchange, working: WorkingOrder, bar: Bar, moment: Moment): void => {
  const limit = working.order.price as Price
  if (stoppedNow(exchange, working, moment) || !passed(working.order.side, bar.open, limit)) return
  if (!working.arrived) return crossing(exchange, working, bar, moment)
  const { tick } = exchange.options.instrument
  const price = bounded(working.order.side, slipped(bar.open, working.order.side, NONE, tick), limit)
  fill(exchange, working, { price, room: bar.room, liquidity: "maker" }, moment)
}

const limitInside = (exchange: Exchange, working: WorkingOrder, bar: Bar, moment: Moment): void => {
  const { side } = working.order
  const limit = working.order.price as Price
  if (stoppedNow(exchange, working, moment)) return
  if (!working.arrived && passed(side, bar.open, limit)) return crossing(exchange, working, bar, moment)
  if (!passed(side, side === "buy" ? bar.low : bar.high, limit)) return
  fill(exchange, working, { price: limit, room: bar.room, liquidity: "maker" }, moment)
}

// A limit that meets a better price on arrival takes: with slippage, but never beyond its limit; post-only goes.
const crossing = (exchange: Exchange, working: WorkingOrder, bar: Bar, moment: Moment): void => {
  if (working.order.postOnly) return cancelRest(exchange, working, "post-only: it would have taken", moment)
  const { instrument, slippage } = exchange.options
  const at = slipped(bar.open, working.order.side, slippage, instrument.tick)
  const price = bounded(working.order.side, at, working.order.price as Price)
  fill(exchange, working, { price, room: bar.room, liquidity: "taker" }, moment)
}

const take = (exchange: Exchange, working: WorkingOrder, from: Price, room: number, moment: Moment): void => {
  const { instrument, slippage } = exchange.options
  const price = slipped(from, working.order.side, slippage, instrument.tick)
  fill(exchange, working, { price, room, liquidity: "taker" }, moment)
}

// Stop and target in one bar: the stop was first, and no target fills beside it.
const trigger = (exchange: Exchange, working: WorkingOrder, moment: Moment): void => {
  working.triggered = true
  if (working.order.reduceOnly) exchange.stoppedIn = moment.bar
}

const stoppedNow = (exchange: Exchange, working: WorkingOrder, moment: Moment): boolean =>
  working.order.reduceOnly && exchange.stoppedIn === moment.bar

const triggerOf = (working: WorkingOrder): Price => working.order.trigger as Price

const IMMEDIATE = "immediate or cancel: the bar gave no more"
const NONE = 0 as Parameters<typeof slipped>[2]

const reached = (side: Side, at: Price, stop: Price): boolean => side === "sell" ? at <= stop : at >= stop
const passed = (side: Side, at: Price, limit: Price): boolean => side === "buy" ? at < limit : at > limit
const worse = (side: Side, left: Price, right: Price): Price =>
  (side === "buy" ? Math.max(left, right) : Math.min(left, right)) as Price
const bounded = (side: Side, at: Price, limit: Price): Price =>
  (side === "buy" ? Math.min(at, limit) : Math.max(at, limit)) as Price

const forgetFinished = (exchange: Exchange): void => {
  for (const working of exchange.working) {
    if (working.remaining > 0) continue
    exchange.working = exchange.working.filter((order) => order.remaining > 0)
    return
  }
}

export { isQuiet, matchInside, matchOpen, reached }
