/**
 * The two stops on equity: from the peak (an operator resumes) and from the day's first equity (the next day resumes).
 * In: equity at each mark. Out: the stop states, which are part of the books and so survive a restart (L-10).
 * Apart from checks.ts because marks move these states and checks only read them.
 */
import type { Quote } from "../../domain/money.ts"
import { tradingDay } from "../../domain/timeframe.ts"

export interface Drawdown {
  peak: Quote
  /** Latched at the limit; only an operator's resume clears it. */
  stopped: boolean
}

export interface TradingDayBooks {
  /** Exclusive end of the running trading day, -1 before the first mark. */
  end: number
  /** Equity before the day's first mark. */
  startEquity: Quote
  /** Latched at the day's loss limit until the next day. */
  stopped: boolean
  /** Entries journaled for sending in this day. */
  entries: number
}

export const makeDrawdown = (equity: Quote): Drawdown => ({ peak: equity, stopped: false })

/** Share of `from` that is lost, 0 or more; 1 when there was nothing to lose. */
export const lossShare = (from: Quote, equity: Quote): number =>
  from > 0 ? Math.max(0, (from - equity) / from) : 1

/** Follows the peak and latches the stop. */
export const followPeak = (drawdown: Drawdown, equity: Quote, maxDrawdown: number): void => {
  if (equity > drawdown.peak) drawdown.peak = equity
  else if (lossShare(drawdown.peak, equity) >= maxDrawdown) drawdown.stopped = true
}

/** An operator's resume: counts again from what is there now. Without a stop it changes nothing. */
export const resumeDrawdown = (drawdown: Drawdown, equity: Quote): void => {
  if (!drawdown.stopped) return
  drawdown.stopped = false
  drawdown.peak = equity
}

/** Begins a trading day when `closeTime` has reached the end of the last one; `before` is the equity at the last mark. */
export const followDay = (day: TradingDayBooks, zone: string, closeTime: number, before: Quote): void => {
  if (closeTime < day.end) return
  day.end = tradingDay(zone, closeTime).end
  day.startEquity = before
  day.stopped = false
  day.entries = 0
}

/** Latches the day's stop. */
export const followDayLoss = (day: TradingDayBooks, equity: Quote, maxDayLoss: number): void => {
  if (lossShare(day.startEquity, equity) >= maxDayLoss) day.stopped = true
}
