/**
 * The third verb: folds what happened into the books and their account, one journal event at a time.
 * In: journal events in order. Out: the books moved; the trade when a position closes.
 * With mark.ts the only writer of Books; live, paper, backtest and replay call it alike, so a restart finds the same books (I29).
 */
import type { JournalEvent } from "../domain/Event.ts"
import { notional } from "../domain/money.ts"
import type { Base, Quote } from "../domain/money.ts"
import type { Order, VenueReport } from "../domain/Order.ts"
import type { OrderEvent } from "../domain/orderStatus.ts"
import { moveOrder, orderOf, proveAccepted, raiseAttempts, registerOrder } from "./execution/orders.ts"
import { intentIdOf } from "./execution/plan.ts"
import { invariant } from "./invariant.ts"
import { mark } from "./mark.ts"
import type { Bar } from "./Observation.ts"
import { equityOf } from "./portfolio/Account.ts"
import type { Account } from "./portfolio/Account.ts"
import type { Books } from "./portfolio/Books.ts"
import type { ClosedTrade } from "./portfolio/ClosedTrade.ts"
import type { OrderState } from "./portfolio/OrderState.ts"
import { applyFill } from "./portfolio/position.ts"
import type { Position } from "./portfolio/position.ts"
import { resumeDrawdown } from "./risk/drawdown.ts"
import { firstKept, pauseAfterTrade } from "./risk/protections.ts"
import { advanceStreak, recordResult } from "./risk/streak.ts"

type Event<Kind extends JournalEvent["_tag"]> = Extract<JournalEvent, { readonly _tag: Kind }>
type Report<Kind extends VenueReport["_tag"]> = Extract<VenueReport, { readonly _tag: Kind }>

const REDUCING = ["exit", "stop", "target"] as const

/** `by` of a control that no person set: its resume lifts only what was reduced, never a halt or a drawdown stop (L-10). */
const SUPERVISION = "supervision/"

/**
 * Folds one event; `instant` is its journaled market time. Returns the trade that it closed, else null.
 * A venue report that was folded before, or a fill whose trade id was, changes nothing (C20, C32).
 * Throws InvariantBroken on an illegal status move, a gap in the venue's reports, or an answer to an order never journaled.
 */
export const settle = (books: Books, event: JournalEvent, instant: number): ClosedTrade | null => {
  switch (event._tag) {
    case "CandleClosed":
      if (event.closeTime > books.markedAt) mark(books, parseBar(event), event.gapBars)
      return null
    case "VenueReported":
      return report(books, event.report)
    case "OrderSending":
      send(books, event.order)
      return null
    case "OrderAccepted":
      answer(books, event.intentId, "Ack")
      return null
    case "OrderRefused":
      answer(books, event.intentId, "Refuse")
      return null
    case "OrderUnknown":
      answer(books, event.intentId, "Timeout")
      return null
    case "OrderExpired":
      answer(books, event.intentId, "Expire")
      return null
    case "OrderAbsent":
      answer(books, event.intentId, "Absent")
      return null
    case "OrderDenied":
      deny(books, event.intentId)
      return null
    case "ControlSet":
      control(books.account, event, instant)
      return null
    case "SessionStarted":
      begin(books.account, event)
      return null
    case "CandleSeeded":
    case "DecisionMade":
    case "DecisionClosed":
    case "ProtectionChecked":
    case "IncidentOpened":
    case "ActorRestarted":
    case "SessionEnded":
      return null
  }
}

const parseBar = (event: Event<"CandleClosed">): Bar => {
  const numbers = event.text.split(",").map(Number)
  const [open, high, low, close, volume] = numbers
  invariant(
    open !== undefined && high !== undefined && low !== undefined && close !== undefined &&
      volume !== undefined &&
      numbers.every(Number.isFinite),
    `a journaled candle is five numbers, not ${event.text}`
  )
  return { openTime: event.openTime, closeTime: event.closeTime, open, high, low, close, volume }
}

const send = (books: Books, order: Order): void => {
  if (!registerOrder(books, order)) return
  // A decision is one entry, however many attempts it took to reach the venue.
  if (order.leg === "entry" && order.attempt === 1) books.account.day.entries += 1
  const { position } = books
  if (position !== null && position.decisionId === order.decisionId) {
    position.attempts[order.leg] = Math.max(position.attempts[order.leg], order.attempt)
  }
}

const answer = (books: Books, intentId: string, event: OrderEvent): void => {
  const state = orderOf(books, intentId)
  const moved = moveOrder(books, state, event)
  if (!moved || event !== "Refuse") return
  const { position } = books
  if (position === null || position.decisionId !== state.order.decisionId) return
  position.refusals[state.order.leg] += 1
  position.refusedBar = books.bars
}

// A denied order never was Sending; its number is still spent, so that a denial as duplicate is not met again for ever.
const deny = (books: Books, intentId: string): void => {
  const { position } = books
  if (position === null) return
  for (const leg of REDUCING) {
    const next = position.attempts[leg] + 1
    if (intentId === intentIdOf(position.decisionId, leg, next)) position.attempts[leg] = next
  }
}

