/**
 * Closed trades as a report reads them: with their slippage and how far the price went against and for them.
 * In: fills, bars at whose close a position stands, closed trades. Out: one LedgerTrade a closed trade.
 * Apart from the books, which need none of this to trade.
 */
import type { ClosedBar } from "../../domain/Candle.ts"
import type { Instrument } from "../../domain/Instrument.ts"
import { toFloat } from "../../domain/money.ts"
import type { ClosedTrade } from "../../engine/portfolio/ClosedTrade.ts"
import type { LedgerTrade } from "../../report/Ledger.ts"
import type { FillFacts } from "./orders.ts"

export interface TradeTape {
  readonly instrument: Instrument
  readonly trades: Array<LedgerTrade>
  /** Of the position that is open now: its extremes at bars it was held through, and slippage paid so far. */
  high: number
  low: number
  slippage: number
}

export const makeTradeTape = (instrument: Instrument): TradeTape => ({
  instrument,
  trades: [],
  high: -Infinity,
  low: Infinity,
  slippage: 0
})

export const tapeFill = (tape: TradeTape, fill: FillFacts): void => {
  tape.slippage += fill.slippage
}

/** A bar at whose close a position stands. */
export const tapeHeldBar = (tape: TradeTape, bar: ClosedBar): void => {
  if (bar.high > tape.high) tape.high = bar.high
  if (bar.low < tape.low) tape.low = bar.low
}

/** The last bar counts only by the exit price: what came after it in that bar was no longer ours. */
export const tapeTrade = (tape: TradeTape, trade: ClosedTrade): void => {
  const { amountScale, priceScale } = tape.instrument
  const money = (scaled: number): number => toFloat(scaled, priceScale)
  const rise = Math.max(tape.high, trade.exitPrice) / trade.entryPrice - 1
  const fall = 1 - Math.min(tape.low, trade.exitPrice) / trade.entryPrice
  const isLong = trade.side === "long"
  tape.trades.push({
    id: trade.id,
    instrument: trade.instrument,
    strategy: trade.strategy,
    side: trade.side,
    entryTime: trade.entryTime,
    exitTime: trade.exitTime,
    entryPrice: trade.entryPrice,
    exitPrice: trade.exitPrice,
    amount: toFloat(trade.amount, amountScale),
    cost: money(trade.cost),
    proceeds: money(trade.proceeds),
    fees: money(trade.fees),
    slippage: tape.slippage,
    interest: money(trade.interest),
    pnl: money(trade.pnl),
    barsHeld: trade.barsHeld,
    exitReason: trade.exitLeg,
    mae: Math.max(0, isLong ? fall : rise),
    mfe: Math.max(0, isLong ? rise : fall)
  })
  tape.high = -Infinity
  tape.low = Infinity
  tape.slippage = 0
}
