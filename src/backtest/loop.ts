/**
 * The bare loop: match, settle, observe, decide, bar after bar, with the very functions that the actors call.
 * In: settings, an instrument, closed bars. Out: counts, closed trades, the final books, and a rolling hash of all decisions.
 * No Effect, no Schema, no span in here: this driver is for speed, test/parity holds it equal to the actors byte for byte.
 */
import type { Candle } from "../domain/Candle.ts"
import type { JournalEvent } from "../domain/Event.ts"
import type { Instrument } from "../domain/Instrument.ts"
import { ppm, toQuote } from "../domain/money.ts"
import type { ApprovedOrder, VenueReport } from "../domain/Order.ts"
import type { Settings } from "../domain/Settings.ts"
import { decide } from "../engine/decide.ts"
import type { Decision } from "../engine/Decision.ts"
import { nextProtection } from "../engine/execution/protection.ts"
import { invariant } from "../engine/invariant.ts"
import { makeMarketState, observe } from "../engine/observe.ts"
import type { Books } from "../engine/portfolio/Books.ts"
import { makeBooks } from "../engine/portfolio/Books.ts"
import type { ClosedTrade } from "../engine/portfolio/ClosedTrade.ts"
import { mark, settle } from "../engine/settle.ts"
import type { Exchange } from "../simulator/Exchange.ts"
import { closeBar, makeExchange, openBar, submit } from "../simulator/Exchange.ts"

export interface LoopOptions {
  /** Name of the account in decision ids. */
  readonly account: string
  /** Fees already overridden by the settings. */
  readonly instrument: Instrument
  readonly settings: Settings
  readonly baseMillis: number
  readonly higherMillis: number
  /** Bars that only warm features, oldest first. */
  readonly history: Iterable<Candle>
  readonly candles: Iterable<Candle>
  /** Sees every decision while its observation is still valid. */
  readonly onDecision?: (decision: Decision, books: Books) => void
  /** Sees every ledger event in the order in which it is folded. */
  readonly onEvent?: (event: JournalEvent, instant: number) => void
}

export interface LoopResult {
  readonly bars: number
  readonly trades: ReadonlyArray<ClosedTrade>
  readonly books: Books
  readonly exchange: Exchange
}

/** Protection is level-triggered; more legs than this for one change of position is a defect. */
const MAX_LEGS = 8

export const runLoop = (options: LoopOptions): LoopResult => {
  const driver = makeDriver(options)
  for (const candle of options.history) observe(driver.market, candle)
  let bars = 0
  for (const candle of options.candles) {
    stepBar(driver, candle)
    bars += 1
  }
  return { bars, trades: driver.trades, books: driver.books, exchange: driver.exchange }
}

interface Driver {
  readonly options: LoopOptions
  readonly market: ReturnType<typeof makeMarketState>
  readonly books: Books
  readonly exchange: Exchange
  readonly trades: Array<ClosedTrade>
}

const makeDriver = (options: LoopOptions): Driver => {
  const { account, baseMillis, higherMillis, instrument, settings } = options
  return {
    options,
    market: makeMarketState({ baseMillis, higherMillis, spec: settings.spec }),
    books: makeBooks({ account, instrument, settings, baseMillis, realMoney: false }),
    exchange: makeExchange(exchangeOptions(settings, instrument)),
    trades: []
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

const stepBar = (driver: Driver, candle: Candle): void => {
  const { books, exchange, options } = driver
  receive(driver, openBar(exchange, candle), candle.openTime)
  receive(driver, closeBar(exchange, candle), candle.closeTime)
  const observation = observe(driver.market, candle)
  mark(books, candle, observation.gapBars)
  const decision = decide(books, observation, null, candle.closeTime)
  options.onDecision?.(decision, books)
  if (decision.order !== null) send(driver, decision.order, candle.closeTime)
}

const receive = (driver: Driver, reports: ReadonlyArray<VenueReport>, now: number): void => {
  if (reports.length === 0) return
  for (const report of reports) fold(driver, { _tag: "VenueReported", report }, now)
  for (let legs = 0;; legs++) {
    const order = nextProtection(driver.books, now)
    if (order === null) return
    invariant(legs < MAX_LEGS, "protection of one position needs few legs")
    send(driver, order, now)
  }
}

const send = (driver: Driver, order: ApprovedOrder, now: number): void => {
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

const fold = (driver: Driver, event: JournalEvent, now: number): void => {
  driver.options.onEvent?.(event, now)
  const trade = settle(driver.books, event, now)
  if (trade !== null) driver.trades.push(trade)
}
