/**
 * The metrics against vectorbt on a real year: every statistic of its backtest of a moving-average cross.
 * In: its 404 trades, the closes they were made on, its summary. Out: agreement to 1e-9.
 * Its ratios are of 15-minute returns, annualised by 365 x 96; the equity is put together here from trades and closes.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { gunzipSync } from "node:zlib"
import { cagr } from "../../../src/report/metrics/cagr.ts"
import { calmar } from "../../../src/report/metrics/calmar.ts"
import { expectancy } from "../../../src/report/metrics/expectancy.ts"
import { maxDrawdown } from "../../../src/report/metrics/maxDrawdown.ts"
import { netReturn } from "../../../src/report/metrics/netProfit.ts"
import { profitFactor } from "../../../src/report/metrics/profitFactor.ts"
import { sharpe } from "../../../src/report/metrics/sharpe.ts"
import { sortino } from "../../../src/report/metrics/sortino.ts"
import { sqn } from "../../../src/report/metrics/sqn.ts"
import { winRate } from "../../../src/report/metrics/winRate.ts"
import { sum } from "../../../src/report/series/moments.ts"
import { returnsFrom } from "../../../src/report/series/returns.ts"
import { referencePath } from "../../kit/reference.ts"

const summary = referencePath("golden/vectorbt-sma-btc15m-2024.json")
const tradeFile = referencePath("golden/vectorbt-sma-btc15m-2024-trades.csv")
const candles = referencePath("data/binance-btcusdt-15m-2024.csv.gz")
const isAbsent = summary === undefined || tradeFile === undefined || candles === undefined

const START = 1_000_000
const TERMS = { periodsPerYear: 365 * 96, ddof: 1, riskFree: 0, annualisation: "arithmetic" } as const

interface Trade {
  readonly entryBar: number
  readonly exitBar: number
  /** Cash paid at the entry and received at the exit, fees included. */
  readonly paid: number
  readonly received: number
  readonly size: number
  readonly fees: number
  readonly pnl: number
}

const numbersOf = (text: string): ReadonlyArray<ReadonlyArray<number>> =>
  text.trim().split("\n").slice(1).map((line) => line.split(",").map(Number))

const trades: ReadonlyArray<Trade> = isAbsent
  ? []
  : numbersOf(readFileSync(tradeFile, "utf8")).map((cells) => {
    const [entryBar = 0, entryPrice = 0, entryFee = 0, exitBar = 0, exitPrice = 0, exitFee = 0, size = 0] =
      cells
    return {
      entryBar,
      exitBar,
      paid: size * entryPrice + entryFee,
      received: size * exitPrice - exitFee,
      size,
      fees: entryFee + exitFee,
      pnl: cells[7] ?? Number.NaN
    }
  })

/** Cash, and what is held at each close. */
const equityOf = (closes: ReadonlyArray<number>): ReadonlyArray<number> => {
  const entries = new Map(trades.map((trade) => [trade.entryBar, trade]))
  const exits = new Map(trades.map((trade) => [trade.exitBar, trade]))
  let cash = START
  let held = 0
  return closes.map((close, bar) => {
    const [left, entered] = [exits.get(bar), entries.get(bar)]
    if (left !== undefined) [cash, held] = [cash + left.received, 0]
    if (entered !== undefined) [cash, held] = [cash - entered.paid, entered.size]
    return cash + held * close
  })
}

const table = (): ReadonlyMap<string, number> => {
  if (isAbsent) return new Map()
  const closes = numbersOf(gunzipSync(readFileSync(candles)).toString()).map((cells) =>
    cells[4] ?? Number.NaN
  )
  const equity = equityOf(closes)
  const end = equity.at(-1)!
  const returns = returnsFrom(START, equity)
  const results = trades.map(({ pnl }) => pnl)
  const fall = maxDrawdown(equity, START)
  return new Map([
    ["final_value", end],
    ["trades", results.length],
    ["closed", results.length],
    ["win_rate", winRate(results)],
    ["profit_factor", profitFactor(results)],
    ["expectancy", expectancy(results)],
    ["max_drawdown", -fall],
    ["total_return", netReturn(START, end)],
    ["sharpe_ratio_365d", sharpe(returns, TERMS)],
    ["sortino_ratio_365d", sortino(returns, TERMS)],
    ["calmar", calmar(cagr(START, end, returns.length / TERMS.periodsPerYear), fall)],
    ["sqn", sqn(results)],
    ["total_fees", sum(trades.map(({ fees }) => fees))]
  ])
}

describe.skipIf(isAbsent)("vectorbt (needs the reference data)", () => {
  const expected: Readonly<Record<string, number | string>> = isAbsent
    ? {}
    : JSON.parse(readFileSync(summary, "utf8"))
  const figures = Object.entries(expected).filter(([, value]) => typeof value === "number")
  const found = table()

  it("every recorded figure has its row, none is left out", () => {
    assert.strictEqual(figures.length, 13)
    assert.sameMembers([...found.keys()], figures.map(([name]) => name))
  })

  it.each(figures)("%s agrees", (name, value) => {
    assert.closeTo(found.get(name) ?? Number.NaN, Number(value), 1e-9 * Math.abs(Number(value)))
  })
})
