/**
 * Where a match becomes money: one fill, one cancel, one day's interest - each posted to the books and reported once.
 * In: the exchange, a working order, a price. Out: changed books and one more report.
 * The only file that moves money or writes reports, so a fee is taken in one place (P-48).
 */
import type { Base, Price } from "../domain/money.ts"
import type { VenueReport } from "../domain/Order.ts"
import { tradingDay } from "../domain/timeframe.ts"
import { reduces, spendable } from "./admission.ts"
import { affordable, feeOn, interestOn, tradeValue } from "./charges.ts"
import { NEVER } from "./ExchangeState.ts"
import type { Exchange, ReportEntry, WorkingOrder } from "./ExchangeState.ts"
import { auditLedger, ExchangeBroken, positionOf, postBase, postQuote } from "./ledger.ts"

/** The call in whose course something happens, and the instant its reports carry. */
interface Moment {
  readonly bar: number
  readonly phase: ReportEntry["phase"]
  readonly at: number
}

/** Fills what the bar, the position and the money allow of an order, at exactly `price`; what money cannot pay is cancelled. */
const fill = (
  exchange: Exchange,
  working: WorkingOrder,
  terms: { readonly price: Price; readonly room: number; readonly liquidity: "maker" | "taker" },
  moment: Moment
): void => {
  const { order } = working
  if (working.bar !== moment.bar) {
    working.bar = moment.bar
    working.taken = 0
  }
  const wanted = Math.min(working.remaining, terms.room - working.taken)
  if (wanted <= 0) return
  const amount = Math.min(
    wanted,
    order.reduceOnly ? Math.abs(positionOf(exchange.ledger)) : payable(exchange, working, terms)
  )
  if (amount > 0) {
    working.taken += amount
    working.remaining -= amount
    trade(exchange, working, amount as Base, terms, moment)
    cancelStale(exchange, moment)
  }
  if (amount < wanted && !order.reduceOnly) {
    cancelRest(exchange, working, "the account cannot pay for more", moment)
  }
}

/** Ends a working order and reports what never filled; a finished order stays as it is. */
const cancelRest = (exchange: Exchange, working: WorkingOrder, words: string, moment: Moment): void => {
  if (working.remaining === 0) return
  const remaining = working.remaining as Base
  working.remaining = 0
  const { intentId } = working.order
  const venueOrderId = working.venueOrderId
  report(exchange, moment, (reportSeq) => ({
    _tag: "Canceled",
    reportSeq,
    at: moment.at,
    venueOrderId,
    intentId,
    remaining,
    words
  }))
}

/** Charges each midnight up to and including `until` that passed while a margin position was held, at `close`. */
const chargeInterest = (exchange: Exchange, until: number, close: Price, moment: Moment): void => {
  const { instrument, interestPerDay } = exchange.options
  while (exchange.interestAt <= until) {
    const at = exchange.interestAt
    const amount = interestOn(instrument, positionOf(exchange.ledger), close, interestPerDay)
    postQuote(exchange.ledger, "trader", "interest", amount)
    auditLedger(exchange.ledger, exchange.options.account)
    report(exchange, moment, (reportSeq) => ({ _tag: "InterestCharged", reportSeq, at, amount }))
    exchange.interestAt = tradingDay(instrument.sessionZone, at).end
  }
}

// Sizes down: how much of a fill the account can carry at that price.
const payable = (
  exchange: Exchange,
  working: WorkingOrder,
  terms: { readonly price: Price; readonly liquidity: "maker" | "taker" }
): number => {
  const { account, instrument } = exchange.options
  const position = positionOf(exchange.ledger)
  const rate = terms.liquidity === "maker" ? instrument.makerFee : instrument.takerFee
  if (account === "margin") {
    const most = affordable(instrument, spendable(exchange, terms.price), terms.price, rate)
    const against = reduces(position, working.order.side) ? Math.abs(position) : -Math.abs(position)
    return Math.max(0, most + against)
  }
  return working.order.side === "sell"
    ? position
    : affordable(instrument, spendable(exchange, terms.price), terms.price, rate)
}

const trade = (
  exchange: Exchange,
  working: WorkingOrder,
  amount: Base,
  terms: { readonly price: Price; readonly liquidity: "maker" | "taker" },
  moment: Moment
): void => {
  const { account, instrument } = exchange.options
  const { intentId, side } = working.order
  const value = tradeValue(instrument, amount, terms.price)
  const fee = feeOn(value, terms.liquidity === "maker" ? instrument.makerFee : instrument.takerFee)
  postQuote(exchange.ledger, "trader", "market", side === "buy" ? value : -value)
  postQuote(exchange.ledger, "trader", "fees", fee)
  postBase(exchange.ledger, side === "buy" ? amount : -amount)
  auditLedger(exchange.ledger, account)
  const position = positionOf(exchange.ledger)
  if (position === 0) exchange.interestAt = NEVER
  else if (account === "margin" && exchange.interestAt === NEVER) {
    exchange.interestAt = tradingDay(instrument.sessionZone, moment.bar).end
  }
  const { remaining, venueOrderId } = working
  report(exchange, moment, (reportSeq) => ({
    _tag: "Filled",
    reportSeq,
    at: moment.at,
    venueOrderId,
    intentId,
    tradeId: `T-${reportSeq}`,
    side,
    amount,
    price: terms.price,
    fee,
    liquidity: terms.liquidity,
    complete: remaining === 0
  }))
}

// Reduce-only orders go with the position they were to reduce.
const cancelStale = (exchange: Exchange, moment: Moment): void => {
  const position = positionOf(exchange.ledger)
  for (const working of exchange.working) {
    if (!working.order.reduceOnly || reduces(position, working.order.side)) continue
    cancelRest(exchange, working, "nothing is left to reduce", moment)
  }
}

const report = (exchange: Exchange, moment: Moment, make: (reportSeq: number) => VenueReport): void => {
  const made = make(exchange.entries.length + 1)
  const last = exchange.entries[exchange.entries.length - 1]
  if (last !== undefined && last.bar > moment.bar) {
    throw new ExchangeBroken("must hold: reports follow the market's order")
  }
  exchange.entries.push({ bar: moment.bar, phase: moment.phase, report: made })
}

export { cancelRest, chargeInterest, fill }
export type { Moment }
