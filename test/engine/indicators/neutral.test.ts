/**
 * Markets that do not move, do not trade, or never did: every indicator has an exact answer, and says which.
 * In: flat bars, flat bars after a lively market, bars without volume. Out: the value its formula declares, exactly.
 * By definition, not by a small number added somewhere: a flat market must not look oversold (decisions 26).
 */
import { assert, describe, it } from "@effect/vitest"
import type { Columns } from "../../../src/domain/Columns.ts"
import { indicatorNamed, INDICATORS } from "../../../src/engine/indicators/registry.ts"
import { emptyColumns, madeColumns, outputsOf } from "./series.ts"

const PRICE = 12_345.678_9

/** Bars that stand at one price that no binary fraction holds; `volume` each. */
const flat = (length: number, volume: number): Columns => {
  const columns = emptyColumns(length)
  for (const key of ["open", "high", "low", "close"] as const) columns[key].fill(PRICE)
  columns.volume.fill(volume)
  return columns
}

/** The same, after `before` lively bars. */
const restAfter = (before: Columns, length: number, volume: number): Columns => {
  const columns = flat(length, volume)
  for (const key of ["open", "high", "low", "close", "volume"] as const) {
    columns[key].set(before[key])
  }
  return columns
}

/** What each says of a market that never moved and traded 2 a bar, every output. */
const AT_REST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  sma: { sma: PRICE },
  ema: { ema: PRICE },
  wma: { wma: PRICE },
  rma: { rma: PRICE },
  dema: { dema: PRICE },
  tema: { tema: PRICE },
  hma: { hma: PRICE },
  kama: { kama: PRICE },
  zlema: { zlema: PRICE },
  vwma: { vwma: PRICE },
  linreg: { linreg: PRICE },
  slope: { slope: 0 },
  rsi: { rsi: 50 },
  stochrsi: { k: 50, d: 50 },
  stochastic: { k: 50, d: 50 },
  williamsr: { williamsr: -50 },
  macd: { macd: 0, signal: 0, histogram: 0 },
  apo: { apo: 0 },
  ppo: { ppo: 0 },
  roc: { roc: 0 },
  momentum: { momentum: 0 },
  trix: { trix: 0 },
  tsi: { tsi: 0 },
  cmo: { cmo: 0 },
  cci: { cci: 0 },
  ao: { ao: 0 },
  ultosc: { ultosc: 50 },
  adx: { adx: 0, plusDi: 0, minusDi: 0, dx: 0 },
  adxr: { adxr: 0 },
  aroon: { up: 100, down: 100, oscillator: 0 },
  vortex: { plus: 0, minus: 0 },
  supertrend: { line: PRICE, side: -1 },
  psar: { line: PRICE, side: 1 },
  ichimoku: { conversion: PRICE, base: PRICE, spanA: PRICE, spanB: PRICE },
  chandelier: { long: PRICE, short: PRICE },
  tr: { tr: 0 },
  atr: { atr: 0 },
  natr: { natr: 0 },
  bollinger: { lower: PRICE, middle: PRICE, upper: PRICE, percentB: 0.5, bandwidth: 0, zscore: 0 },
  keltner: { lower: PRICE, middle: PRICE, upper: PRICE },
  donchian: { lower: PRICE, middle: PRICE, upper: PRICE },
  highest: { highest: PRICE },
  lowest: { lowest: PRICE },
  stddev: { stddev: 0 },
  variance: { variance: 0 },
  md: { md: 0 },
  volatility: { volatility: 0 },
  chop: { chop: 100 },
  ulcer: { ulcer: 0 },
  obv: { obv: 0 },
  ad: { ad: 0 },
  adosc: { adosc: 0 },
  cmf: { cmf: 0 },
  mfi: { mfi: 50 },
  force: { force: 0 },
  vwap: { vwap: PRICE }
}

/** Sums of prices times volume are rounded: equal to a few units in the last place, not exactly. */
const ROUNDED = new Set(["vwma", "vwap", "dema", "tema", "hma"])

const unequalAtRest = (name: string, columns: Columns): ReadonlyArray<string> => {
  const expected = AT_REST[name]
  assert(expected !== undefined, `${name} says what it is at rest`)
  const { warmup } = indicatorNamed(name)
  const outputs = outputsOf(name, columns)
  assert.deepStrictEqual(Object.keys(outputs), Object.keys(expected))
  return Object.entries(outputs).flatMap(([output, values]) =>
    [warmup, values.length - 1].flatMap((index) => {
      const want = expected[output]!
      const exact = Object.is(values[index], want)
      const near = Math.abs(values[index]! - want) <= 4 * Number.EPSILON * Math.abs(want)
      return exact || (ROUNDED.has(name) && near)
        ? []
        : [`${output} at ${index}: ${values[index]}, not ${want}`]
    })
  )
}

