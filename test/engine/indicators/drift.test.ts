/**
 * A million bars later a window is still the sum of what is in it.
 * In: a million made bars with volume spikes ten billion times the smallest. Out: each window summed anew, to 1e-9.
 * A running sum that adds and subtracts loses the small volumes after a spike for ever: this is what would show it.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Columns } from "../../../src/domain/Columns.ts"
import { chance } from "../../kit/markets.ts"
import { madeColumns, outputsOf } from "./series.ts"

const BARS = 1_000_000
/** Every so many bars a window is computed anew; prime, so that every place in a block is met. */
const EVERY = 4_999

const spiked = (): Columns => {
  const columns = madeColumns(9, BARS)
  const next = chance(10)
  for (let index = 0; index < BARS; index++) {
    if (next() < 0.003) columns.volume[index] = columns.volume[index]! * 1e7 + 1e5
  }
  return columns
}

const columns = spiked()
const { close, high, low, volume } = columns

const windowOf = (values: Float64Array, end: number, count: number): ReadonlyArray<number> =>
  Array.from(values.subarray(end - count + 1, end + 1))
const sum = (values: ReadonlyArray<number>): number => values.reduce((total, value) => total + value, 0)
const mean = (values: ReadonlyArray<number>): number => sum(values) / values.length
const spread = (values: ReadonlyArray<number>): number => {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}
const weighted = (values: ReadonlyArray<number>): number =>
  sum(values.map((value, index) => (index + 1) * value)) / (values.length * (values.length + 1) / 2)
/** Least squares around the mean, both ways. */
const slope = (values: ReadonlyArray<number>): number => {
  const places = values.map((_, index) => index - (values.length - 1) / 2)
  const middle = mean(values)
  return sum(values.map((value, index) => places[index]! * (value - middle))) /
    sum(places.map((place) => place ** 2))
}
const flow = columns.close.map((value, index) => {
  const range = high[index]! - low[index]!
  return range === 0 ? 0 : (2 * value - low[index]! - high[index]!) / range * volume[index]!
})

/** Name, the direct computation at a bar, and what 1e-9 is relative to. */
const DIRECT: ReadonlyArray<
  readonly [string, (end: number) => number, ((end: number) => number) | undefined]
> = [
  ["sma(20)", (end) => mean(windowOf(close, end, 20)), undefined],
  ["sma(1000)", (end) => mean(windowOf(close, end, 1_000)), undefined],
  ["sma(20,source=volume)", (end) => mean(windowOf(volume, end, 20)), undefined],
  ["wma(50)", (end) => weighted(windowOf(close, end, 50)), undefined],
  ["wma(50,source=volume)", (end) => weighted(windowOf(volume, end, 50)), undefined],
  ["stddev(20)", (end) => spread(windowOf(close, end, 20)), undefined],
  ["stddev(200)", (end) => spread(windowOf(close, end, 200)), undefined],
  ["stddev(20,source=volume)", (end) => spread(windowOf(volume, end, 20)), undefined],
  // A slope near 0 is the difference of large sums: relative to the spread of what it is laid through.
  ["slope(14)", (end) => slope(windowOf(close, end, 14)), (end) => spread(windowOf(close, end, 14))],
  [
    "cmf(20)",
    (end) => sum(windowOf(flow, end, 20)) / sum(windowOf(volume, end, 20)),
    () => 1
  ],
  [
    "vwma(20)",
    (end) =>
      sum(windowOf(close, end, 20).map((price, index) => price * volume[end - 19 + index]!))
      / sum(windowOf(volume, end, 20)),
    undefined
  ],
  ["highest(300)", (end) => Math.max(...windowOf(close, end, 300)), undefined],
  ["lowest(300)", (end) => Math.min(...windowOf(close, end, 300)), undefined],
  [
    "rsi(14,smoothing=simple)",
    (end) => {
      const prices = windowOf(close, end, 15)
      const changes = prices.slice(1).map((price, index) => price - prices[index]!)
      return 100 * sum(changes.filter((change) => change > 0)) / sum(changes.map(Math.abs))
    },
    undefined
  ]
]

/** A volume is a whole number of hundred-thousandths: sums of them are exact in whole numbers. */
const unitsOf = (value: number): bigint => BigInt(Math.round(value * 1e5))

describe("windows", () => {
  it.each(DIRECT)(
    "%s is within 1e-9 of its window summed anew, everywhere in a million bars",
    (name, direct, unit) => {
      const [values] = Object.values(outputsOf(name, columns))
      let worst = 0
      for (let end = 2_000; end < BARS; end += EVERY) {
        const expected = direct(end)
        const scale = unit === undefined ? Math.abs(expected) : unit(end)
        worst = Math.max(worst, Math.abs(values![end]! - expected) / scale)
      }
      assert.isBelow(worst, 1e-9)
    }
  )
})

describe("running sums", () => {
  it("OBV after a million bars is the exact sum to the last bit but one", () => {
    const { obv } = outputsOf("obv", columns)
    let exact = 0n
    for (let index = 1; index < BARS; index++) {
      const change = close[index]! - close[index - 1]!
      exact += unitsOf(volume[index]!) * BigInt(Math.sign(change))
    }
    const expected = Number(exact) / 1e5
    assert.isAtMost(Math.abs(obv!.at(-1)! - expected), 4 * Number.EPSILON * Math.abs(expected))
  })
})
