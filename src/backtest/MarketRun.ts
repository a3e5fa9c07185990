/**
 * One market of a backtest: its driver, and the tapes that write down what it did.
 * In: a series, settings, who else wants to see decisions. Out: a driver that moves bar by bar, and rows at the end.
 * Apart from run.ts, which moves all markets of one account together.
 */
import type { DecisionReason } from "../domain/decisionReasons.ts"
import type { JournalEvent } from "../domain/Event.ts"
import type { Decision } from "../engine/Decision.ts"
import type { Books } from "../engine/portfolio/Books.ts"
import type { ClosedTrade } from "../engine/portfolio/ClosedTrade.ts"
import { countBallot, makeFunnel } from "../engine/strategy/funnel.ts"
import type { Funnel } from "../engine/strategy/funnel.ts"
import type { BarCursor } from "./BarCursor.ts"
import { makeCursor } from "./BarCursor.ts"
import type { Driver, DriverOptions } from "./driver.ts"
import type { Series, SeriesFunnel } from "./Result.ts"
import { makeRollingHash } from "./rollingHash.ts"
import type { RollingHash } from "./rollingHash.ts"
import type { Holding } from "./tape/hold.ts"
import { makeHolding } from "./tape/hold.ts"
import { makeOrderTape, tapeOrder } from "./tape/orders.ts"
import type { OrderTape } from "./tape/orders.ts"
import { makeTradeTape, tapeFill, tapeTrade } from "./tape/trades.ts"
import type { TradeTape } from "./tape/trades.ts"

export interface MarketRun {
  readonly series: Series
  readonly cursor: BarCursor
  readonly driver: Driver<Decision>
  readonly tapes: Tapes
  readonly holding: Holding
}

/** What is written down of one market. */
export interface Tapes {
  readonly orders: OrderTape
  readonly trades: TradeTape
  /** The books' own closed trades, exact: what the fingerprint is made of. */
  readonly closed: Array<ClosedTrade>
  readonly hash: RollingHash
  readonly funnel: Funnel
  readonly outcomes: Map<DecisionReason, number>
  /** Notional of all fills, quote units. */
  turnover: number
  slippage: number
  entriesWithoutEdge: number
}

/** What a market of a backtest is made of, besides its driver. */
export interface MarketParts {
  readonly cursor: BarCursor
  readonly tapes: Tapes
  /** What the driver tells while it runs. */
  readonly told: Pick<DriverOptions<Decision>, "onDecision" | "onEvent" | "onTrade">
}

export const marketParts = (
  series: Series,
  onDecision: (decision: Decision, books: Books) => void,
  onFill: (instant: number) => void
): MarketParts => {
  const cursor = makeCursor(series.columns)
  const tapes: Tapes = {
    orders: makeOrderTape(series.instrument),
    trades: makeTradeTape(series.instrument),
    closed: [],
    hash: makeRollingHash(),
    funnel: makeFunnel(),
    outcomes: new Map(),
    turnover: 0,
    slippage: 0,
    entriesWithoutEdge: 0
  }
  const told = {
    onDecision: (decision: Decision, books: Books): void => {
      countDecision(tapes, decision)
      onDecision(decision, books)
    },
    onEvent: (event: JournalEvent, instant: number): void => {
      const fill = tapeOrder(tapes.orders, event, instant, cursor.bar)
      if (fill === null) return
      tapes.turnover += fill.value
      tapes.slippage += fill.slippage
      tapeFill(tapes.trades, fill)
      onFill(fill.report.at)
    },
    onTrade: (trade: ClosedTrade): void => {
      tapes.closed.push(trade)
      tapeTrade(tapes.trades, trade)
    }
  }
  return { cursor, tapes, told }
}

/** A market before its first traded bar; the bars before it have warmed its features. */
export const makeMarketRun = (
  series: Series,
  parts: MarketParts,
  driver: Driver<Decision>,
  capital: number
): MarketRun => {
  const { from } = series
  for (let index = 0; index < from; index++) driver.options.decider.see(parts.cursor.moveTo(index))
  return {
    series,
    cursor: parts.cursor,
    driver,
    tapes: parts.tapes,
    holding: makeHolding(capital)
  }
}

export const funnelOf = ({ series, tapes }: MarketRun): SeriesFunnel => ({
  instrument: series.instrument.id,
  decisions: tapes.funnel.ballots,
  outcomes: Object.fromEntries(tapes.outcomes),
  strategies: [...tapes.funnel.strategies].map(([strategy, counts]) => ({ strategy, ...counts }))
})

const countDecision = (tapes: Tapes, decision: Decision): void => {
  tapes.hash.add(decision)
  countBallot(tapes.funnel, decision.ballot)
  tapes.outcomes.set(decision.reason, (tapes.outcomes.get(decision.reason) ?? 0) + 1)
  if (decision.order?.edge === "none") tapes.entriesWithoutEdge += 1
}
