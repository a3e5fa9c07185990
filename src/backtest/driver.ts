/**
 * One bar through the core: match, settle, see, mark, decide, send, with the very functions that the actors call.
 * In: closed bars of one instrument, and whoever decides. Out: books and a venue that moved, events and trades as they come.
 * No Effect, no Schema, no span in here: this driver is for speed, test/parity holds it equal to the actors byte for byte.
 */
import type { ClosedBar } from "../domain/Candle.ts"
import type { JournalEvent } from "../domain/Event.ts"
import type { Instrument } from "../domain/Instrument.ts"
import { ppm, toQuote } from "../domain/money.ts"
import type { ApprovedOrder, VenueReport } from "../domain/Order.ts"
import type { Settings } from "../domain/Settings.ts"
import { nextProtection } from "../engine/execution/protection.ts"
import { invariant } from "../engine/invariant.ts"
import type { Books } from "../engine/portfolio/Books.ts"
import { makeBooks } from "../engine/portfolio/Books.ts"
import { mark } from "../engine/mark.ts"
import type { ClosedTrade } from "../engine/portfolio/ClosedTrade.ts"
import { settle } from "../engine/settle.ts"
import type { Exchange } from "../simulator/Exchange.ts"
import { closeBar, makeExchange, openBar, submit } from "../simulator/Exchange.ts"

/** The least a decision must say: the order it wants, or none. */
export interface Wanted {
  readonly order: ApprovedOrder | null
}

/** What sees each closed bar and decides on it; the whole pipeline, or one strategy alone. */
export interface Decider<D extends Wanted> {
  /** Folds one closed bar; returns how many bars were missing right before it. */
  readonly see: (bar: ClosedBar) => number
  /** Decides on the bar seen last, once the books are marked; `now` in market time. */
  readonly decide: (books: Books, now: number) => D
}

/** What trades: its books, its venue, and the one that decides. */
export interface DriverOptions<D extends Wanted> {
  /** Name of the account in decision ids. */
  readonly account: string
  /** Fees already overridden by the settings. */
  readonly instrument: Instrument
  readonly settings: Settings
  readonly baseMillis: number
  readonly decider: Decider<D>
  /** Sees every decision while its observation is still valid. */
  readonly onDecision?: (decision: D, books: Books) => void
  /** Sees every ledger event in the order in which it is folded, once the books have it. */
  readonly onEvent?: (event: JournalEvent, instant: number) => void
  /** Sees every closed trade. */
  readonly onTrade?: (trade: ClosedTrade) => void
}

export interface Driver<D extends Wanted> {
  readonly options: DriverOptions<D>
  readonly books: Books
  readonly exchange: Exchange
}

/** Protection is level-triggered; more legs than this for one change of position is a defect. */
const MAX_LEGS = 8

export const makeDriver = <D extends Wanted>(
  options: DriverOptions<D>
): Driver<D> => {
  const { account, baseMillis, instrument, settings } = options
  return {
    options,
    books: makeBooks({ account, instrument, settings, baseMillis, realMoney: false }),
    exchange: makeExchange(exchangeOptions(settings, instrument))
  }
}

/** The simulated venue's terms, from settings; shared with the layer that gives the venue a durable ledger. */
export const exchangeOptions = (
  settings: Settings,
  instrument: Instrument
): Parameters<typeof makeExchange>[0] => ({
  instrument,
  account: settings.account,
  capital: toQuote(settings.capital, instrument.priceScale),
  slippage: ppm(Math.round(settings.simulation.slippage * 1_000_000)),
  latencyMs: settings.simulation.latencyMs,
  participation: settings.simulation.participation,
  interestPerDay: ppm(Math.round(settings.simulation.interestPerDay * 1_000_000))
})

/** One closed bar in three breaths; several drivers of one account take each breath together. */
export const stepBar = <D extends Wanted>(driver: Driver<D>, bar: ClosedBar): void => {
  meetMarket(driver, bar)
  look(driver, bar)
  act(driver, bar.closeTime)
}

/** The venue walks through the bar: fills and charges are folded, lost protection is sent again. */
export const meetMarket = (driver: AnyDriver, bar: ClosedBar): void => {
  meetOpen(driver, bar)
  meetInside(driver, bar)
}

/** The first half of meeting the market: its open. Several drivers of one account all meet it before the second half. */
export const meetOpen = (driver: AnyDriver, bar: ClosedBar): void =>
  receive(driver, openBar(driver.exchange, bar), bar.openTime)

/** The second half: through the bar to its close. */
export const meetInside = (driver: AnyDriver, bar: ClosedBar): void =>
  receive(driver, closeBar(driver.exchange, bar), bar.closeTime)

/** The bar is seen by the decider and marked in the books. */
export const look = <D extends Wanted>(driver: Driver<D>, bar: ClosedBar): void =>
  mark(driver.books, bar, driver.options.decider.see(bar))

/** Decides on the bar seen last and sends what is wanted; `now` is its close. */
export const act = <D extends Wanted>(driver: Driver<D>, now: number): void => {
  const decision = driver.options.decider.decide(driver.books, now)
  driver.options.onDecision?.(decision, driver.books)
  if (decision.order !== null) send(driver, decision.order, now)
}

/** A driver, whoever decides: fills and orders do not depend on it. */
interface AnyDriver {
  readonly options: Pick<DriverOptions<never>, "onEvent" | "onTrade">
  readonly books: Books
  readonly exchange: Exchange
}

const receive = (driver: AnyDriver, reports: ReadonlyArray<VenueReport>, now: number): void => {
  if (reports.length === 0) return
  for (const report of reports) fold(driver, { _tag: "VenueReported", report }, now)
  for (let legs = 0;; legs++) {
    const order = nextProtection(driver.books, now)
    if (order === null) return
    invariant(legs < MAX_LEGS, "protection of one position needs few legs")
    send(driver, order, now)
  }
}

const send = (driver: AnyDriver, order: ApprovedOrder, now: number): void => {
  fold(driver, { _tag: "OrderSending", order, t0: now, settleBy: now + SETTLE_MILLIS }, now)
  const outcome = submit(driver.exchange, order, now)
  if (outcome._tag === "Accepted") {
    fold(driver, { _tag: "OrderAccepted", intentId: order.intentId, venueOrderId: outcome.venueOrderId }, now)
  } else {
    invariant(outcome._tag === "Refused", "a simulated venue always knows")
    fold(
      driver,
      { _tag: "OrderRefused", intentId: order.intentId, code: outcome.code, words: outcome.words },
      now
    )
  }
}

/** window 2 s + skew 1 s + queue margin 15 s (reliability 6.3). */
const SETTLE_MILLIS = 18_000

const fold = (driver: AnyDriver, event: JournalEvent, now: number): void => {
  const trade = settle(driver.books, event, now)
  driver.options.onEvent?.(event, now)
  if (trade !== null) driver.options.onTrade?.(trade)
}
