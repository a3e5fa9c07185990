/**
 * Everything risk and protection know of one instrument's account: money, position, orders, results, pauses.
 * In: constants once, then journal events through settle.ts. Out: read by decide, protection and screens.
 * Mutable, one owner; wholly a fold of journal events, so a restart rebuilds it and no limit is reset (I29, L-10).
 */
import type { Instrument } from "../../domain/Instrument.ts"
import { notional, powerOfTen, quote, toFloat, toStep } from "../../domain/money.ts"
import type { Base, Price, Quote } from "../../domain/money.ts"
import type { Order } from "../../domain/Order.ts"
import type { OrderStatus } from "../../domain/orderStatus.ts"
import type { Settings } from "../../domain/Settings.ts"
import type { TradingState } from "../../domain/severityTable.ts"
import { decisionPrefix } from "../record.ts"
import { makeAnomalyWindow } from "../risk/anomaly.ts"
import type { AnomalyWindow } from "../risk/anomaly.ts"
import { makeDrawdown } from "../risk/drawdown.ts"
import type { Drawdown, TradingDayBooks } from "../risk/drawdown.ts"
import { NEVER } from "../risk/protections.ts"
import type { Pauses } from "../risk/protections.ts"
import { makeStreak } from "../risk/streak.ts"
import type { Streak } from "../risk/streak.ts"
import type { ClosedTrade } from "./ClosedTrade.ts"
import type { Position } from "./position.ts"

/** A journaled order with the venue's word on it. */
export interface OrderState {
  readonly order: Order
  status: OrderStatus
  filled: Base
  /** Trade ids of its fills: a fill is counted once (C20, C32). */
  readonly tradeIds: Array<string>
}

export interface Books {
  readonly account: string
  readonly instrument: Instrument
  readonly settings: Settings
  readonly baseMillis: number
  readonly realMoney: boolean
  /** What the id of every decision of these books begins with (record.ts `decisionPrefix`). */
  readonly idPrefix: string
  /** True once a session or a fill set the money. */
  started: boolean
  /** Cash, and the signed amount of the base currency (negative only on a margin account). */
  quote: Quote
  base: Base
  /** Sums since the beginning, for screens and for the conservation law. */
  feesPaid: Quote
  interestPaid: Quote
  realized: Quote
  /** The venue's newest report that is folded; 0 before the first. */
  lastReportSeq: number
  tradingState: TradingState
  /** Close of the newest bar, 0 before the first; its close time and the number of bars so far. */
  markPrice: Price
  markedAt: number
  bars: number
  position: Position | null
  /** Orders that may still fill, by intent id, in order of sending; and the newest that may not, for late fills. */
  readonly working: Map<string, OrderState>
  readonly retired: Map<string, OrderState>
  /** Closed trades young enough for Kelly or a protection, oldest first; and how many there ever were. */
  trades: Array<ClosedTrade>
  closedCount: number
  readonly drawdown: Drawdown
  readonly day: TradingDayBooks
  readonly streak: Streak
  readonly pauses: Pauses
  readonly anomaly: AnomalyWindow
}

/** Retired orders kept, so that a late fill finds its order; older ones are gone (bounded, C55). */
export const RETIRED_KEPT = 256

/** Empty books with the capital of the settings; the first `SessionStarted` sets the journaled capital. */
export const makeBooks = (options: {
  readonly account: string
  readonly instrument: Instrument
  readonly settings: Settings
  readonly baseMillis: number
  readonly realMoney: boolean
}): Books => {
  const capital = quote(Math.round(options.settings.capital * powerOfTen(options.instrument.priceScale)))
  return {
    account: options.account,
    instrument: options.instrument,
    settings: options.settings,
    baseMillis: options.baseMillis,
    realMoney: options.realMoney,
    idPrefix: decisionPrefix(options.account, options.instrument.id, options.baseMillis),
    started: false,
    quote: capital,
    base: 0 as Base,
    feesPaid: 0 as Quote,
    interestPaid: 0 as Quote,
    realized: 0 as Quote,
    lastReportSeq: 0,
    tradingState: "Active",
    markPrice: 0 as Price,
    markedAt: NEVER,
    bars: 0,
    position: null,
    working: new Map(),
    retired: new Map(),
    trades: [],
    closedCount: 0,
    drawdown: makeDrawdown(capital),
    day: { end: NEVER, startEquity: capital, stopped: false, entries: 0 },
    streak: makeStreak(),
    pauses: { coolDownUntil: NEVER, guardUntil: NEVER, lowProfitUntil: NEVER, gapUntil: NEVER },
    anomaly: makeAnomalyWindow()
  }
}

/** Cash plus the base amount at the last mark; exact, half away from zero at quote scale. */
export const equityOf = (books: Books): Quote =>
  books.base === 0
    ? books.quote
    : (books.quote + notional(books.base, books.markPrice, books.instrument.amountScale, "halfAway")) as Quote

/** What of the position an order can still close: floored to the lot, 0 below the venue's minimum (dust, P-62). */
export const closableOf = (books: Books): Base => {
  if (books.position === null) return 0 as Base
  const amount = toStep(books.position.amount, books.instrument.lot, "down") as Base
  return amount < books.instrument.minAmount ? (0 as Base) : amount
}

/** The side held, null when flat; dust counts as flat and is absorbed by the next entry. */
export const sideHeld = (books: Books): "long" | "short" | null =>
  closableOf(books) === 0 ? null : books.position?.side ?? null

/** Mean entry price of the open amount in quote units, null when flat. For people; never for orders. */
export const averageEntry = (books: Books): number | null =>
  books.position === null
    ? null
    : toFloat(books.position.cost, books.instrument.priceScale) /
      toFloat(books.position.amount, books.instrument.amountScale)

/** Profit of the open amount at the last mark before fees still to come; 0 when flat. */
export const unrealised = (books: Books): Quote => {
  if (books.position === null) return 0 as Quote
  const value = notional(books.position.amount, books.markPrice, books.instrument.amountScale, "halfAway")
  return (books.position.side === "long" ? value - books.position.cost : books.position.cost - value) as Quote
}

/** The whole mutable state as plain JSON in a fixed order: equal books give equal text. */
export const canonicalBooks = (books: Books): Readonly<Record<string, unknown>> => ({
  account: books.account,
  instrument: books.instrument.id,
  started: books.started,
  quote: books.quote,
  base: books.base,
  feesPaid: books.feesPaid,
  interestPaid: books.interestPaid,
  realized: books.realized,
  lastReportSeq: books.lastReportSeq,
  tradingState: books.tradingState,
  markPrice: books.markPrice,
  markedAt: books.markedAt,
  bars: books.bars,
  position: books.position === null ? null : structuredClone(books.position),
  working: [...books.working.values()].map((state) => structuredClone(state)),
  retired: [...books.retired.values()].map((state) => structuredClone(state)),
  trades: structuredClone(books.trades),
  closedCount: books.closedCount,
  drawdown: { ...books.drawdown },
  day: { ...books.day },
  streak: { ...books.streak },
  pauses: { ...books.pauses },
  anomaly: { ...books.anomaly, returns: [...books.anomaly.returns], volumes: [...books.anomaly.volumes] }
})

/** The canonical form as text, for comparing a replay with what ran. */
export const stateHash = (books: Books): string => JSON.stringify(canonicalBooks(books))
