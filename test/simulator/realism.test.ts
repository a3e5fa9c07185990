/**
 * Is the synthetic market like a real one, and is there truly nothing in it to be found?
 * In: eight synthetic years, recorded markets where they are here. Out: assertions, and the table they rest on.
 * The band of a measure is what real markets show, whole and by quarter; seeds are fixed, so red means a changed market.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Candle } from "../../src/domain/Candle.ts"
import {
  MEASURES,
  QUARTER_HOUR,
  recordedMarkets,
  syntheticYear,
  tableOf,
  wholeAndQuarters
} from "./realMarkets.ts"
import { statisticsOf } from "./marketStatistics.ts"

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 42]
const recorded = recordedMarkets()
const years = SEEDS.map(syntheticYear)
const synthetic = years.map((candles, n) => ({
  name: `synthetic ${SEEDS[n]}`,
  statistics: statisticsOf(candles, QUARTER_HOUR)
}))

describe.skipIf(recorded === undefined)("synthetic beside real markets (needs the reference data)", () => {
  const real = (recorded ?? []).flatMap((market) => wholeAndQuarters(market.name, market.candles))

  it("the table shows every market, recorded and synthetic", () => {
    const table = tableOf([...real, ...synthetic])
    console.log(table)
    assert.strictEqual(table.split("\n").length, 1 + real.length + synthetic.length)
    assert.notInclude(table, "NaN")
  })

  it.each(MEASURES)(
    "$name lies in the band of real markets: on average over the seeds, and each seed near it",
    (measure) => {
      const seen = real.map((line) => measure.of(line.statistics))
      // Real returns bounce a little; to bounce less, as far as a random walk does not, is no fault.
      if (measure.walk !== undefined) seen.push(measure.walk)
      const low = Math.min(...seen)
      const high = Math.max(...seen)
      const ours = synthetic.map((line) => measure.of(line.statistics))
      const average = ours.reduce((sum, value) => sum + value, 0) / ours.length
      assert.isTrue(low <= average && average <= high, `average ${average} outside ${low}..${high}`)
      const slack = (high - low) / 4
      for (const value of ours) {
        assert.isTrue(low - slack <= value && value <= high + slack, `${value} far outside ${low}..${high}`)
      }
    }
  )
})

describe("the synthetic market plants no edge", () => {
  it("variance ratios are one and signs uncorrelated, within what chance allows", () => {
    const mean = (of: (line: typeof synthetic[number]) => number) =>
      synthetic.reduce((sum, line) => sum + of(line), 0) / synthetic.length
    assert.closeTo(mean((line) => line.statistics.varianceRatio2), 1, 0.02)
    assert.closeTo(mean((line) => line.statistics.varianceRatio4), 1, 0.03)
    assert.closeTo(mean((line) => line.statistics.varianceRatio16), 1, 0.05)
    // The standard error of eight years' mean is 0.002.
    for (let lag = 0; lag < 5; lag++) {
      assert.closeTo(mean((line) => line.statistics.signs[lag] ?? NaN), 0, 0.008)
    }
  })

  it.each<[string, (bars: ReadonlyArray<Candle>, now: number) => number]>([
    ["being long", () => 1],
    ["following the last bar", (bars, now) => Math.sign(move(bars, now, 1))],
    ["following the last hour", (bars, now) => Math.sign(move(bars, now, 4))],
    ["following the last day", (bars, now) => Math.sign(move(bars, now, 96))],
    [
      "following a bar of great volume",
      (bars, now) => (at(bars, now).volume > 40 ? Math.sign(move(bars, now, 1)) : 0)
    ],
    [
      "fading a bar that closes at its high or low",
      (bars, now) =>
        0.5 - (at(bars, now).close - at(bars, now).low) / (at(bars, now).high - at(bars, now).low || 1)
    ],
    [
      "fading a jump of one percent",
      (bars, now) => (Math.abs(move(bars, now, 1)) > 0.01 ? -Math.sign(move(bars, now, 1)) : 0)
    ],
    [
      "being long in the afternoon",
      (bars, now) => (Math.floor(at(bars, now).openTime / 3_600_000) % 24 >= 12 ? 1 : 0)
    ]
  ])("%s earns nothing before costs", (_, signal) => {
    let sum = 0
    let squares = 0
    for (const bars of years) {
      for (let now = 96; now + 1 < bars.length; now++) {
        const earned = signal(bars, now) * move(bars, now + 1, 1)
        sum += earned
        squares += earned * earned
      }
    }
    // A sum of unforeseeable gains in units of its own standard deviation.
    assert.isBelow(Math.abs(sum / Math.sqrt(squares)), 3)
  })
})

const at = (bars: ReadonlyArray<Candle>, index: number): Candle => bars[index] as Candle
const move = (bars: ReadonlyArray<Candle>, now: number, over: number): number =>
  at(bars, now).close / at(bars, now - over).close - 1
