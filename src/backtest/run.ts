/**
 * A backtest in slices: the bars of one or more markets through one account, and everything that happens written down.
 * In: settings, markets as columns, who else wants to see decisions. Out: after the last slice, a BacktestResult.
 * In slices, because the caller shows progress and obeys Ctrl-C between two of them; the result does not depend on their size.
 */
import { powerOfTen } from "../domain/money.ts"
import type { Settings } from "../domain/Settings.ts"
import type { Decision } from "../engine/Decision.ts"
import { invariant } from "../engine/invariant.ts"
import { equityOf } from "../engine/portfolio/Account.ts"
import type { Books } from "../engine/portfolio/Books.ts"
import { makeAccountTape, tapeClose, tapeDayEnd, tapeFillPoint } from "./AccountTape.ts"
import type { AccountTape, Standing } from "./AccountTape.ts"
import { act, look, makeDriver, meetMarket } from "./driver.ts"
import { pipelineDecider } from "./loop.ts"
import { makeMarketRun, marketParts, takeBar } from "./MarketRun.ts"
import type { MarketRun } from "./MarketRun.ts"
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
  const markets = series.map((one, index): MarketRun => {
    const parts = marketParts(
      one,
      (decision, books) => options.onDecision?.(index, decision, books),
      (at) => tapeFillPoint(backtest.tape, at, standingOf(markets), valueOf(backtest.holdings))
    )
    const decider = pipelineDecider({ baseMillis: barMillis, higherMillis, spec: settings.spec })
    const driver = makeDriver({
      account,
      instrument: one.instrument,
      settings,
      baseMillis: barMillis,
      decider,
      ...parts.told
    })
    return makeMarketRun(one, parts, driver, settings.capital / series.length)
  })
  const backtest: Backtest = {
    options,
    markets,
    holdings: markets.map(({ holding }) => holding),
    tape: makeAccountTape({
      priceScale: first.instrument.priceScale,
      zone: settings.tradingDayZone,
      capital: settings.capital,
      from: Math.min(...markets.map(({ nextClose }) => nextClose)) - barMillis,
      bars: Math.max(...series.map(({ from, to }) => to - from))
    }),
    total: series.reduce((sum, { from, to }) => sum + to - from, 0),
    done: 0,
    now: 0
  }
  return backtest
}

/** Runs at least `bars` more bars, or all that are left; true while there is more. */
export const advance = (backtest: Backtest, bars: number): boolean => {
  const until = backtest.done + bars
  while (backtest.done < until) {
    const close = nextClose(backtest.markets)
    if (close === Infinity) return false
    stepTo(backtest, close)
  }
  return backtest.done < backtest.total
}

const nextClose = (markets: ReadonlyArray<MarketRun>): number => {
  let next = Infinity
  for (const market of markets) if (market.nextClose < next) next = market.nextClose
  return next
}

/** All bars that close at one instant, breath by breath. */
const stepTo = (backtest: Backtest, close: number): void => {
  const { holdings, markets, options, tape } = backtest
  const closing = markets.length === 1 ? markets : markets.filter((market) => market.nextClose === close)
  for (const market of closing) {
    takeBar(market)
    if (!market.holding.bought) {
      buyOnce(
        market.holding,
        market.series.instrument,
        market.cursor.bar.open,
        options.settings.simulation.slippage
      )
    }
    meetMarket(market.driver, market.cursor.bar)
  }
  for (const market of closing) {
    const { bar } = market.cursor
    look(market.driver, bar)
    market.holding.close = bar.close
    if (market.driver.books.position !== null) tapeHeldBar(market.tapes.trades, bar)
  }
  for (const market of closing) act(market.driver, close)
  backtest.done += closing.length
  backtest.now = close
  const hold = valueOf(holdings)
  tapeClose(tape, close, equityNear(markets, tape.priceScale), hold, markets.some(isHolding))
  const next = nextClose(markets)
  if (next > tape.days.end) {
    tapeDayEnd(tape, close, standingOf(markets), hold, next === Infinity ? close : next)
  }
}

const isHolding = ({ driver }: MarketRun): boolean => driver.books.position !== null

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
