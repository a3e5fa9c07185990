/**
 * What no library says in our way: options that are ours, computed here the long way; and bars that are refused.
 * In: made bars. Out: equality with the plain formula.
 * Averages seeded by a mean, samples, channels without the newest bar, days that begin in Tokyo, every source.
 */
import { assert, describe, it } from "@effect/vitest"
import { indicatorNamed, INDICATORS } from "../../../src/engine/indicators/registry.ts"
import { barsOf, differences, emptyColumns, madeColumns, outputsOf } from "./series.ts"

const columns = madeColumns(21, 500)
const { close, high, low, open, volume } = columns
const only = (name: string): Float64Array => Object.values(outputsOf(name, columns))[0]!

/** An exponential average of what is defined, seeded by the mean of its first `period` values. */
const ema = (values: Float64Array, period: number): Float64Array => {
  const begin = values.findIndex((value) => value === value)
  const out = new Float64Array(values.length).fill(NaN)
  const seed = begin + period - 1
  out[seed] = values.subarray(begin, seed + 1).reduce((sum, value) => sum + value, 0) / period
  for (let index = seed + 1; index < values.length; index++) {
    out[index] = values[index]! * 2 / (period + 1) + out[index - 1]! * (1 - 2 / (period + 1))
  }
  return out
}
const combine = (
  combiner: (...values: ReadonlyArray<number>) => number,
  ...series: ReadonlyArray<Float64Array>
) => series[0]!.map((_, index) => combiner(...series.map((values) => values[index]!)))
const change = close.map((price, index) => index === 0 ? NaN : price - close[index - 1]!)

/** Bars of these highs, lows and closes. */
const withBars = (bars: ReadonlyArray<readonly [number, number, number]>) => {
  const made = emptyColumns(bars.length)
  bars.forEach(([top, bottom, last], index) => {
    made.high[index] = top
    made.low[index] = bottom
    made.open[index] = last
    made.close[index] = last
  })
  return made
}

const LONG_WAY: Readonly<Record<string, () => Float64Array>> = {
  "dema(9)": () => combine((one, two) => 2 * one! - two!, ema(close, 9), ema(ema(close, 9), 9)),
  "ppo(5,9)": () => combine((fast, slow) => 100 * (fast! - slow!) / slow!, ema(close, 5), ema(close, 9)),
  "apo(5,9)": () => combine((fast, slow) => fast! - slow!, ema(close, 5), ema(close, 9)),
  "tsi(9,5)": () =>
    combine((net, path) => 100 * net! / path!, ema(ema(change, 9), 5), ema(ema(change.map(Math.abs), 9), 5)),
  "adosc(3,10)": () => {
    const line = only("ad")
    return combine((fast, slow) => fast! - slow!, ema(line, 3), ema(line, 10))
  },
  "variance(6,ddof=1)": () =>
    close.map((_, end) => {
      if (end < 5) return NaN
      const values = close.subarray(end - 5, end + 1)
      const mean = values.reduce((sum, value) => sum + value, 0) / 6
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 5
    }),
  "highest(7)": () => close.map((_, end) => end < 6 ? NaN : Math.max(...close.subarray(end - 6, end + 1))),
  "sma(1,source=open)": () => open,
  "sma(1,source=high)": () => high,
  "sma(1,source=low)": () => low,
  "sma(1,source=volume)": () => volume,
  "sma(1,source=hl2)": () => combine((top, bottom) => (top! + bottom!) / 2, high, low),
  "sma(1,source=hlc3)": () => combine((top, bottom, last) => (top! + bottom! + last!) / 3, high, low, close),
  "sma(1,source=ohlc4)": () =>
    combine((first, top, bottom, last) => (first! + top! + bottom! + last!) / 4, open, high, low, close)
}

