/**
 * The metrics against one whole backtest of backtesting.py, every statistic of its own test.
 * In: golden/backtestingpy-goog-*. Out: agreement to 1e-9.
 * Its terms: 252 days, geometric annualisation, a year of 365.25 days for CAGR, profit factor and expectancy of returns.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { drawdownsOf, fallsOf } from "../../../src/report/drawdowns.ts"
import { annualReturn } from "../../../src/report/metrics/annualReturn.ts"
import { annualVolatility } from "../../../src/report/metrics/annualVolatility.ts"
import { averageDrawdown } from "../../../src/report/metrics/averageDrawdown.ts"
import { cagr } from "../../../src/report/metrics/cagr.ts"
import { calmar } from "../../../src/report/metrics/calmar.ts"
import { expectancy } from "../../../src/report/metrics/expectancy.ts"
import { exposureTime } from "../../../src/report/metrics/exposureTime.ts"
import { kellyFraction } from "../../../src/report/metrics/kellyFraction.ts"
import { marketChange } from "../../../src/report/metrics/marketChange.ts"
import { maxDrawdown } from "../../../src/report/metrics/maxDrawdown.ts"
import { netProfit, netReturn } from "../../../src/report/metrics/netProfit.ts"
import { profitFactor } from "../../../src/report/metrics/profitFactor.ts"
import { sharpe } from "../../../src/report/metrics/sharpe.ts"
import { sortino } from "../../../src/report/metrics/sortino.ts"
import { sqn } from "../../../src/report/metrics/sqn.ts"
import { winRate } from "../../../src/report/metrics/winRate.ts"
import { geometricMean, returnsFrom } from "../../../src/report/series/returns.ts"
import { referencePath } from "../../kit/reference.ts"

const folder = referencePath("golden/backtestingpy-goog-stats.json")?.replace(/stats\.json$/, "")

/** Rows of a csv file as records of text. */
const recordsOf = (name: string): ReadonlyArray<Readonly<Record<string, string>>> => {
  if (folder === undefined) return []
  const [head = "", ...lines] = readFileSync(`${folder}${name}.csv`, "utf8").trim().split("\n")
  const names = head.split(",").map((each) => each.trim())
  return lines.map((line) =>
    Object.fromEntries(line.split(",").map((cell, index) => [names[index] ?? "", cell]))
  )
}

const START = 10_000
const TERMS = { periodsPerYear: 252, ddof: 1, riskFree: 0, annualisation: "geometric" } as const

/** Statistics are of the bars from the first that the slower mean is defined on, as the library does for the market. */
const WARM = 30

const table = (): ReadonlyMap<string, number> => {
  const days = recordsOf("equity").map((row) => Date.parse(row[""] ?? ""))
  const equity = recordsOf("equity").map((row) => Number(row["Equity"]))
  const closes = recordsOf("ohlcv").map((row) => Number(row["Close"]))
  const trades = recordsOf("trades")
  const results = trades.map((row) => Number(row["PnL"]))
  const shares = trades.map((row) => Number(row["ReturnPct"]))
  const held = new Set(trades.flatMap((row) => {
    const first = Number(row["EntryBar"])
    return Array.from({ length: Number(row["ExitBar"]) - first + 1 }, (_, bar) => first + bar)
  }))
  const end = equity.at(-1)!
  const returns = returnsFrom(START, equity).slice(1)
  const yearly = annualReturn(returns, TERMS)
  const falls = fallsOf(days, equity, days[0]!, START)
  const market = { instrument: "GOOG", first: closes[WARM - 1]!, last: closes.at(-1)! }
  return new Map([
    ["# Trades", results.length],
    ["Calmar Ratio", calmar(yearly, maxDrawdown(equity, START))],
    ["Equity Final [$]", START + netProfit(START, end)],
    ["Equity Peak [$]", Math.max(...equity)],
    ["Max. Drawdown [%]", -100 * maxDrawdown(equity, START)],
    ["Profit Factor", profitFactor(shares)],
    ["Return (Ann.) [%]", 100 * yearly],
    ["Return [%]", 100 * netReturn(START, end)],
    ["Volatility (Ann.) [%]", 100 * annualVolatility(returns, TERMS)],
    ["CAGR [%]", 100 * cagr(START, end, (days.at(-1)! - days[0]!) / 86_400_000 / 365.25)],
    ["SQN", sqn(results)],
    ["Sharpe Ratio", sharpe(returns, TERMS)],
    ["Sortino Ratio", sortino(returns, TERMS)],
    ["Win Rate [%]", 100 * winRate(results)],
    ["Worst Trade [%]", 100 * Math.min(...shares)],
    ["Best Trade [%]", 100 * Math.max(...shares)],
    ["Avg. Trade [%]", 100 * geometricMean(shares)],
    ["Expectancy [%]", 100 * expectancy(shares)],
    ["Kelly Criterion", kellyFraction(results)],
    ["Avg. Drawdown [%]", -100 * averageDrawdown(falls)],
    ["Buy & Hold Return [%]", 100 * marketChange([market])],
    ["Exposure Time [%]", 100 * exposureTime(held.size, equity.length)]
  ])
}

const expected: Readonly<Record<string, number>> = folder === undefined
  ? {}
  : JSON.parse(readFileSync(`${folder}stats.json`, "utf8")).expected

describe.skipIf(folder === undefined)("backtesting.py (needs the reference data)", () => {
  it("every recorded statistic has its row, none is left out", () => {
    assert.strictEqual(Object.keys(expected).length, 22)
    assert.sameMembers([...table().keys()], Object.keys(expected))
  })

  it.each(Object.entries(expected))("%s agrees", (name, value) => {
    assert.closeTo(table().get(name) ?? Number.NaN, value, 1e-9 * Math.abs(value))
  })

  it("the drawdown of every single day agrees", () => {
    const rows = recordsOf("equity")
    const found = drawdownsOf(rows.map((row) => Number(row["Equity"])), START)
    rows.forEach((row, index) => assert.closeTo(-found[index]!, Number(row["DrawdownPct"]), 1e-12))
  })
})