const control = (account: Account, event: Event<"ControlSet">, instant: number): void => {
  advanceStreak(account.streak, instant, account.settings.risk)
  if (event.control !== "resume") {
    account.tradingState = event.control === "halt" ? "Halted" : "Reducing"
    return
  }
  const byPerson = !event.by.startsWith(SUPERVISION)
  if (byPerson || account.tradingState !== "Halted") account.tradingState = "Active"
  if (byPerson) resumeDrawdown(account.drawdown, equityOf(account))
}

// The journaled capital beats the settings: a changed setting must not move the money of a journal that has begun.
const begin = (account: Account, event: Event<"SessionStarted">): void => {
  if (account.started || account.members.some(({ bars, lastReportSeq }) => lastReportSeq > 0 || bars > 0)) {
    return
  }
  account.started = true
  account.quote = event.capital as Quote
  account.drawdown.peak = account.quote
  account.day.startEquity = account.quote
}

const report = (books: Books, what: VenueReport): ClosedTrade | null => {
  if (what.reportSeq <= books.lastReportSeq) return null
  invariant(
    what.reportSeq === books.lastReportSeq + 1,
    `report ${what.reportSeq} follows ${books.lastReportSeq} without a gap`
  )
  books.lastReportSeq = what.reportSeq
  switch (what._tag) {
    case "Filled":
      return fill(books, what)
    case "Canceled": {
      const state = orderOf(books, what.intentId)
      proveAccepted(books, state)
      moveOrder(books, state, "CancelAck")
      return null
    }
    case "InterestCharged":
      chargeInterest(books, what)
      return null
  }
}

const chargeInterest = ({ account, position }: Books, { amount }: Report<"InterestCharged">): void => {
  account.quote = (account.quote - amount) as Quote
  account.interestPaid = (account.interestPaid + amount) as Quote
  if (position !== null) position.interest = (position.interest + amount) as Quote
}

const fill = (books: Books, what: Report<"Filled">): ClosedTrade | null => {
  const state = orderOf(books, what.intentId)
  if (state.tradeIds.includes(what.tradeId)) return null
  follow(books, state, what)
  const { account } = books
  const value = notional(what.amount, what.price, books.instrument.amountScale, "halfAway")
  const direction = what.side === "buy" ? 1 : -1
  account.quote = (account.quote - direction * value - what.fee) as Quote
  account.feesPaid = (account.feesPaid + what.fee) as Quote
  books.base = (books.base + direction * what.amount) as Base
  invariant(
    books.settings.account === "margin" || books.base >= 0,
    "a spot account never holds a negative amount"
  )
  const { bars: bar, instrument, position } = books
  const { closedCount } = account
  const { amount, at, fee, side } = what
  const { order } = state
  const move = applyFill(position, { side, amount, value, fee, at, bar, closedCount, order }, instrument)
  const opened = move.position !== null && move.position.decisionId !== position?.decisionId
  books.position = move.position
  if (opened && move.position !== null && !isFirstOf(books, state)) recallAttempts(books, move.position)
  if (move.closed !== null) closeTrade(books, move.closed)
  return move.closed
}

const follow = (books: Books, state: OrderState, what: Report<"Filled">): void => {
  invariant(what.amount > 0, "a fill has an amount")
  invariant(what.side === state.order.side, "a fill is of its order's side")
  state.tradeIds.push(what.tradeId)
  state.filled = (state.filled + what.amount) as Base
  invariant(state.filled <= state.order.amount, "fills never exceed their order (I7)")
  moveOrder(books, state, what.complete ? "FullFill" : "PartFill")
}

// The first fill of the only entry that a decision ever sent: no leg of it was numbered yet, so none is looked for.
const isFirstOf = (books: Books, { order, tradeIds }: OrderState): boolean => {
  if (order.leg !== "entry" || order.attempt > 1 || tradeIds.length > 1) return false
  const second = intentIdOf(order.decisionId, "entry", 2)
  return !books.working.has(second) && !books.retired.has(second)
}

// A late fill may reopen a decision whose legs were numbered before: their numbers are never used again.
const recallAttempts = (books: Books, { attempts, decisionId }: Position): void => {
  for (const leg of REDUCING) attempts[leg] = 0
  raiseAttempts(books, decisionId, attempts)
}

const closeTrade = (books: Books, trade: ClosedTrade): void => {
  const { account, settings } = books
  account.closedCount += 1
  account.realized = (account.realized + trade.pnl) as Quote
  account.trades.push(trade)
  const old = firstKept(account.trades, settings, trade.exitTime, books.baseMillis)
  if (old > 0) account.trades.splice(0, old)
  recordResult(account.streak, trade.pnl < 0, trade.exitTime, settings.risk)
  const { baseMillis, instrument, markedAt, pauses } = books
  pauseAfterTrade(pauses, instrument.id, account.trades, settings.risk, markedAt, baseMillis)
}
