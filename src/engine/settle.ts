/**
 * The third verb: folds what happened into the books, one journal event or one closed bar at a time.
 * In: journal events in order, closed bars. Out: the books moved; the trade when a position closes.
 * The only writer of Books; live, paper, backtest and replay call it alike, so a restart finds the same books (I29).
 */
import type { JournalEvent } from "../domain/Event.ts"
import { notional, toPrice } from "../domain/money.ts"
import type { Base, Quote } from "../domain/money.ts"
import type { Order, VenueReport } from "../domain/Order.ts"
import type { OrderEvent } from "../domain/orderStatus.ts"
import { moveOrder, orderOf, proveAccepted, raiseAttempts, registerOrder } from "./execution/orders.ts"
import { intentIdOf } from "./execution/plan.ts"
import { WARM_BARS } from "./features/registry.ts"
import { invariant } from "./invariant.ts"
import type { Bar } from "./Observation.ts"
import { equityOf } from "./portfolio/Books.ts"
import type { Books, OrderState } from "./portfolio/Books.ts"
import type { ClosedTrade } from "./portfolio/ClosedTrade.ts"
import { applyFill } from "./portfolio/position.ts"
import type { Position } from "./portfolio/position.ts"
import { pushBar } from "./risk/anomaly.ts"
import { followDay, followDayLoss, followPeak, resumeDrawdown } from "./risk/drawdown.ts"
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
      control(books, event, instant)
      return null
    case "SessionStarted":
      begin(books, event)
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

/**
 * Marks to a closed bar: trading day, equity's peak and stops, bar count, gap block, anomaly window, the end of a streak pause.
 * A bar at or before the last marked one is ignored. `gapBars` = bars missing right before it.
 */
export const mark = (books: Books, bar: Bar, gapBars: number): void => {
  if (bar.closeTime <= books.markedAt) return
  invariant(bar.close > 0, "a bar closes at a positive price")
  const { risk, tradingDayZone } = books.settings
  followDay(books.day, tradingDayZone, bar.closeTime, equityOf(books))
  books.markPrice = toPrice(bar.close, books.instrument.priceScale)
  books.markedAt = bar.closeTime
  books.bars += 1
  const equity = equityOf(books)
  followPeak(books.drawdown, equity, risk.maxDrawdown)
  followDayLoss(books.day, equity, risk.maxDayLoss)
  advanceStreak(books.streak, bar.closeTime, risk)
  // At most the warm-up: after that every window is complete again (decisions 28).
  if (gapBars > risk.maxGapBars) {
    const until = bar.closeTime + (Math.min(gapBars, WARM_BARS) - 1) * books.baseMillis
    books.pauses.gapUntil = Math.max(books.pauses.gapUntil, until)
  }
  pushBar(books.anomaly, bar)
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
  if (order.leg === "entry" && order.attempt === 1) books.day.entries += 1
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

const control = (books: Books, event: Event<"ControlSet">, instant: number): void => {
  advanceStreak(books.streak, instant, books.settings.risk)
  if (event.control !== "resume") {
    books.tradingState = event.control === "halt" ? "Halted" : "Reducing"
    return
  }
  const byPerson = !event.by.startsWith(SUPERVISION)
  if (byPerson || books.tradingState !== "Halted") books.tradingState = "Active"
  if (byPerson) resumeDrawdown(books.drawdown, equityOf(books))
}

// The journaled capital beats the settings: a changed setting must not move the money of a journal that has begun.
const begin = (books: Books, event: Event<"SessionStarted">): void => {
  if (books.started || books.lastReportSeq > 0 || books.bars > 0) return
  books.started = true
  books.quote = event.capital as Quote
  books.drawdown.peak = books.quote
  books.day.startEquity = books.quote
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
      books.quote = (books.quote - what.amount) as Quote
      books.interestPaid = (books.interestPaid + what.amount) as Quote
      if (books.position !== null) books.position.interest = (books.position.interest + what.amount) as Quote
      return null
  }
}

const fill = (books: Books, what: Report<"Filled">): ClosedTrade | null => {
  const state = orderOf(books, what.intentId)
  if (state.tradeIds.includes(what.tradeId)) return null
  follow(books, state, what)
  const value = notional(what.amount, what.price, books.instrument.amountScale, "halfAway")
  const direction = what.side === "buy" ? 1 : -1
  books.quote = (books.quote - direction * value - what.fee) as Quote
  books.base = (books.base + direction * what.amount) as Base
  books.feesPaid = (books.feesPaid + what.fee) as Quote
  invariant(
    books.settings.account === "margin" || books.base >= 0,
    "a spot account never holds a negative amount"
  )
  const bar = books.bars
  const { amount, at, fee, side } = what
  const move = applyFill(
    books.position,
    { side, amount, value, fee, at, bar, order: state.order },
    books.instrument
  )
  const opened = move.position !== null && move.position.decisionId !== books.position?.decisionId
  books.position = move.position
  if (opened && move.position !== null) recallAttempts(books, move.position)
  return move.closed === null ? null : closeTrade(books, move.closed)
}

const follow = (books: Books, state: OrderState, what: Report<"Filled">): void => {
  invariant(what.amount > 0, "a fill has an amount")
  invariant(what.side === state.order.side, "a fill is of its order's side")
  state.tradeIds.push(what.tradeId)
  state.filled = (state.filled + what.amount) as Base
  invariant(state.filled <= state.order.amount, "fills never exceed their order (I7)")
  moveOrder(books, state, what.complete ? "FullFill" : "PartFill")
}

// A late fill may reopen a decision whose legs were numbered before: their numbers are never used again.
const recallAttempts = (books: Books, { attempts, decisionId }: Position): void => {
  for (const leg of REDUCING) attempts[leg] = 0
  raiseAttempts(books, decisionId, attempts)
}

const closeTrade = (books: Books, closed: Omit<ClosedTrade, "id">): ClosedTrade => {
  const { risk } = books.settings
  books.closedCount += 1
  const trade: ClosedTrade = { id: `${closed.decisionId}#${books.closedCount}`, ...closed }
  books.realized = (books.realized + trade.pnl) as Quote
  books.trades.push(trade)
  books.trades.splice(0, firstKept(books.trades, books.settings, trade.exitTime, books.baseMillis))
  recordResult(books.streak, trade.pnl < 0, trade.exitTime, risk)
  pauseAfterTrade(books.pauses, books.trades, risk, books.markedAt, books.baseMillis)
  return trade
}
