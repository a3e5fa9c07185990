/**
 * Axes: ticks on round values and instants, inside the plot, written so that two neighbours differ.
 * In: extents from a minute to years, from dust to billions. Out: places and words.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { plainTick, shareTick, timeAxis, valueAxis } from "../../../src/report/page/axis.ts"

const HOUR = 3_600_000
const DAY = 24 * HOUR
const words = (axis: { readonly ticks: ReadonlyArray<{ readonly words: string; readonly level: number }> }) =>
  axis.ticks.filter(({ level }) => level === 1).map((tick) => tick.words)

describe("timeAxis", () => {
  it("names years and months over a year, and the year again where it begins", () => {
    const axis = timeAxis(Date.UTC(2023, 9, 15), Date.UTC(2024, 6, 15))
    assert.deepStrictEqual(words(axis), [
      "Nov 2023",
      "Dec",
      "2024",
      "Feb",
      "Mar",
      "Apr",
      "May",
      "Jun",
      "Jul"
    ])
  })

  it("names days over a week and hours over a day", () => {
    const start = Date.UTC(2024, 1, 27)
    assert.deepStrictEqual(words(timeAxis(start, start + 5 * DAY)).slice(0, 4), [
      "27 Feb 2024",
      "12:00",
      "28 Feb",
      "12:00"
    ])
    assert.include(words(timeAxis(start + 2 * DAY, start + 4 * DAY)), "Mar")
    assert.deepStrictEqual(words(timeAxis(start + 9 * HOUR, start + 12 * HOUR)).slice(0, 2), [
      "27 Feb 09:00",
      "09:30"
    ])
  })

  it("stands in UTC wherever it runs, and widens nothing to a day", () => {
    const axis = timeAxis(0, 0)
    assert.deepStrictEqual([axis.x(0), axis.x(DAY)], [0, 1])
    assert.strictEqual(axis.x(-DAY), 0)
    assert.strictEqual(axis.x(2 * DAY), 1)
  })

  it("gives finer ticks for a widened chart that do not touch the coarser ones", () => {
    const { ticks } = timeAxis(Date.UTC(2024, 0, 1), Date.UTC(2025, 0, 1))
    assert.isTrue(ticks.some(({ level }) => level === 2))
    assert.isTrue(ticks.some(({ level }) => level === 3))
    const coarse = ticks.filter(({ level }) => level <= 2).map(({ place }) => place).toSorted((a, b) => a - b)
    coarse.slice(1).forEach((place, index) => assert.isAbove(place - coarse[index]!, 0.55 / 32 - 1e-9))
  })
})

describe("valueAxis", () => {
  const extent = Schema.Int.check(Schema.isBetween({ minimum: -1_000_000, maximum: 1_000_000 }))
  const power = Schema.Int.check(Schema.isBetween({ minimum: -6, maximum: 6 }))
  it.prop(
    "has at least two ticks, all inside, no two alike, and every value between its ends in the plot",
    { low: extent, rise: extent, power },
    ({ low, power, rise }) => {
      const [from, to] = [low * 10 ** power, (low + Math.abs(rise)) * 10 ** power]
      for (const format of [plainTick, shareTick]) {
        const axis = valueAxis(from, to, format)
        assert.isAtLeast(axis.ticks.length, 2)
        assert.isTrue(axis.ticks.every(({ place }) => place >= 0 && place <= 1))
        assert.isTrue(axis.y(from) < 1 && axis.y(to) > 0)
        const named = axis.ticks.map((tick) => tick.words)
        // Steps below the tenth decimal are not written apart.
        if (Math.abs(rise) * 10 ** power > 1e-7) {
          assert.strictEqual(new Set(named).size, named.length, named.join())
        }
        assert.isFalse(named.some((each) => /NaN|Infinity|-0( |$)/.test(each)), named.join())
      }
    },
    { arbitrary: { runs: 200, seed: 2 } }
  )

  it("is logarithmic from a range of more than five, and only for what is positive", () => {
    assert.isFalse(valueAxis(100, 500, plainTick).log)
    assert.isFalse(valueAxis(-1, 500, plainTick).log)
    const axis = valueAxis(100, 10_000, plainTick)
    assert.isTrue(axis.log)
    assert.deepStrictEqual(axis.ticks.map((tick) => tick.words), [
      "100",
      "200",
      "500",
      "1,000",
      "2,000",
      "5,000",
      "10,000"
    ])
    assert.closeTo(axis.y(1_000), 0.5, 1e-9)
  })

  it("writes all ticks of an axis alike", () => {
    assert.deepStrictEqual(valueAxis(8e6, 15e6, plainTick).ticks.map((tick) => tick.words), [
      "8M",
      "10M",
      "12M",
      "14M"
    ])
    assert.deepStrictEqual(valueAxis(-0.2, 0, shareTick).ticks.map((tick) => tick.words), [
      "-20 %",
      "-15 %",
      "-10 %",
      "-5 %",
      "0 %"
    ])
  })
})
