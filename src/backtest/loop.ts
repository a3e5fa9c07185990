/**
 * The bare loop: the whole pipeline over bars, as fast as the core goes.
 * In: settings, an instrument, closed bars. Out: counts, closed trades, the final books and the venue's own.
 * Here, beside the driver, because parity, replay and benches want all of it in one call.
 */
import type { Candle } from "../domain/Candle.ts"
import type { JournalEvent } from "../domain/Event.ts"
import type { Instrument } from "../domain/Instrument.ts"
import type { Settings } from "../domain/Settings.ts"
import { decide } from "../engine/decide.ts"
import type { Decision } from "../engine/Decision.ts"
import { makeMarketState, observe } from "../engine/observe.ts"
import type { MarketOptions } from "../engine/observe.ts"
import type { Books } from "../engine/portfolio/Books.ts"
import type { ClosedTrade } from "../engine/portfolio/ClosedTrade.ts"
import type { Exchange } from "../simulator/Exchange.ts"
import { makeDriver, stepBar } from "./driver.ts"
import type { Decider } from "./driver.ts"

export interface LoopOptions {
  readonly account: string
  readonly instrument: Instrument
  readonly settings: Settings
  readonly baseMillis: number
  readonly higherMillis: number
  /** Bars that only warm features, oldest first. */
  readonly history: Iterable<Candle>
  readonly candles: Iterable<Candle>
  readonly onDecision?: (decision: Decision, books: Books) => void
  readonly onEvent?: (event: JournalEvent, instant: number) => void
}

export interface LoopResult {
  readonly bars: number
  readonly trades: ReadonlyArray<ClosedTrade>
  readonly books: Books
  readonly exchange: Exchange
}

/** The whole pipeline over candles in memory. */
export const runLoop = (options: LoopOptions): LoopResult => {
  const { baseMillis, higherMillis, settings } = options
  const decider = pipelineDecider({ baseMillis, higherMillis, spec: settings.spec })
  const trades: Array<ClosedTrade> = []
  const driver = makeDriver({ ...options, decider, onTrade: (trade) => trades.push(trade) })
  for (const candle of options.history) decider.see(candle)
  let bars = 0
  for (const candle of options.candles) {
    stepBar(driver, candle)
    bars += 1
  }
  return { bars, trades, books: driver.books, exchange: driver.exchange }
}

/** The decider of every trading run: features, vote, checks, plan. */
export const pipelineDecider = (frames: MarketOptions): Decider<Decision> => {
  const market = makeMarketState(frames)
  return {
    see: (bar) => observe(market, bar).gapBars,
    decide: (books, now) => decide(books, market.observation, null, now)
  }
}
