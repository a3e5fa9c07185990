/**
 * A moving-average cross through our driver, books and exchange, beside grademark's backtest of the same rules.
 * In: a million one-minute bars. Out: nanoseconds a bar, the ratio, and how many trades are the same.
 * grademark is timed twice: with its means made by data-forge, as its manual does it, and with bars and means ready-made.
 */
import { DataFrame, Series } from "data-forge"
import { backtest } from "grademark"
import type { IBar, IStrategy } from "grademark"
import { makeCursor } from "../../src/backtest/BarCursor.ts"
import { makeDriver, stepBar } from "../../src/backtest/driver.ts"
import type { Columns } from "../../src/domain/Columns.ts"
import { base } from "../../src/domain/money.ts"
import type { ClosedTrade } from "../../src/engine/portfolio/ClosedTrade.ts"
import { profileSettings } from "../kit/profile.ts"
import { smaCross } from "../kit/smaCross.ts"
import { perBar, times } from "./Figure.ts"
import type { Group } from "./Figure.ts"
import { minuteMarket } from "./markets.ts"
import type { Market } from "./markets.ts"
import { interleaved } from "./rounds.ts"

const BARS = 1_000_000
const ROUNDS = 3
const FAST = 20
const SLOW = 50
/** A hundredth of a coin a trade: neither library's result depends on the size, and the money lasts for every trade. */
const AMOUNT = 1_000_000
const CAPITAL = 90_000_000

/** A trade as both tell it. */
type Fills = readonly [entryTime: number, entryPrice: number, exitTime: number, exitPrice: number]

interface CrossBar extends IBar {
  readonly crossedAbove: boolean
  readonly crossedBelow: boolean
}

/** Bars as grademark wants them, without an answer in them yet. */
const barsOf = ({ close, high, low, open, openTime, volume }: Columns): ReadonlyArray<CrossBar> =>
  Array.from(close, (price, index) => ({
    time: new Date(openTime[index]!),
    open: open[index]!,
    high: high[index]!,
    low: low[index]!,
    close: price,
    volume: volume[index]!,
    crossedAbove: false,
    crossedBelow: false
  }))

/** The same bars with what both rules ask of them; mean `index` of either belongs to bar `index + its length - 1`. */
const answered = (
  bars: ReadonlyArray<CrossBar>,
  fast: ReadonlyArray<number>,
  slow: ReadonlyArray<number>
): DataFrame<number, CrossBar> => {
  let before = NaN
  return new DataFrame<number, CrossBar>(bars.map((bar, index) => {
    const difference = index < SLOW - 1 ? NaN : fast[index - FAST + 1]! - slow[index - SLOW + 1]!
    const made = {
      ...bar,
      crossedAbove: difference > 0 && before <= 0,
      crossedBelow: difference < 0 && before >= 0
    }
    before = difference
    return made
  }))
}

/** Means as data-forge makes them. */
const rolling = (closes: Series<number, number>, length: number): ReadonlyArray<number> =>
  closes.rollingWindow(length).select((window) => window.average()).toArray()

const withMeans = (bars: ReadonlyArray<CrossBar>): DataFrame<number, CrossBar> => {
  const closes = new Series<number, number>(bars.map((bar) => bar.close))
  return answered(bars, rolling(closes, FAST), rolling(closes, SLOW))
}

const CROSS: IStrategy<CrossBar> = {
  entryRule: (enter, { bar }) => {
    if (bar.crossedAbove) enter()
  },
  exitRule: (exit, { bar }) => {
    if (bar.crossedBelow) exit()
  }
}

const byGrademark = (series: DataFrame<number, CrossBar>): ReadonlyArray<Fills> =>
  backtest(CROSS, series)
    .filter(({ exitReason }) => exitReason !== "finalize")
    .map((
      { entryPrice, entryTime, exitPrice, exitTime }
    ) => [entryTime.getTime(), entryPrice, exitTime.getTime(), exitPrice])

const byUs = ({ columns, instrument }: Market): ReadonlyArray<ClosedTrade> => {
  const settings = profileSettings("balanced", {
    capital: CAPITAL,
    simulation: { slippage: 0, participation: 1 }
  })
  const trades: Array<ClosedTrade> = []
  const driver = makeDriver({
    account: "bench",
    instrument,
    settings,
    baseMillis: columns.barMillis,
    decider: smaCross({ instrument, fast: FAST, slow: SLOW, amountOf: () => base(AMOUNT) }),
    onTrade: (trade) => trades.push(trade)
  })
  const cursor = makeCursor(columns)
  for (let index = 0; index < columns.close.length; index++) stepBar(driver, cursor.moveTo(index))
  return trades
}

const keyOf = ([entryTime, entryPrice, exitTime, exitPrice]: Fills): string =>
  `${entryTime} ${entryPrice.toFixed(6)} ${exitTime} ${exitPrice.toFixed(6)}`

/** Share of their trades that we made on the same bars at the same prices. */
const shareOf = (ours: ReadonlyArray<ClosedTrade>, theirs: ReadonlyArray<Fills>): number => {
  const known = new Set(
    ours.map(({ entryPrice, entryTime, exitPrice, exitTime }) =>
      keyOf([entryTime, entryPrice, exitTime, exitPrice])
    )
  )
  return theirs.filter((trade) => known.has(keyOf(trade))).length / theirs.length
}

export const smaGroup = async (): Promise<Group> => {
  const market = await minuteMarket(BARS)
  const count = market.columns.close.length
  const bars = barsOf(market.columns)
  const ready = withMeans(bars)
  let ours: ReadonlyArray<ClosedTrade> = []
  let theirs: ReadonlyArray<Fills> = []
  const medians = await interleaved([
    { name: "ours", run: () => void (ours = byUs(market)) },
    { name: "whole", run: () => void (theirs = byGrademark(withMeans(bars))) },
    { name: "ready", run: () => void (theirs = byGrademark(ready)) }
  ], ROUNDS)
  const of = (name: string) => medians.get(name) ?? NaN
  const speed = (name: string) =>
    `${perBar(of(name), count)}, ${(count / of(name) / 1_000).toFixed(2)} M bars/s`
  const same = `${theirs.length} trades, ${(100 * shareOf(ours, theirs)).toFixed(1)} % the same`
  return {
    title: "SMA(20/50) cross",
    words: [
      `${market.words}; medians of ${ROUNDS} interleaved rounds.`,
      "Ours makes its means and keeps books, fees, a resting stop and a target; grademark has none of the latter.",
      "grademark does not look at the bar on which it enters or leaves, so a few of its trades are others."
    ],
    figures: [
      {
        name: "daruma: means, driver, books, exchange",
        value: speed("ours"),
        ratio: "1x",
        aim: ">= 3 M bars/s",
        proof: `${ours.length} trades`
      },
      {
        name: "grademark 0.3.0, means by data-forge as in its manual",
        value: speed("whole"),
        ratio: `ours ${times(of("whole") / of("ours"))}`,
        aim: ">= 10x",
        proof: same
      },
      {
        name: "grademark 0.3.0, given bars and means",
        value: speed("ready"),
        ratio: `ours ${times(of("ready") / of("ours"))}`,
        aim: "",
        proof: same
      }
    ],
    failed: false
  }
}
