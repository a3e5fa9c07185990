/**
 * A backtest in slices: the bars of one or more markets through one account, and everything that happens written down.
 * In: settings, markets as columns, who else wants to see decisions. Out: after the last slice, a BacktestResult.
 * In slices, because the caller shows progress and obeys Ctrl-C between two of them; the result does not depend on their size.
 */
import type { ClosedBar } from "../domain/Candle.ts"
import { powerOfTen } from "../domain/money.ts"
import type { Settings } from "../domain/Settings.ts"
import type { Decision } from "../engine/Decision.ts"
import { invariant } from "../engine/invariant.ts"
import { equityOf } from "../engine/portfolio/Account.ts"
import type { Books } from "../engine/portfolio/Books.ts"
import { makeAccountTape, tapeClose, tapeDayEnd, tapeFillPoint } from "./AccountTape.ts"
import type { AccountTape, Standing } from "./AccountTape.ts"
import { stepBar } from "./driver.ts"
import type { Driver } from "./driver.ts"
import { pipelineDecider } from "./loop.ts"
import { makeMarketRun, marketParts } from "./MarketRun.ts"
import type { MarketRun } from "./MarketRun.ts"
import { mergeSeries } from "./mergeSeries.ts"
import type { Merge } from "./mergeSeries.ts"
import { makeDrivers, stepTogether } from "./portfolio.ts"
import type { Series } from "./Result.ts"
import { buyOnce, valueOf } from "./tape/hold.ts"
import type { Holding } from "./tape/hold.ts"
import { tapeHeldBar } from "./tape/trades.ts"

export interface BacktestOptions {
  /** Name of the account in decision ids. */
  readonly account: string
  readonly settings: Settings
  /** One or more markets of one quote currency and one bar length; each has a bar to trade. */
  readonly series: ReadonlyArray<Series>
  readonly higherMillis: number
  /** How many variants were tried before this one is shown, for the deflated Sharpe ratio. */
  readonly trials: number
  readonly parameterCount: number
  /** Sees every decision while its observation is still valid; `market` is the index of its series. */
  readonly onDecision?: (market: number, decision: Decision, books: Books) => void
}

export interface Backtest {
  readonly options: BacktestOptions
  readonly markets: ReadonlyArray<MarketRun>
  readonly drivers: ReadonlyArray<Driver<Decision>>
  /** The bar of each market at the instant that is stepped to, null where none closes. */
  readonly bars: Array<ClosedBar | null>
  readonly merge: Merge
  readonly holdings: ReadonlyArray<Holding>
  readonly tape: AccountTape
  /** Bars of all markets, and those done. */
  readonly total: number
  done: number
  /** Close of the newest bar, UTC milliseconds. */
  now: number
}

/** A backtest before its first bar; features are warm already where the series begin later than their columns. */
export const makeBacktest = (options: BacktestOptions): Backtest => {
  const { account, higherMillis, series, settings } = options
  const [first] = series
  invariant(first !== undefined, "a backtest has a market")
  invariant(series.every(({ from, to }) => from < to), "every market of a backtest has bars to trade")
  const { barMillis } = first.columns
  const total = series.reduce((sum, { from, to }) => sum + to - from, 0)
  const parts = series.map((one, index) =>
    marketParts(
      one,
      (decision, books) => options.onDecision?.(index, decision, books),
      (at) => tapeFillPoint(backtest.tape, at, standingOf(markets), valueOf(backtest.holdings))
    )
  )
  const frames = { baseMillis: barMillis, higherMillis, spec: settings.spec }
  const drivers = makeDrivers(
    { account, settings, baseMillis: barMillis },
    series.map(({ instrument }, index) => ({
      instrument,
      decider: pipelineDecider(frames),
      ...parts[index]!.told
    }))
  )
  const share = settings.capital / series.length
  const markets = series.map((one, index) => makeMarketRun(one, parts[index]!, drivers[index]!, share))
  const backtest: Backtest = {
    options,
    markets,
    drivers,
    bars: markets.map(() => null),
    merge: mergeSeries(series),
    holdings: markets.map(({ holding }) => holding),
    tape: makeAccountTape({
      priceScale: first.instrument.priceScale,
      zone: settings.tradingDayZone,
      capital: settings.capital,
      from: Math.min(...series.map(({ columns, from }) => columns.openTime[from]!)),
      bars: total
    }),
    total,
    done: 0,
    now: 0
  }
  return backtest
}

/** Runs at least `bars` more bars, or all that are left; true while there is more. */
export const advance = (backtest: Backtest, bars: number): boolean => {
  const { merge } = backtest
  const until = backtest.done + bars
  while (backtest.done < until && merge.next()) {
    if (merge.closeTime > backtest.tape.days.end) endDay(backtest, merge.closeTime)
    stepTo(backtest, merge.closeTime)
  }
  return backtest.done < backtest.total
}

/** Writes the day that is over, seen from the first close after it; the account has not moved since its last bar. */
export const endDay = ({ holdings, markets, now, tape }: Backtest, nextClose: number): void =>
  tapeDayEnd(tape, now, standingOf(markets), valueOf(holdings), nextClose)

/** All bars that close at one instant. */
const stepTo = (backtest: Backtest, close: number): void => {
  const { bars, drivers, holdings, markets, merge, tape } = backtest
  for (let index = 0; index < markets.length; index++) {
    const row = merge.rows[index]!
    bars[index] = row < 0 ? null : takeBar(backtest, markets[index]!, row)
  }
  if (drivers.length === 1) stepBar(drivers[0]!, bars[0]!)
  else stepTogether(drivers, bars)
  let isHolding = false
  for (let index = 0; index < markets.length; index++) {
    const { driver: { books }, tapes } = markets[index]!
    if (books.position === null) continue
    isHolding = true
    if (bars[index] !== null) tapeHeldBar(tapes.trades, bars[index]!)
  }
  backtest.now = close
  tapeClose(tape, close, equityNear(markets, tape.priceScale), valueOf(holdings), isHolding)
}

const takeBar = (backtest: Backtest, { cursor, holding, series }: MarketRun, row: number): ClosedBar => {
  const bar = cursor.moveTo(row)
  backtest.done += 1
  if (!holding.bought) {
    buyOnce(holding, series.instrument, bar.open, backtest.options.settings.simulation.slippage)
  }
  holding.close = bar.close
  return bar
}

/** Cash and equity of the account that all markets share, exact. */
const standingOf = (markets: ReadonlyArray<MarketRun>): Standing => {
  const books = markets[0]!.driver.books
  return { cash: books.account.quote, equity: equityOf(books.account) }
}

// Floating: it is read for a picture and the deepest fall, a million times; days and fills are exact.
const equityNear = (markets: ReadonlyArray<MarketRun>, priceScale: number): number => {
  let sum: number = markets[0]!.driver.books.account.quote
  for (const { driver: { books } } of markets) {
    if (books.base !== 0) sum += books.base * books.markPrice / powerOfTen(books.instrument.amountScale)
  }
  return sum / powerOfTen(priceScale)
}
