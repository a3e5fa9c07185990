/**
 * The orders a decision plans: an entry with its stop and target, or the exit of a position (decisions 1, 20).
 * In: reference price, ATR, distances, amounts. Out: prices inside sane bounds, and order bodies not yet approved.
 * Prices and bodies only; whether they may be sent is risk/checks.ts and risk/verdict.ts.
 */
import type { Instrument } from "../../domain/Instrument.ts"
import { powerOfTen, toStep } from "../../domain/money.ts"
import type { Base, Price } from "../../domain/money.ts"
import type { Edge, Leg, Order } from "../../domain/Order.ts"

export interface PlannedPrices {
  readonly stop: Price
  readonly target: Price
  /** |reference - stop|, scaled, and as a share of the reference. */
  readonly stopDistance: Price
  readonly distanceShare: number
}

/**
 * Stop away from the entry, target by its limit's side; null when no ATR, or when stop or target leave the positive prices.
 * `atr` in quote units; `stopAtr` in ATR14; `targetRatio` in stop distances.
 */
export const planPrices = (
  instrument: Instrument,
  side: "buy" | "sell",
  reference: Price,
  atr: number,
  stopAtr: number,
  targetRatio: number
): PlannedPrices | null => {
  const distance = stopAtr * atr * powerOfTen(instrument.priceScale)
  if (!(distance > 0 && distance * Math.max(1, targetRatio) < Number.MAX_SAFE_INTEGER / 2)) return null
  const away = side === "buy" ? -1 : 1
  const { tick } = instrument
  const stop = toStep(Math.round(reference + away * distance), tick, side === "buy" ? "down" : "up")
  const target = toStep(
    Math.round(reference - away * distance * targetRatio),
    tick,
    side === "buy" ? "up" : "down"
  )
  if (stop <= 0 || target <= 0 || target === reference) return null
  const stopDistance = Math.abs(reference - stop) as Price
  return stopDistance === 0
    ? null
    : { stop: stop as Price, target: target as Price, stopDistance, distanceShare: stopDistance / reference }
}

/** `decisionId#leg.attempt`: unique, deterministic, never reused. */
export const intentIdOf = (decisionId: string, leg: Leg, attempt: number): string =>
  decisionId + (attempt === 1 ? FIRST_ATTEMPT[leg] : `#${leg}.${attempt}`)

// Nearly all attempts are first ones; one join instead of four makes a name that is kept for ever a quarter as large.
const FIRST_ATTEMPT: Readonly<Record<Leg, string>> = {
  entry: "#entry.1",
  exit: "#exit.1",
  stop: "#stop.1",
  target: "#target.1"
}

/** A market entry. `validUntil` in market time. */
export const entryOrder = (options: {
  readonly decisionId: string
  readonly instrument: Instrument
  readonly side: "buy" | "sell"
  readonly amount: Base
  readonly prices: PlannedPrices
  readonly strategy: string
  readonly edge: Edge
  readonly validUntil: number
}): Order => ({
  intentId: intentIdOf(options.decisionId, "entry", 1),
  decisionId: options.decisionId,
  instrument: options.instrument.id,
  leg: "entry",
  purpose: "entry",
  attempt: 1,
  side: options.side,
  type: "market",
  amount: options.amount,
  price: null,
  trigger: null,
  reduceOnly: false,
  postOnly: false,
  validUntil: options.validUntil,
  plannedStop: options.prices.stop,
  plannedTarget: options.prices.target,
  strategy: options.strategy,
  edge: options.edge
})

/** An order that only shrinks the position: the market exit, the stop, the target. Its side is the position's opposite (P-20). */
export const reducingOrder = (options: {
  readonly decisionId: string
  readonly instrument: Instrument
  readonly leg: "exit" | "stop" | "target"
  readonly attempt: number
  readonly held: "long" | "short"
  readonly amount: Base
  /** Trigger of a stop, limit of a target, null for a market exit. */
  readonly at: Price | null
  readonly strategy: string
  readonly validUntil: number
}): Order => ({
  intentId: intentIdOf(options.decisionId, options.leg, options.attempt),
  decisionId: options.decisionId,
  instrument: options.instrument.id,
  leg: options.leg,
  purpose: options.leg === "exit" ? "exit" : "protect",
  attempt: options.attempt,
  side: options.held === "long" ? "sell" : "buy",
  type: TYPE_OF[options.leg],
  amount: options.amount,
  price: options.leg === "target" ? options.at : null,
  trigger: options.leg === "stop" ? options.at : null,
  reduceOnly: true,
  postOnly: false,
  validUntil: options.validUntil,
  plannedStop: null,
  plannedTarget: null,
  strategy: options.strategy,
  edge: null
})

const TYPE_OF = { exit: "market", stop: "stop", target: "limit" } as const
