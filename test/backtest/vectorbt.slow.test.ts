/**
 * An independent backtester's year, made again by our driver, books and simulated exchange.
 * In: test/kit/smaCross.ts on a year of recorded bars; the trades, days and figures of vectorbt 0.21. Out: the same numbers.
 * Amounts meet to 1e-6 and not exactly: vectorbt sizes at the fill's price, we at the close before it, knowing no later bar.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readFileSync } from "node:fs"
import { loadDataset } from "../../layers/datasets/dataset.ts"
import { makeCursor } from "../../src/backtest/BarCursor.ts"
import { makeDriver, stepBar } from "../../src/backtest/driver.ts"
import type { ClosedBar } from "../../src/domain/Candle.ts"
import type { Columns } from "../../src/domain/Columns.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { base, toFloat, toPrice } from "../../src/domain/money.ts"
import { equityOf } from "../../src/engine/portfolio/Account.ts"
import type { Books } from "../../src/engine/portfolio/Books.ts"
import type { ClosedTrade } from "../../src/engine/portfolio/ClosedTrade.ts"
import { barsThrough } from "../kit/markets.ts"
import { profileSettings } from "../kit/profile.ts"
import { referencePath } from "../kit/reference.ts"
import { allCash, smaCross } from "../kit/smaCross.ts"
import { syntheticBars } from "../kit/syntheticBars.ts"

const CAPITAL = 1_000_000
const BARS_A_DAY = 96
const TOLERANCE = 1e-6
const NAME = "vectorbt-sma-btc15m-2024"

const market = referencePath("data/binance-btcusdt-15m-2024.csv.gz")
const summary = referencePath(`golden/${NAME}.json`)
const tradeRows = referencePath(`golden/${NAME}-trades.csv`)
const dayRows = referencePath(`golden/${NAME}-equity-daily.csv`)
const absent = market === undefined || summary === undefined || tradeRows === undefined
  || dayRows === undefined

interface Run {
  readonly trades: ReadonlyArray<ClosedTrade>
  /** Account equity at each bar's close, quote units. */
  readonly equity: ReadonlyArray<number>
  readonly books: Books
}

// vectorbt trades any fraction of a coin: the finest lot we have, and no minimum. No slippage; its order takes what it
// wants of a bar, ours at most the bar's volume, which is more than enough in every bar of this year.
const divisible = (id: string): Instrument => {
  const instrument = instrumentById(id)
  assert.isDefined(instrument)
  return { ...instrument, lot: base(1), minAmount: base(1) }
}

const run = (instrument: Instrument, columns: Columns, fast = 20, slow = 50): Run => {
  const settings = profileSettings("balanced", {
    capital: CAPITAL,
    simulation: { slippage: 0, participation: 1 },
    tradingDayZone: "UTC"
  })
  const trades: Array<ClosedTrade> = []
  const driver = makeDriver({
    account: "golden",
    instrument,
    settings,
    baseMillis: columns.barMillis,
    decider: smaCross({ instrument, fast, slow, amountOf: allCash(instrument) }),
    onTrade: (trade) => trades.push(trade)
  })
  const cursor = makeCursor(columns)
  const equity: Array<number> = []
  for (let index = 0; index < columns.close.length; index++) {
    stepBar(driver, cursor.moveTo(index))
    equity.push(toFloat(equityOf(driver.books.account), instrument.priceScale))
  }
  return { trades, equity, books: driver.books }
}

const near = (actual: number, expected: number, what: string) => {
  const apart = Math.abs(actual - expected) / Math.abs(expected)
  assert.isAtMost(apart, TOLERANCE, `${what}: ${actual}, golden ${expected}`)
}

const numbers = (path: string | undefined): ReadonlyArray<ReadonlyArray<number>> =>
  readFileSync(path ?? "", "utf8").trim().split("\n").slice(1).map((line) => line.split(",").map(Number))