describe("neutral", () => {
  it.each(INDICATORS.map(({ name }) => name))(
    "%s of a market that never moved is exactly what it declares",
    (name) => {
      assert.deepStrictEqual(unequalAtRest(name, flat(200, 2)), [])
    }
  )

  it.each(INDICATORS.map(({ name }) => name))(
    "%s of a market that neither moved nor traded is the same",
    (name) => {
      assert.deepStrictEqual(unequalAtRest(name, flat(200, 0)), [])
    }
  )

  it.each(INDICATORS.map(({ name }) => name).filter((name) => Number.isFinite(indicatorNamed(name).reach)))(
    "%s over a window is exactly neutral again once the window stands still, wherever its blocks begin",
    (name) => {
      const { reach } = indicatorNamed(name)
      for (let before = 60; before < 60 + 2 * reach; before += 1) {
        const columns = restAfter(madeColumns(2, before), before + reach + 1, 2)
        const expected = AT_REST[name]!
        for (const [output, values] of Object.entries(outputsOf(name, columns))) {
          const newest = values.at(-1)!
          const near = Math.abs(newest - expected[output]!) <= 4 * Number.EPSILON * PRICE
          const same = ROUNDED.has(name) ? near : Object.is(newest, expected[output])
          assert.isTrue(same, `${output} after ${before} bars: ${newest}`)
        }
      }
    }
  )

  it("a window without volume after a traded one: CMF 0, MFI 50, VWMA the plain mean", () => {
    const columns = madeColumns(2, 200)
    columns.volume.fill(0, 100)
    assert.isTrue(outputsOf("cmf(20)", columns)["cmf"]!.subarray(120).every((value) => Object.is(value, 0)))
    assert.isTrue(outputsOf("mfi(14)", columns)["mfi"]!.subarray(120).every((value) => value === 50))
    assert.deepStrictEqual(
      outputsOf("vwma(20)", columns)["vwma"]!.subarray(120),
      outputsOf("sma(20)", columns)["sma"]!.subarray(120)
    )
  })

  it("a session that has not traded yet: VWAP is the mean of its typical prices, then weighted from the first trade on", () => {
    const columns = madeColumns(2, 6)
    columns.volume.set([0, 0, 3, 0, 1, 0])
    const typical = columns.close.map((close, index) =>
      (columns.high[index]! + columns.low[index]! + close) / 3
    )
    const { vwap } = outputsOf("vwap", columns)
    const weighted = (typical[2]! * 3 + typical[4]! * 1) / 4
    const expected = [
      typical[0]!,
      (typical[0]! + typical[1]!) / 2,
      typical[2]!,
      typical[2]!,
      weighted,
      weighted
    ]
    expected.forEach((value, index) => assert.closeTo(vwap![index]!, value, 1e-9 * value))
  })

  it("OBV and accumulation/distribution stand still through bars without volume", () => {
    const columns = madeColumns(2, 100)
    columns.volume.fill(0, 50)
    for (const name of ["obv", "ad"]) {
      const values = outputsOf(name, columns)[name]!
      assert.isTrue(values.subarray(50).every((value) => value === values[49]), name)
    }
  })

  it("KAMA counts rest as perfect efficiency: it closes in on the price by its fastest weight", () => {
    const columns = restAfter(madeColumns(2, 60), 80, 2)
    const { kama } = outputsOf("kama(10,2,30)", columns)
    for (let index = 71; index < 75; index++) {
      const share = (kama![index]! - PRICE) / (kama![index - 1]! - PRICE)
      assert.closeTo(share, 1 - (2 / 3) ** 2, 1e-6)
    }
  })

  it("bands around volumes that are all 0 have a bandwidth of 0 and stand in their middle", () => {
    const lines = outputsOf("bollinger(20,2,source=volume)", flat(60, 0))
    const newest = Object.fromEntries(Object.entries(lines).map(([name, values]) => [name, values.at(-1)]))
    assert.deepStrictEqual(newest, { lower: 0, middle: 0, upper: 0, percentB: 0.5, bandwidth: 0, zscore: 0 })
  })
})
