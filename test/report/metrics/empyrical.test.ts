/**
 * The metrics against empyrical's own expected values, every recorded case of them.
 * In: golden/empyrical-stats.json. Out: agreement to 1e-9, or to the digits that were printed.
 * That library skips returns that are NaN but counts them as periods; the rows below say where each of its terms goes.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { annualReturn } from "../../../src/report/metrics/annualReturn.ts"
import { annualVolatility } from "../../../src/report/metrics/annualVolatility.ts"
import { cagr } from "../../../src/report/metrics/cagr.ts"
import { calmar } from "../../../src/report/metrics/calmar.ts"
import { downsideDeviation } from "../../../src/report/metrics/downsideDeviation.ts"
import { informationRatio } from "../../../src/report/metrics/informationRatio.ts"
import { maxDrawdown } from "../../../src/report/metrics/maxDrawdown.ts"
import { omega } from "../../../src/report/metrics/omega.ts"
import { sharpe } from "../../../src/report/metrics/sharpe.ts"
import { sortino } from "../../../src/report/metrics/sortino.ts"
import { stability } from "../../../src/report/metrics/stability.ts"
import { tailRatio } from "../../../src/report/metrics/tailRatio.ts"
import {
  compounded,
  excess,
  perPeriod,
  returnsFrom,
  totalReturn
} from "../../../src/report/series/returns.ts"
import { rolling } from "../../../src/report/series/rolling.ts"
import { referencePath } from "../../kit/reference.ts"

const path = referencePath("golden/empyrical-stats.json")

type Printed = number | "NaN"

interface Recorded {
  readonly series: ReadonlyArray<Printed>
}

interface Arguments {
  readonly returns: Recorded
  readonly prices: Recorded
  readonly period: "daily" | "weekly" | "monthly" | "yearly"
  readonly starting_value: number
  readonly risk_free: number | Recorded
  readonly required_return: number | Recorded
  readonly factor_returns: number | Recorded
  readonly window: number
  readonly expected: Printed | ReadonlyArray<Printed>
}

interface Case {
  readonly function: string
  readonly args: Arguments
}

const cases: ReadonlyArray<Case> = path === undefined ? [] : JSON.parse(readFileSync(path, "utf8")).cases

const PERIODS = { daily: 252, weekly: 52, monthly: 12, yearly: 1 } as const
const DAILY = { periodsPerYear: 252, ddof: 1, annualisation: "arithmetic" } as const

const numbers = (series: ReadonlyArray<Printed>): ReadonlyArray<number> => series.map(Number)
const seriesOf = (recorded: Recorded): ReadonlyArray<number> => numbers(recorded.series)
const termOf = (term: number | Recorded): number | ReadonlyArray<number> =>
  typeof term === "number" ? term : seriesOf(term)
const isKnown = (value: number): boolean => !Number.isNaN(value)

/** Returns less a term, where both are known. */
const above = (args: Arguments, term: number | Recorded = 0): ReadonlyArray<number> =>
  excess(seriesOf(args.returns), termOf(term)).filter(isKnown)

const cumulative = (args: Arguments): ReadonlyArray<number> => compounded(above(args), 100)

/** Its years are all returns, the unknown ones too. */
const growth = (args: Arguments): number =>
  cagr(1, 1 + totalReturn(above(args)), args.returns.series.length / PERIODS[args.period])

const FUNCTIONS: Readonly<Record<string, (args: Arguments) => number | ReadonlyArray<number>>> = {
  simple_returns: ({ prices }) => returnsFrom(seriesOf(prices)[0] ?? 0, seriesOf(prices)).slice(1),
  cum_returns: (args) => {
    const unknown = args.returns.series.length - above(args).length
    const start = args.starting_value
    return [...Array.from({ length: unknown }, () => start), ...compounded(above(args), start)]
  },
  cum_returns_final: (args) => totalReturn(above(args)),
  max_drawdown: (args) => -maxDrawdown(cumulative(args), 100),
  annual_ret: growth,
  cagr: growth,
  annual_volatility: (args) =>
    annualVolatility(above(args), { ...DAILY, periodsPerYear: PERIODS[args.period] }),
  calmar: (args) => calmar(growth(args), maxDrawdown(cumulative(args), 100)),
  omega: (args) =>
    omega(
      above(args, args.risk_free),
      typeof args.required_return === "number" ? perPeriod(args.required_return, 252) : Number.NaN
    ),
  sharpe_ratio: (args) => sharpe(above(args, args.risk_free), { ...DAILY, riskFree: 0 }),
  downside_risk: (args) => downsideDeviation(above(args, args.required_return), 0, PERIODS[args.period]),
  sortino: (args) =>
    sortino(above(args, args.required_return), {
      ...DAILY,
      periodsPerYear: PERIODS[args.period],
      riskFree: 0
    }),
  excess_sharpe: (args) =>
    informationRatio(above(args, args.factor_returns), 0, { periodsPerYear: 1, ddof: 1 }),
  stability_of_timeseries: (args) => stability(above(args)),
  // Recorded when its unknown return still stood as 0; that library's own test holds it to one decimal only.
  tail_ratio: (args) => tailRatio(seriesOf(args.returns).map((each) => isKnown(each) ? each : 0)),
  roll_max_drawdown: (args) =>
    rolling(
      seriesOf(args.returns),
      args.window,
      (window) => -maxDrawdown(compounded(window.filter(isKnown), 100), 100)
    ),
  roll_sharpe_ratio: (args) =>
    rolling(
      seriesOf(args.returns),
      args.window,
      (window) => sharpe(window.filter(isKnown), { ...DAILY, riskFree: 0 })
    )
}

/** Printed short: the table of `cum_returns` is cut, not rounded, after five digits; the others are rounded. */
const boundOf = (name: string, expected: number): number => {
  if (name === "cum_returns") return 1.01e-5
  if (name === "cum_returns_final") return 0.501 * 10 ** -(String(expected).split(".")[1]?.length ?? 0)
  if (name.startsWith("roll_")) return 0.501e-8
  return 1e-9 * Math.max(1e-6, Math.abs(expected))
}

const agrees = (name: string, actual: number, expected: number): void => {
  if (Number.isNaN(expected)) assert.isNaN(actual)
  else assert.closeTo(actual, expected, boundOf(name, expected))
}

describe.skipIf(path === undefined)("empyrical (needs the reference data)", () => {
  it("every recorded case has its row, none is left out", () => {
    assert.strictEqual(cases.length, 47)
    assert.deepStrictEqual(cases.filter((each) => FUNCTIONS[each.function] === undefined), [])
  })

  it.each(cases.map((each, index) => [index, each.function, each] as const))(
    "case %i agrees: %s",
    (_, name, { args }) => {
      const actual = FUNCTIONS[name]?.(args)
      const { expected } = args
      if (typeof expected === "object") {
        assert.isArray(actual)
        const values = actual as ReadonlyArray<number>
        assert.strictEqual(values.length, expected.length)
        values.forEach((value, index) => agrees(name, value, Number(expected[index])))
      } else agrees(name, Number(actual), Number(expected))
    }
  )

  it("an annual return by the arithmetic mean is another figure than growth", () => {
    const returns = [0.1, -0.1]
    assert.strictEqual(annualReturn(returns, { periodsPerYear: 252, annualisation: "arithmetic" }), 0)
    assert.isBelow(annualReturn(returns, { periodsPerYear: 252, annualisation: "geometric" }), -0.5)
  })
})
