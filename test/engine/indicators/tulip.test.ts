/**
 * Indicators against the test vectors of two older libraries, typed there by hand.
 * In: golden/tulip-untest.json (3 decimals), golden/talipp.json (5 decimals). Out: equality to the last printed digit.
 * Where a library means another thing by the same name, the exact conversion stands in the table.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import type { Columns } from "../../../src/domain/Columns.ts"
import { referencePath } from "../../kit/reference.ts"
import { emptyColumns, outputsOf } from "./series.ts"

interface Case {
  readonly indicator: string
  readonly options: ReadonlyArray<number>
  readonly inputs: ReadonlyArray<ReadonlyArray<number>>
  readonly expected: ReadonlyArray<ReadonlyArray<number>>
}

const tulipPath = referencePath("golden/tulip-untest.json")
const tulip: ReadonlyArray<Case> = tulipPath === undefined
  ? []
  : JSON.parse(readFileSync(tulipPath, "utf8")).cases

const same = (value: number): number => value

/** Their name: ours (`#` stands for their options), our outputs in their order, and theirs from ours. */
const OURS: Readonly<
  Record<string, readonly [string, ReadonlyArray<string>, (value: number) => number]>
> = {
  adx: ["adx(#,first=zero)", ["adx"], same],
  adxr: ["adxr(#,lag=n-1,first=zero)", ["adxr"], same],
  apo: ["apo(#,seed=first)", ["apo"], same],
  atr: ["atr(#,first=range)", ["atr"], same],
  bbands: ["bollinger(#)", ["lower", "middle", "upper"], same],
  cmo: ["cmo(#)", ["cmo"], same],
  dema: ["dema(#,seed=first)", ["dema"], same],
  di: ["adx(#,first=zero)", ["plusDi", "minusDi"], same],
  dx: ["adx(#,first=zero)", ["dx"], same],
  ema: ["ema(#,seed=first)", ["ema"], same],
  hma: ["hma(#)", ["hma"], same],
  kama: ["kama(#)", ["kama"], same],
  linreg: ["linreg(#)", ["linreg"], same],
  macd: ["macd(#,seed=first)", ["macd", "signal", "histogram"], same],
  max: ["highest(#)", ["highest"], same],
  md: ["md(#)", ["md"], same],
  min: ["lowest(#)", ["lowest"], same],
  mom: ["momentum(#)", ["momentum"], same],
  natr: ["natr(#,first=range)", ["natr"], same],
  ppo: ["ppo(#,seed=first)", ["ppo"], same],
  roc: ["roc(#)", ["roc"], (percent) => percent / 100],
  rocr: ["roc(#)", ["roc"], (percent) => 1 + percent / 100],
  rsi: ["rsi(#)", ["rsi"], same],
  sma: ["sma(#)", ["sma"], same],
  stddev: ["stddev(#)", ["stddev"], same],
  tema: ["tema(#,seed=first)", ["tema"], same],
  tr: ["tr(first=range)", ["tr"], same],
  // Theirs is relative to the newer average.
  trix: ["trix(#,seed=first)", ["trix"], (percent) => 100 * percent / (100 + percent)],
  var: ["variance(#)", ["variance"], same],
  // Theirs is annualised by 252 days.
  volatility: ["volatility(#,252)", ["volatility"], same],
  wilders: ["rma(#)", ["rma"], same],
  wma: ["wma(#)", ["wma"], same],
  zlema: ["zlema(#)", ["zlema"], same]
}

/** One input is the close, two are high and low, three have the close too; all cases are about the same bars. */
const columnsFor = (inputs: Case["inputs"]): Columns => {
  const three = tulip.find(({ indicator }) => indicator === "atr")?.inputs ?? []
  const [high, low, close] = inputs.length === 1 ? [inputs[0], inputs[0], inputs[0]] : [
    inputs[0],
    inputs[1],
    inputs[2] ?? three[2]
  ]
  assert(high !== undefined && low !== undefined && close !== undefined)
  const columns = emptyColumns(close.length)
  columns.high.set(high)
  columns.low.set(low)
  columns.close.set(close)
  return columns
}