const sum = (values: ReadonlyArray<number>): number => values.reduce((total, value) => total + value, 0)
const mean = (values: ReadonlyArray<number>): number => sum(values) / values.length
const deviation = (values: ReadonlyArray<number>): number => {
  const middle = mean(values)
  return Math.sqrt(sum(values.map((value) => (value - middle) ** 2)) / (values.length - 1))
}

/** vectorbt's definitions, on every bar's equity; a year is 365 days. */
const figuresOf = ({ books, equity, trades }: Run): Readonly<Record<string, number>> => {
  const pnl = trades.map((trade) => toFloat(trade.pnl, books.instrument.priceScale))
  const returns = equity.map((value, bar) => value / (equity[bar - 1] ?? CAPITAL) - 1)
  const year = 365 * BARS_A_DAY
  const final = equity.at(-1) ?? NaN
  let [peak, drawdown] = [CAPITAL, 0]
  for (const value of equity) {
    peak = Math.max(peak, value)
    drawdown = Math.min(drawdown, value / peak - 1)
  }
  const annual = (final / CAPITAL) ** (year / equity.length) - 1
  const downside = Math.sqrt(mean(returns.map((share) => Math.min(share, 0) ** 2)))
  const won = pnl.filter((value) => value > 0)
  return {
    final_value: final,
    trades: trades.length,
    closed: books.position === null ? trades.length : NaN,
    win_rate: won.length / pnl.length,
    profit_factor: sum(won) / -sum(pnl.filter((value) => value < 0)),
    expectancy: mean(pnl),
    max_drawdown: drawdown,
    total_return: final / CAPITAL - 1,
    sharpe_ratio_365d: mean(returns) / deviation(returns) * Math.sqrt(year),
    sortino_ratio_365d: mean(returns) / downside * Math.sqrt(year),
    calmar: annual / -drawdown,
    sqn: mean(pnl) / deviation(pnl) * Math.sqrt(pnl.length),
    total_fees: toFloat(books.account.feesPaid, books.instrument.priceScale)
  }
}

describe.skipIf(absent)(
  "SMA(20/50) over BTC/USDT 15m of 2024, beside vectorbt (needs the reference data)",
  () => {
    const instrument = divisible("binance:BTC/USDT")
    const { amountScale, priceScale } = instrument
    let year: Promise<Run & { readonly columns: Columns }> | undefined
    const made = () =>
      year ??= Effect.runPromise(Effect.map(loadDataset(market ?? "", { cache: null }), ({ columns }) => ({
        columns,
        ...run(instrument, columns)
      })))

    it("makes the same 404 trades: bars and prices exactly, size, fees and profit to 1e-6", async () => {
      const { columns, trades } = await made()
      const golden = numbers(tradeRows)
      assert.strictEqual(golden.length, 404)
      assert.strictEqual(trades.length, golden.length)
      golden.forEach((row, index) => {
        const trade = trades[index]
        assert.isDefined(trade)
        const [entryBar = NaN, entryPrice = NaN, entryFee = NaN, exitBar = NaN, exitPrice = NaN] = row
        const [exitFee = NaN, size = NaN, pnl = NaN] = row.slice(5)
        const word = `trade ${index}`
        assert.strictEqual(trade.entryTime, columns.openTime[entryBar], `${word} enters on another bar`)
        assert.strictEqual(trade.exitTime, columns.openTime[exitBar], `${word} leaves on another bar`)
        // The golden file itself prints 62721.76000000001: equal to the last digit that a price has.
        assert.strictEqual(toPrice(trade.entryPrice, priceScale), toPrice(entryPrice, priceScale), word)
        assert.strictEqual(toPrice(trade.exitPrice, priceScale), toPrice(exitPrice, priceScale), word)
        near(toFloat(trade.amount, amountScale), size, `${word}, size`)
        near(toFloat(trade.fees, priceScale), entryFee + exitFee, `${word}, fees`)
        near(toFloat(trade.pnl, priceScale), pnl, `${word}, profit`)
      })
    })

    it("has the same equity at the first close of each of 366 UTC days", async () => {
      const { equity } = await made()
      const days = numbers(dayRows)
      assert.strictEqual(days.length, 366)
      days.forEach(([, golden = NaN], day) => near(equity[day * BARS_A_DAY] ?? NaN, golden, `day ${day}`))
    })

    it("has the same final value, win rate, profit factor, fees, drawdown and ratios", async () => {
      const golden = JSON.parse(readFileSync(summary ?? "", "utf8")) as Readonly<
        Record<string, number | string>
      >
      const figures = figuresOf(await made())
      const counted = Object.entries(golden).filter(([, value]) => typeof value === "number")
      assert.strictEqual(counted.length, 13)
      for (const [name, value] of counted) near(figures[name] ?? NaN, Number(value), name)
    })
  }
)

