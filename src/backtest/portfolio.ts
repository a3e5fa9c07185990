/**
 * Several markets on one account: the same books, venue and decisions as one market, with the cash shared.
 * In: markets of one currency, and the bars that close at one instant. Out: drivers that move together.
 * Apart from driver.ts, which knows one market; each breath is taken by all before anybody takes the next.
 */
import type { ClosedBar } from "../domain/Candle.ts"
import { invariant } from "../engine/invariant.ts"
import { markMarket } from "../engine/mark.ts"
import { beginDay, followEquity } from "../engine/portfolio/Account.ts"
import { joinBooks } from "../engine/portfolio/Books.ts"
import { PortfolioUnfit } from "../errors/BacktestError.ts"
import { joinExchange } from "../simulator/Exchange.ts"
import { act, exchangeOptions, makeDriver, meetInside, meetOpen } from "./driver.ts"
import type { Driver, DriverOptions, Wanted } from "./driver.ts"
import type { Series } from "./Result.ts"

type Shared = "account" | "settings" | "baseMillis"

/** What each market of an account has for itself. */
export type Market<D extends Wanted> = Omit<DriverOptions<D>, Shared>

/**
 * One driver a market, in the given order, over one account and one venue cash; of a single market it is `makeDriver`.
 * The order is a rank: it decides what is tied at one instant and nothing else. Tied are the last free cash and the
 * day's last entries (the earlier market gets them), and the order in which trades that close in one bar are numbered
 * and counted in the losing streak.
 * Errors: `InvariantBroken` where `misfitOf` finds a misfit.
 */
export const makeDrivers = <D extends Wanted>(
  shared: Pick<DriverOptions<D>, Shared>,
  markets: ReadonlyArray<Market<D>>
): ReadonlyArray<Driver<D>> => {
  const [first, ...rest] = markets
  invariant(first !== undefined, "an account has a market")
  const leader = makeDriver({ ...shared, ...first })
  const followers = rest.map((market): Driver<D> => ({
    options: { ...shared, ...market },
    books: joinBooks(leader.books.account, market.instrument, shared.baseMillis),
    exchange: joinExchange(leader.exchange, exchangeOptions(shared.settings, market.instrument))
  }))
  return [leader, ...followers]
}

/**
 * Moves all markets through the bars that close at one instant; `bars[i]` is the bar of `drivers[i]`, null where none is.
 * A market without a bar keeps its mark and its orders, and does not decide; the others go on.
 */
export const stepTogether = <D extends Wanted>(
  drivers: ReadonlyArray<Driver<D>>,
  bars: ReadonlyArray<ClosedBar | null>
): void => {
  const now = closeOf(drivers, bars)
  // Opens before insides: no fill inside a bar pays for one at its open.
  for (let index = 0; index < bars.length; index++) {
    const bar = bars[index]!
    if (bar !== null) meetOpen(drivers[index]!, bar)
  }
  for (let index = 0; index < bars.length; index++) {
    const bar = bars[index]!
    if (bar !== null) meetInside(drivers[index]!, bar)
  }
  lookTogether(drivers, bars, now)
  for (let index = 0; index < bars.length; index++) {
    if (bars[index] !== null) act(drivers[index]!, now)
  }
}

// The account looks at its equity once all bars of the instant are in it: half of them would be a peak that never was.
const lookTogether = <D extends Wanted>(
  drivers: ReadonlyArray<Driver<D>>,
  bars: ReadonlyArray<ClosedBar | null>,
  now: number
): void => {
  const { account } = drivers[0]!.books
  beginDay(account, now)
  for (let index = 0; index < bars.length; index++) {
    const bar = bars[index]!
    if (bar === null) continue
    const { books, options } = drivers[index]!
    markMarket(books, bar, options.decider.see(bar))
  }
  followEquity(account, now)
}

const closeOf = <D extends Wanted>(
  drivers: ReadonlyArray<Driver<D>>,
  bars: ReadonlyArray<ClosedBar | null>
): number => {
  invariant(bars.length === drivers.length, "each market has a bar or none")
  let close = -1
  for (const bar of bars) {
    if (bar === null) continue
    invariant(close === -1 || bar.closeTime === close, "bars of one step close at one instant")
    close = bar.closeTime
  }
  invariant(close !== -1, "a step has a bar")
  return close
}

/**
 * The first two markets that cannot share an account, or null when all can: one quote currency at one scale, since cash
 * is one number; one bar length, since decisions meet at closes; each instrument once, since its name keys its orders.
 */
export const misfitOf = (
  markets: ReadonlyArray<Pick<Series, "columns" | "instrument">>
): PortfolioUnfit | null => {
  for (const [index, market] of markets.entries()) {
    for (const earlier of markets.slice(0, index)) {
      const misfit = misfitOfTwo(earlier, market)
      if (misfit !== null) return misfit
    }
  }
  return null
}

const misfitOfTwo = (
  { columns: firstColumns, instrument: first }: Pick<Series, "columns" | "instrument">,
  { columns: secondColumns, instrument: second }: Pick<Series, "columns" | "instrument">
): PortfolioUnfit | null => {
  const unfit = (what: PortfolioUnfit["what"], firstHas: string | number, secondHas: string | number) =>
    new PortfolioUnfit({
      first: first.id,
      second: second.id,
      what,
      firstHas: String(firstHas),
      secondHas: String(secondHas)
    })
  if (first.id === second.id) return unfit("instrument", first.id, second.id)
  if (first.quote !== second.quote) return unfit("quote currency", first.quote, second.quote)
  if (first.priceScale !== second.priceScale) return unfit("price scale", first.priceScale, second.priceScale)
  return firstColumns.barMillis === secondColumns.barMillis
    ? null
    : unfit("bar length", firstColumns.barMillis, secondColumns.barMillis)
}