/** Where the end of our series differs from theirs by more than half a unit of the last digit, or is all undefined. */
const unequalEnds = (
  ours: Float64Array,
  theirs: ReadonlyArray<number>,
  digits: number
): ReadonlyArray<string> => {
  const ends = ours.subarray(ours.length - theirs.length)
  const bound = 0.5 * 10 ** -digits * (1 + 1e-6)
  if (ends.every(Number.isNaN)) return ["nothing is defined"]
  return theirs.flatMap((value, index) =>
    Math.abs(ends[index]! - value) > bound ? [`${index}: ${ends[index]}, expected ${value}`] : []
  )
}

describe.skipIf(tulipPath === undefined)("tulip (needs the reference folder)", () => {
  it.each(tulip.filter(({ indicator }) => indicator in OURS).map((each) => [each.indicator, each] as const))(
    "%s equals to three decimals",
    (name, { expected, inputs, options }) => {
      const [pattern, outputs, convert] = OURS[name]!
      const shown = name === "tr" ? pattern : pattern.replace("#", options.join(","))
      const values = outputsOf(shown, columnsFor(inputs))
      outputs.forEach((output, index) => {
        assert.deepStrictEqual(unequalEnds(values[output]!.map(convert), expected[index]!, 3), [])
      })
    }
  )

  it("every one of its cases but the bare directional movement is compared", () => {
    const left = tulip.filter(({ indicator }) => !(indicator in OURS)).map(({ indicator }) => indicator)
    assert.deepStrictEqual(left, ["dm"])
  })

  it("directional movement is DI times the running range, to three decimals", () => {
    const { expected, inputs, options } = tulip.find(({ indicator }) => indicator === "dm")!
    const columns = columnsFor(inputs)
    const { minusDi, plusDi } = outputsOf(`adx(${options[0]},first=zero)`, columns)
    // The running sum of the ranges, as the library keeps it, from our own true range.
    const { tr } = outputsOf("tr", columns)
    const period = options[0]!
    let range = 0
    const ranges = tr!.map((value, index) => {
      if (index === 0) return NaN
      range = index < period ? range + value : range - range / period + value
      return range
    })
    assert.deepStrictEqual(
      unequalEnds(plusDi!.map((value, index) => value * ranges[index]! / 100), expected[0]!, 3),
      []
    )
    assert.deepStrictEqual(
      unequalEnds(minusDi!.map((value, index) => value * ranges[index]! / 100), expected[1]!, 3),
      []
    )
  })
})

interface TalippCase {
  readonly indicator: string
  readonly call: string
  readonly expected: ReadonlyArray<{ readonly index: number; readonly field: string; readonly value: number }>
}

const talippPath = referencePath("golden/talipp.json")
const talipp = talippPath === undefined ? undefined : JSON.parse(readFileSync(talippPath, "utf8"))
const talippCases: ReadonlyArray<TalippCase> = talipp?.cases ?? []

const TALIPP: Readonly<Record<string, string>> = {
  "EMA(20, INPUT)": "ema(20)",
  "RSI(20, INPUT)": "rsi(20)",
  "ATR(5, INPUT)": "atr(5,first=range)",
  "BB(5, 2, INPUT)": "bollinger(5,2)",
  "ROC(20, INPUT)": "roc(20)",
  "SMA(20, INPUT)": "sma(20)",
  "SMMA(20, INPUT)": "rma(20)",
  "DonchianChannels(5, INPUT)": "donchian(5)"
}

describe.skipIf(talippPath === undefined)("talipp (needs the reference folder)", () => {
  it.each(talippCases.map((each) => [each.call, each] as const))(
    "%s equals to five decimals",
    (call, { expected }) => {
      const bars = talipp.OHLCV_TMPL
      const columns = emptyColumns(bars.close.length)
      for (const name of ["open", "high", "low", "close", "volume"] as const) columns[name].set(bars[name])
      const ours = TALIPP[call]
      assert(ours !== undefined, `${call} has no counterpart`)
      const values = outputsOf(ours, columns)
      const output = { value: Object.keys(values)[0]!, lb: "lower", cb: "middle", ub: "upper" }
      for (const { field, index, value } of expected) {
        const actual = values[output[field as keyof typeof output]]!.at(index)!
        // That library prints six decimals, some cut and not rounded, and compares five.
        assert.isAtMost(Math.abs(actual - value), 0.5e-5, `${call} ${field} ${index}: ${actual}, ${value}`)
      }
    }
  )
})
