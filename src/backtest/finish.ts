/**
 * The end of a backtest: everything written down, as one result.
 * In: a backtest whose bars are done. Out: a BacktestResult; money becomes float quote units here and nowhere before.
 * Apart from run.ts, so that what moves bars and what sums them up are two pages.
 */
import type { Instrument } from "../domain/Instrument.ts"
import { notional, toFloat } from "../domain/money.ts"
import type { Price } from "../domain/money.ts"
import { invariant } from "../engine/invariant.ts"
import { equityOf } from "../engine/portfolio/Account.ts"
import { averageEntry } from "../engine/portfolio/Books.ts"
import type { Position } from "../engine/portfolio/position.ts"
import type { Ledger, OpenPosition } from "../report/Ledger.ts"
import { fingerprintOf } from "./fingerprint.ts"
import { funnelOf } from "./MarketRun.ts"
import type { MarketRun } from "./MarketRun.ts"
import type { BacktestResult } from "./Result.ts"
import { endDay } from "./run.ts"
import type { Backtest } from "./run.ts"
import { endCurve } from "./tape/curve.ts"
import { valueOf } from "./tape/hold.ts"
import { orderRows } from "./tape/orders.ts"

/** To be called once, when `advance` has said that nothing is left. */
export const finish = (backtest: Backtest): BacktestResult => {
  const { holdings, markets, now, tape } = backtest
  invariant(backtest.done === backtest.total, "a backtest is finished after its last bar")
  endDay(backtest, now)
  const ledger = ledgerOf(backtest)
  const rollingHashes = markets.map(({ tapes }) => tapes.hash.digest())
  const closed = inTime(markets.flatMap(({ tapes }) => tapes.closed))
  return {
    fingerprint: fingerprintOf(closed, rollingHashes, tape.exact),
    rollingHashes,
    ledger,
    orders: markets.flatMap(({ tapes }) => orderRows(tapes.orders)).toSorted((a, b) => a.sentAt - b.sentAt),
    equity: tape.points,
    curve: endCurve(tape.curve, now, ledger.equity, valueOf(holdings)),
    funnels: markets.map(funnelOf),
    entriesWithoutEdge: markets.reduce((sum, { tapes }) => sum + tapes.entriesWithoutEdge, 0)
  }
}

const ledgerOf = ({ holdings, markets, now, options, tape }: Backtest): Ledger => {
  const { settings } = options
  const first = markets[0]!
  const { books } = first.driver
  const { priceScale, quote } = first.series.instrument
  const money = (scaled: number): number => toFloat(scaled, priceScale)
  return {
    quote,
    decimals: WHOLE.has(quote) ? 0 : 2,
    zone: settings.tradingDayZone,
    capital: settings.capital,
    from: Math.min(...markets.map(({ series }) => series.columns.openTime[series.from]!)),
    to: now,
    barMillis: first.series.columns.barMillis,
    trades: inTime(markets.flatMap(({ tapes }) => tapes.trades.trades)),
    days: tape.days.days,
    bars: tape.bars,
    barsHeld: tape.barsHeld,
    turnover: sumOf(markets, ({ tapes }) => tapes.turnover),
    fees: money(books.account.feesPaid),
    slippage: sumOf(markets, ({ tapes }) => tapes.slippage),
    interest: money(books.account.interestPaid),
    deepest: tape.falls.deepest,
    holdDeepest: tape.holdFalls.deepest,
    equity: money(equityOf(books.account)),
    hold: valueOf(holdings),
    open: markets.flatMap(openOf),
    markets: markets.map(({ series: { columns, from, instrument, to } }) => ({
      instrument: instrument.id,
      first: columns.open[from]!,
      last: columns.close[to - 1]!
    })),
    parameterCount: options.parameterCount,
    trials: options.trials
  }
}

/** Currencies whose smallest coin is the unit. */
const WHOLE: ReadonlySet<string> = new Set(["JPY"])

// Trades of one market are in order already, and stay so among equals.
const inTime = <Trade extends { readonly exitTime: number }>(
  trades: ReadonlyArray<Trade>
): ReadonlyArray<Trade> => trades.toSorted((left, right) => left.exitTime - right.exitTime)

const sumOf = (markets: ReadonlyArray<MarketRun>, of: (market: MarketRun) => number): number =>
  markets.reduce((sum, market) => sum + of(market), 0)

const openOf = ({ driver: { books } }: MarketRun): ReadonlyArray<OpenPosition> => {
  const { instrument, position } = books
  if (position === null) return []
  return [{
    instrument: instrument.id,
    side: position.side,
    entryTime: position.openedAt,
    entryPrice: averageEntry(books) ?? Number.NaN,
    amount: toFloat(position.amount, instrument.amountScale),
    result: toFloat(resultOf(position, books.markPrice, instrument), instrument.priceScale)
  }]
}

// As if it were a closed trade, sold at the last close for nothing: equity is the capital, every trade and this.
const resultOf = (position: Position, at: Price, { amountScale }: Instrument): number => {
  const { amount, enteredCost, exitedProceeds, fees, interest, side } = position
  const proceeds = exitedProceeds + notional(amount, at, amountScale, "halfAway")
  return (side === "long" ? proceeds - enteredCost : enteredCost - proceeds) - fees - interest
}
