/**
 * A simulated exchange for one instrument: it takes orders, walks through bars and keeps the other party's books.
 * In: approved orders and closed candles. Out: three-valued outcomes, reports in order, its own account.
 * Pure and alone (decisions 9): it shares vocabulary with the engine it judges, no arithmetic; the rules are matching.ts.
 */
import type { ClosedBar } from "../domain/Candle.ts"
import { toPrice } from "../domain/money.ts"
import type { Base, Price } from "../domain/money.ts"
import type { ApprovedOrder, SubmitOutcome, VenueAccount, VenueReport } from "../domain/Order.ts"
import { refusalOf } from "./admission.ts"
import { barOf } from "./bar.ts"
import { BEFORE, joinExchange, makeExchange, restoreExchange, snapshotOf } from "./ExchangeState.ts"
import type { Exchange, ExchangeOptions, ExchangeSnapshot, ReportEntry } from "./ExchangeState.ts"
import { cancelRest, chargeInterest } from "./fills.ts"
import { cashOf, ExchangeBroken, positionOf } from "./ledger.ts"
import { isQuiet, matchInside, matchOpen, reached } from "./matching.ts"

/** What a cancel proves: `Canceled` = it worked until now; `Finished` = it had filled or ended before; `NotFound` = never accepted. */
type CancelOutcome =
  | { readonly _tag: "Canceled"; readonly remaining: Base }
  | { readonly _tag: "Finished" }
  | { readonly _tag: "NotFound" }

/** What the exchange knows of an intent; `NotFound` proves that there is no such order. */
type ExchangeLookup =
  | { readonly _tag: "Found"; readonly venueOrderId: string }
  | { readonly _tag: "NotFound" }

/** Takes an order sent at `now` (market time), or refuses it with the rule it breaks; never `Unknown`. */
const submit = (exchange: Exchange, order: ApprovedOrder, now: number): SubmitOutcome => {
  const refusal = refusalOf(exchange, order)
  if (refusal !== undefined) return { _tag: "Refused", code: refusal.code, words: refusal.words }
  const { instrument, latencyMs } = exchange.options
  const venueOrderId = `S-${exchange.accepted.size + 1}`
  exchange.accepted.set(order.intentId, venueOrderId)
  const passed = latencyMs === 0 && order.trigger !== null && exchange.lastPrice > 0 &&
    reached(order.side, toPrice(exchange.lastPrice, instrument.priceScale), order.trigger)
  exchange.working.push({
    order,
    venueOrderId,
    eligibleFrom: latencyMs === 0 ? BEFORE : now + latencyMs,
    remaining: order.amount,
    triggered: passed,
    arrived: false,
    bar: BEFORE,
    taken: 0
  })
  return { _tag: "Accepted", venueOrderId }
}

/** Ends a working order at once; its report follows those already made. */
const cancel = (exchange: Exchange, intentId: string, now: number): CancelOutcome => {
  if (!exchange.accepted.has(intentId)) return { _tag: "NotFound" }
  const working = exchange.working.find((candidate) => candidate.order.intentId === intentId)
  if (working === undefined) return { _tag: "Finished" }
  const remaining = working.remaining as Base
  cancelRest(exchange, working, "cancelled on request", { bar: exchange.openedAt, phase: "request", at: now })
  exchange.working = exchange.working.filter((candidate) => candidate !== working)
  return { _tag: "Canceled", remaining }
}

/** Brings the market to a bar's open. A bar seen before changes nothing and returns the reports it made then. */
const openBar = (exchange: Exchange, candle: ClosedBar): ReadonlyArray<VenueReport> => {
  const opened = candle.openTime
  if (opened <= exchange.openedAt) return recorded(exchange, opened, "open")
  exchange.openedAt = opened
  const before = exchange.lastPrice
  if (isPrice(candle.open)) exchange.lastPrice = candle.open
  if (opened < exchange.interestAt && isQuiet(exchange, candle)) return NOTHING
  const first = exchange.entries.length
  const moment = { bar: opened, phase: "open", at: opened } as const
  if (opened >= exchange.interestAt) chargeInterest(exchange, opened, priceOf(exchange, before), moment)
  matchOpen(exchange, barOf(exchange.options.instrument, exchange.options.participation, candle), moment)
  return madeSince(exchange, first)
}

