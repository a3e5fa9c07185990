/**
 * What the markets of one account share: cash, results, trading state, the stops on equity, the losing streak.
 * In: constants once, then whatever settle.ts folds for any of its markets. Out: read by risk, protection, screens.
 * Apart from the books of one market, so that one desk and a portfolio run the same rules over the same facts.
 */
import type { Instrument } from "../../domain/Instrument.ts"
import { notional, powerOfTen, quote } from "../../domain/money.ts"
import type { Base, Price, Quote } from "../../domain/money.ts"
import type { Settings } from "../../domain/Settings.ts"
import type { TradingState } from "../../domain/severityTable.ts"
import { followDay, followDayLoss, followPeak, makeDrawdown } from "../risk/drawdown.ts"
import type { Drawdown, TradingDayBooks } from "../risk/drawdown.ts"
import { NEVER } from "../risk/protections.ts"
import { advanceStreak, makeStreak } from "../risk/streak.ts"
import type { Streak } from "../risk/streak.ts"
import type { ClosedTrade } from "./ClosedTrade.ts"
import type { OrderState } from "./OrderState.ts"

/** What the account needs to know of one of its markets; `Books` are all of it. */
export interface Member {
  readonly instrument: Instrument
  /** The account's settings, at hand in every market. */
  readonly settings: Settings
  /** Signed amount of the base currency (negative only on a margin account). */
  base: Base
  /** Close of the newest bar, 0 before the first; and the number of bars so far. */
  markPrice: Price
  bars: number
  /** The venue's newest report that is folded; 0 before the first. */
  lastReportSeq: number
  /** Orders that may still fill, by intent id, in order of sending. */
  readonly working: Map<string, OrderState>
}

export interface Account {
  readonly name: string
  readonly settings: Settings
  readonly realMoney: boolean
  /** Its markets, in the order in which they joined; all of one quote currency and price scale. */
  readonly members: Array<Member>
  /** True once a session set the money. */
  started: boolean
  /** Cash; below zero only on a margin account. */
  quote: Quote
  /** Sums since the beginning, for screens and for the conservation law. */
  feesPaid: Quote
  interestPaid: Quote
  realized: Quote
  tradingState: TradingState
  /** Closed trades young enough for Kelly or a protection, oldest first; and how many there ever were. */
  trades: Array<ClosedTrade>
  closedCount: number
  readonly drawdown: Drawdown
  readonly day: TradingDayBooks
  readonly streak: Streak
}

/** An account without a market, with the capital of the settings at `priceScale`; the first `SessionStarted` sets the journaled one. */
export const makeAccount = (options: {
  readonly name: string
  readonly settings: Settings
  readonly realMoney: boolean
  readonly priceScale: number
}): Account => {
  const { name, priceScale, realMoney } = options
  // What a schema decoded is a hash table once it has a dozen fields; a copy is a record, read in a tenth of the time.
  const settings = { ...options.settings, risk: { ...options.settings.risk } }
  const capital = quote(Math.round(settings.capital * powerOfTen(priceScale)))
  return {
    name,
    settings,
    realMoney,
    members: [],
    started: false,
    quote: capital,
    feesPaid: 0 as Quote,
    interestPaid: 0 as Quote,
    realized: 0 as Quote,
    tradingState: "Active",
    trades: [],
    closedCount: 0,
    drawdown: makeDrawdown(capital),
    day: { end: NEVER, startEquity: capital, stopped: false, entries: 0 },
    streak: makeStreak()
  }
}

/** Cash plus what each market holds at its own last mark; exact, each market half away from zero at quote scale. */
export const equityOf = (account: Account): Quote => {
  let equity: number = account.quote
  for (const { base, instrument, markPrice } of account.members) {
    if (base !== 0) equity += notional(base, markPrice, instrument.amountScale, "halfAway")
  }
  return equity as Quote
}

/**
 * Begins a trading day when `closeTime` has reached the end of the last one. Called before any market is marked with
 * the bars that close then: the day starts with the equity of the marks before.
 */
export const beginDay = (account: Account, closeTime: number): void => {
  if (closeTime < account.day.end) return
  followDay(account.day, account.settings.tradingDayZone, closeTime, equityOf(account))
}

/** Peak, day loss and the end of a streak pause, once every market that has a bar at `closeTime` is marked with it. */
export const followEquity = (account: Account, closeTime: number): void => {
  const { risk } = account.settings
  const equity = equityOf(account)
  followPeak(account.drawdown, equity, risk.maxDrawdown)
  followDayLoss(account.day, equity, risk.maxDayLoss)
  advanceStreak(account.streak, closeTime, risk)
}