const BARS = 3_000
const bars = syntheticBars(11, BARS)

/** Entry and exit bars by the plainest reading of the rules: both means summed anew on every bar. */
const crosses = (): ReadonlyArray<readonly [entry: number, exit: number]> => {
  const means = (length: number, at: number) =>
    mean(bars.slice(at - length + 1, at + 1).map((bar) => bar.close))
  const isAbove = (at: number) => means(20, at) > means(50, at)
  const pairs: Array<readonly [number, number]> = []
  let entry = -1
  for (let at = 50; at < BARS - 1; at++) {
    if (isAbove(at) === isAbove(at - 1)) continue
    if (isAbove(at)) entry = at + 1
    else if (entry >= 0) pairs.push([entry, at + 1])
  }
  return pairs
}

const yen = divisible("bitbank:BTC/JPY")

const columnsOf = (candles: ReadonlyArray<ClosedBar>): Columns => {
  const column = (name: keyof ClosedBar) => Float64Array.from(candles, (bar) => bar[name])
  return {
    barMillis: 900_000,
    openTime: column("openTime"),
    open: column("open"),
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("volume").map((volume) => volume * 1_000)
  }
}

/** Numbers of the bars at whose open a mean of one bar against a mean of two went in, and out again. */
const tradedBars = (
  ...closes: ReadonlyArray<number>
): ReadonlyArray<readonly [entry: number, exit: number]> =>
  run(yen, columnsOf(barsThrough(closes, 0, 900_000)), 1, 2).trades.map(({ entryTime, exitTime }) => [
    entryTime / 900_000,
    exitTime / 900_000
  ])

describe("smaCross", () => {
  it("enters and leaves at the open after each cross, with all cash, on a synthetic market too", () => {
    const columns = columnsOf(bars)
    const { trades } = run(yen, columns)
    const expected = crosses()
    assert.isAbove(expected.length, 20)
    assert.deepStrictEqual(
      trades.map(({ entryPrice, entryTime, exitPrice, exitTime }) => [
        entryTime,
        Math.round(entryPrice),
        exitTime,
        Math.round(exitPrice)
      ]),
      expected.map(([entry, exit]) =>
        [entry, exit].flatMap((at) => [columns.openTime[at] ?? NaN, columns.open[at] ?? NaN])
      )
    )
  })

  it("leaves less than a ten-thousandth of the cash beside an entry", () => {
    let cash = CAPITAL
    for (const { cost, pnl } of run(yen, columnsOf(bars)).trades) {
      assert.isBelow(1 - toFloat(cost, yen.priceScale) * 1.001 / cash, 1e-4)
      cash += toFloat(pnl, yen.priceScale)
    }
  })

  it("takes means that were equal before as a cross, and equal means now as none", () => {
    assert.deepStrictEqual(tradedBars(100, 100, 101, 101, 102, 102, 101, 100, 100), [[3, 7]])
  })

  it("does not take the first means there are as a cross", () => {
    assert.deepStrictEqual(tradedBars(100, 101, 102, 101, 100), [])
  })
})