describe("definitions", () => {
  it.each(Object.keys(LONG_WAY))("%s is its formula computed the long way", (name) => {
    assert.deepStrictEqual(differences(name, only(name), LONG_WAY[name]!(), 1e-9), [])
  })

  it("donchian(20,current=exclude) is the channel of the bar before, so that a close can stand outside it", () => {
    const [now, before] = [
      outputsOf("donchian(20)", columns),
      outputsOf("donchian(20,current=exclude)", columns)
    ]
    for (const line of ["lower", "middle", "upper"]) {
      assert.deepStrictEqual(before[line]!.subarray(20), now[line]!.subarray(19, -1))
      assert.isNaN(before[line]![19]!)
    }
    assert.isTrue(close.some((price, index) => price > before["upper"]![index]!))
    assert.isFalse(close.some((price, index) => price > now["upper"]![index]!))
  })

  it("bollinger(20,2,ddof=1) is wider than the population's by sqrt(20 / 19)", () => {
    const [population, sample] = [
      outputsOf("bollinger(20,2)", columns),
      outputsOf("bollinger(20,2,ddof=1)", columns)
    ]
    const ratio = combine(
      (upper, middle, other) => (upper! - middle!) / (other! - middle!),
      sample["upper"]!,
      sample["middle"]!,
      population["upper"]!
    )
    assert.deepStrictEqual(differences("ratio", ratio, ratio.map(() => Math.sqrt(20 / 19)), 1e-9, 19), [])
  })

  it("adx, +DI and -DI tell a rising market from a falling one", () => {
    const rising = emptyColumns(60)
    for (let index = 0; index < 60; index++) {
      rising.open[index] = 100 + index
      rising.close[index] = 101 + index
      rising.high[index] = 101.5 + index
      rising.low[index] = 99.5 + index
    }
    const { adx, minusDi, plusDi } = outputsOf("adx(14)", rising)
    assert.isAbove(plusDi!.at(-1)!, 40)
    assert.strictEqual(minusDi!.at(-1), 0)
    assert.closeTo(adx!.at(-1)!, 100, 1e-9)
    assert.deepStrictEqual([
      outputsOf("psar", rising)["side"]!.at(-1),
      outputsOf("supertrend", rising)["side"]!.at(-1)
    ], [1, 1])
  })

  it("adx counts a bar that reaches as far up as down as no movement, as Wilder does", () => {
    const columns = withBars([[101, 99, 100], [103, 97, 100], [104, 97, 100]])
    const { minusDi, plusDi } = outputsOf("adx(1)", columns)
    assert.deepStrictEqual([plusDi![1], minusDi![1]], [0, 0])
    assert.deepStrictEqual([plusDi![2], minusDi![2]], [100 / 7, 0])
  })

  it("supertrend stays below while the close only touches it, and turns when the close is under it", () => {
    const columns = withBars([[101, 99, 100], [102, 100, 101], [110, 102, 109], [109, 99, 99], [
      100,
      98,
      98.5
    ]])
    const { line, side } = outputsOf("supertrend(1,1)", columns)
    assert.deepStrictEqual(Array.from(line!), [NaN, 103, 99, 99, 101])
    assert.deepStrictEqual(Array.from(side!), [NaN, -1, 1, 1, -1])
  })

  it("vwap(15) begins anew when the day begins in Tokyo, vwap(0) at midnight UTC, session=none never", () => {
    const hourly = { ...madeColumns(22, 72), barMillis: 3_600_000 }
    const bars = { ...hourly, openTime: hourly.openTime.map((_, index) => index * 3_600_000) }
    const typical = bars.close.map((price, index) => (bars.high[index]! + bars.low[index]! + price) / 3)
    const begins = (name: string) =>
      Array.from(outputsOf(name, bars)["vwap"]!.keys()).filter((index) =>
        Math.abs(outputsOf(name, bars)["vwap"]![index]! - typical[index]!) < 1e-9 * typical[index]!
      )
    assert.deepStrictEqual(begins("vwap(15)"), [0, 15, 39, 63])
    assert.deepStrictEqual(begins("vwap"), [0, 24, 48])
    assert.deepStrictEqual(begins("vwap(session=none)"), [0])
  })
})

describe("step", () => {
  const bars = barsOf(madeColumns(23, 120))

  it.each(INDICATORS.map(({ name }) => name))(
    "%s refuses a bar that is not finite and goes on as if it had never come",
    (name) => {
      const [clean, troubled] = [indicatorNamed(name).make(), indicatorNamed(name).make()]
      bars.forEach((bar, index) => {
        for (const key of ["openTime", "open", "high", "low", "close", "volume"] as const) {
          const broken = { ...bar, [key]: index % 2 === 0 ? NaN : Infinity }
          assert.throws(() => troubled.step(broken), /finite/)
        }
        clean.step(bar)
        troubled.step(bar)
      })
      assert.deepStrictEqual(troubled.snapshot(), clean.snapshot())
    }
  )

  it("a snapshot is refused by another indicator, by other numbers, and when a cell is missing", () => {
    const state = indicatorNamed("sma(20)").make()
    bars.forEach((bar) => state.step(bar))
    const snapshot = state.snapshot()
    for (const other of ["sma(21)", "wma(20)", "sma(20,source=open)"]) {
      assert.throws(() => indicatorNamed(other).make().restore(snapshot), /snapshot/, other)
    }
    assert.throws(
      () => indicatorNamed("sma(20)").make().restore(snapshot.slice(0, -1)),
      /number for every cell/
    )
    assert.doesNotThrow(() => indicatorNamed("sma(20)").make().restore(snapshot))
  })
})
