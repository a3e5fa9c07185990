/**
 * What is known of one market of an account: its amount, mark, position, orders, pauses, anomalies.
 * In: constants once, then journal events through settle.ts and bars through mark.ts. Out: read by decide, protection, screens.
 * Mutable, one owner; with its account wholly a fold of journal events, so a restart rebuilds it and resets no limit (I29, L-10).
 */
import type { Instrument } from "../../domain/Instrument.ts"
import { notional, toFloat, toStep } from "../../domain/money.ts"
import type { Base, Price, Quote } from "../../domain/money.ts"
import type { Settings } from "../../domain/Settings.ts"
import { invariant } from "../invariant.ts"
import { decisionPrefix } from "../record.ts"
import { makeAnomalyWindow } from "../risk/anomaly.ts"
import type { AnomalyWindow } from "../risk/anomaly.ts"
import { NEVER } from "../risk/protections.ts"
import type { Pauses } from "../risk/protections.ts"
import { makeAccount } from "./Account.ts"
import type { Account, Member } from "./Account.ts"
import type { OrderState } from "./OrderState.ts"
import type { Position } from "./position.ts"

export interface Books extends Member {
  /** Shared with the books of the account's other markets. */
  readonly account: Account
  readonly baseMillis: number
  /** What the id of every decision of these books begins with (record.ts `decisionPrefix`). */
  readonly idPrefix: string
  /** Close time of the newest bar. */
  markedAt: number
  position: Position | null
  /** The newest orders that can no longer fill, for late fills. */
  readonly retired: Map<string, OrderState>
  readonly pauses: Pauses
  readonly anomaly: AnomalyWindow
}

/** Retired orders kept, so that a late fill finds its order; older ones are gone (bounded, C55). */
export const RETIRED_KEPT = 256

/** Empty books of an account of their own. */
export const makeBooks = (options: {
  readonly account: string
  readonly instrument: Instrument
  readonly settings: Settings
  readonly baseMillis: number
  readonly realMoney: boolean
}): Books => {
  const { account: name, baseMillis, instrument, realMoney, settings } = options
  const { priceScale } = instrument
  return joinBooks(makeAccount({ name, settings, realMoney, priceScale }), instrument, baseMillis)
}

/** Empty books of one more market of an account. */
export const joinBooks = (account: Account, instrument: Instrument, baseMillis: number): Books => {
  for (const { instrument: other } of account.members) {
    invariant(other.id !== instrument.id, `an account trades ${instrument.id} once`)
    invariant(
      other.quote === instrument.quote && other.priceScale === instrument.priceScale,
      `${instrument.id} counts money as ${other.id} does`
    )
  }
  const books: Books = {
    account,
    instrument,
    settings: account.settings,
    baseMillis,
    idPrefix: decisionPrefix(account.name, instrument.id, baseMillis),
    base: 0 as Base,
    lastReportSeq: 0,
    markPrice: 0 as Price,
    markedAt: NEVER,
    bars: 0,
    position: null,
    working: new Map(),
    retired: new Map(),
    pauses: { coolDownUntil: NEVER, guardUntil: NEVER, lowProfitUntil: NEVER, gapUntil: NEVER },
    anomaly: makeAnomalyWindow()
  }
  account.members.push(books)
  return books
}

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

/** The whole mutable state, the account's included, as plain JSON in a fixed order: equal books give equal text. */
export const canonicalBooks = (books: Books): Readonly<Record<string, unknown>> => {
  const { account } = books
  return {
    account: account.name,
    instrument: books.instrument.id,
    started: account.started,
    quote: account.quote,
    base: books.base,
    feesPaid: account.feesPaid,
    interestPaid: account.interestPaid,
    realized: account.realized,
    lastReportSeq: books.lastReportSeq,
    tradingState: account.tradingState,
    markPrice: books.markPrice,
    markedAt: books.markedAt,
    bars: books.bars,
    position: books.position === null ? null : structuredClone(books.position),
    working: [...books.working.values()].map((state) => structuredClone(state)),
    retired: [...books.retired.values()].map((state) => structuredClone(state)),
    trades: structuredClone(account.trades),
    closedCount: account.closedCount,
    drawdown: { ...account.drawdown },
    day: { ...account.day },
    streak: { ...account.streak },
    pauses: { ...books.pauses },
    anomaly: { ...books.anomaly, returns: [...books.anomaly.returns], volumes: [...books.anomaly.volumes] }
  }
}

/** The canonical form as text, for comparing a replay with what ran. */
export const stateHash = (books: Books): string => JSON.stringify(canonicalBooks(books))