/** Brings the market through the bar to its close; a bar seen before changes nothing and returns the reports it made then. */
const closeBar = (exchange: Exchange, candle: ClosedBar): ReadonlyArray<VenueReport> => {
  const opened = candle.openTime
  if (opened <= exchange.closedAt) return recorded(exchange, opened, "close")
  if (opened !== exchange.openedAt) throw new ExchangeBroken("must hold: a bar is opened before it is closed")
  exchange.closedAt = opened
  if (isPrice(candle.close)) exchange.lastPrice = candle.close
  if (candle.closeTime < exchange.interestAt && isQuiet(exchange, candle)) return NOTHING
  const first = exchange.entries.length
  const moment = { bar: opened, phase: "close", at: candle.closeTime } as const
  const bar = barOf(exchange.options.instrument, exchange.options.participation, candle)
  if (bar !== undefined) matchInside(exchange, bar, moment)
  if (candle.closeTime >= exchange.interestAt) {
    chargeInterest(exchange, candle.closeTime, priceOf(exchange, exchange.lastPrice), moment)
  }
  return madeSince(exchange, first)
}

/** Finds an order by intent id, also after it ended; authoritative. */
const lookup = (exchange: Exchange, intentId: string): ExchangeLookup => {
  const venueOrderId = exchange.accepted.get(intentId)
  return venueOrderId === undefined ? { _tag: "NotFound" } : { _tag: "Found", venueOrderId }
}

/** Balances, working orders in the order they came, and the newest report's number (0 before the first). */
const accountOf = (exchange: Exchange): VenueAccount => ({
  quote: cashOf(exchange.ledger),
  base: positionOf(exchange.ledger),
  orders: exchange.working.map((working) => ({
    intentId: working.order.intentId,
    venueOrderId: working.venueOrderId,
    remaining: working.remaining as Base
  })),
  lastReportSeq: exchange.entries.length
})

/** Reports numbered above `reportSeq`, in order. */
const reportsAfter = (exchange: Exchange, reportSeq: number): ReadonlyArray<VenueReport> =>
  madeSince(exchange, Math.max(0, reportSeq))

// One array for every bar in which nothing happened, so that it costs nothing.
const NOTHING: ReadonlyArray<VenueReport> = Object.freeze([])

const isPrice = (value: number): boolean => value > 0 && value < Infinity

const priceOf = (exchange: Exchange, value: number): Price =>
  toPrice(value, exchange.options.instrument.priceScale)

const madeSince = (exchange: Exchange, first: number): ReadonlyArray<VenueReport> =>
  first >= exchange.entries.length ? NOTHING : exchange.entries.slice(first).map((entry) => entry.report)

// Entries are sorted by bar, so a bar's own are found by halving.
const recorded = (exchange: Exchange, bar: number, phase: "open" | "close"): ReadonlyArray<VenueReport> => {
  const { entries } = exchange
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((entries[middle] as ReportEntry).bar < bar) low = middle + 1
    else high = middle
  }
  const found: Array<VenueReport> = []
  for (let index = low; index < entries.length && entries[index]?.bar === bar; index++) {
    const entry = entries[index] as ReportEntry
    if (entry.phase === phase) found.push(entry.report)
  }
  return found.length === 0 ? NOTHING : found
}

export {
  accountOf,
  cancel,
  closeBar,
  joinExchange,
  lookup,
  makeExchange,
  openBar,
  reportsAfter,
  restoreExchange,
  snapshotOf,
  submit
}
export type { CancelOutcome, Exchange, ExchangeLookup, ExchangeOptions, ExchangeSnapshot }
