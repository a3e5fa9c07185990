/**
 * Every indicator is defined from the bar it declares, neither later nor earlier, and stays so.
 * In: every name with its defaults, other spans and every choice; restless made bars. Out: the first defined bar.
 * Strategies wait for `warmup`; a value that is late would be NaN in an order, one that is early a guess.
 */
import { assert, describe, it } from "@effect/vitest"
import { indicatorColumns } from "../../../src/engine/indicators/batch.ts"
import type { Indicator } from "../../../src/engine/indicators/Indicator.ts"
import { indicatorNamed, indicatorOf, INDICATORS } from "../../../src/engine/indicators/registry.ts"
import { emptyColumns, madeColumns } from "./series.ts"

const CHOICES: Readonly<Record<string, ReadonlyArray<string>>> = {
  seed: ["sma", "first"],
  smoothing: ["wilder", "simple"],
  first: ["skip", "range", "zero"],
  current: ["include", "exclude"],
  lag: ["n", "n-1"],
  ddof: ["0", "1"],
  session: ["day", "none"],
  source: ["close", "volume", "ohlc4"]
}
const NUMBERS = ["", "2", "3", "1,2", "2,3,4", "5", "30", "7,40", "9,7,8,2"]

/** Every indicator that these numbers and choices name, once. */
const VARIANTS: ReadonlyArray<Indicator> = [
  ...new Map(
    INDICATORS.flatMap(({ name }) =>
      NUMBERS.flatMap((numbers) => [
        `${name}(${numbers})`,
        ...Object.entries(CHOICES).flatMap(([key, choices]) =>
          choices.map((choice) => `${name}(${numbers}${numbers === "" ? "" : ","}${key}=${choice})`)
        )
      ])
    ).flatMap((text) => {
      const indicator = indicatorOf(text)
      return "problem" in indicator ? [] : [[indicator.id, indicator] as const]
    })
  ).values()
]

const bars = madeColumns(5, 400)

describe("warmup", () => {
  it("hundreds of variants are looked at, several of every name", () => {
    assert.isAbove(VARIANTS.length, 400)
    assert.strictEqual(new Set(VARIANTS.map(({ name }) => name)).size, INDICATORS.length)
  })

  it.each(INDICATORS.map(({ name }) => name))("%s is defined first at the bar it declares", (name) => {
    for (const indicator of VARIANTS.filter((each) => each.name === name)) {
      const columns = indicatorColumns(indicator, bars)
      const first = columns.map((values) => values.findIndex((value) => value === value))
      assert.isTrue(first.every((index) => index >= 0), indicator.id)
      assert.strictEqual(Math.max(...first), indicator.warmup, indicator.id)
    }
  })

  it.each(INDICATORS.map(({ name }) => name))(
    "%s stays finite from there on, rests and empty minutes too",
    (name) => {
      const rests = madeColumns(6, 600, true)
      for (const indicator of VARIANTS.filter((each) => each.name === name)) {
        // Relative to a volume of 0 there is no change: the one thing that may be undefined.
        if (indicator.parameters["source"] === "volume") continue
        for (const values of indicatorColumns(indicator, rests)) {
          assert.isTrue(values.subarray(indicator.warmup).every(Number.isFinite), indicator.id)
        }
      }
    }
  )

  it.each(INDICATORS.map(({ name }) => name))("%s depends on as many bars as it declares", (name) => {
    const other = madeColumns(8, 400)
    const wrong = VARIANTS.filter((each) => each.name === name).flatMap((indicator) => {
      const alone = indicatorColumns(indicator, bars)
      /** Whether the newest values stay when all but the newest `count` bars are others. */
      const same = (count: number): boolean => {
        const spliced = emptyColumns(400)
        for (const key of ["open", "high", "low", "close", "volume"] as const) {
          spliced[key].set(other[key].subarray(0, 400 - count))
          spliced[key].set(bars[key].subarray(400 - count), 400 - count)
        }
        const after = indicatorColumns(indicator, spliced)
        return alone.every((values, output) =>
          Math.abs(values[399]! - after[output]![399]!) <= 1e-9 * Math.max(1, Math.abs(values[399]!))
        )
      }
      const { id, reach, warmup } = indicator
      if (Number.isFinite(reach)) return same(reach) ? [] : [`${id}: ${reach} bars are not enough`]
      // Spans of 1 or 2 can make a recursion forget: what it says is judged by its defaults.
      return id === indicatorNamed(name).id && same(warmup + 1) ? [`${id}: older bars do not count`] : []
    })
    assert.deepStrictEqual(wrong, [])
  })

  it("an indicator of zero volumes is undefined only where it divides by one", () => {
    const rests = madeColumns(6, 600, true)
    const [values] = indicatorColumns(indicatorNamed("roc(3,source=volume)"), rests)
    values!.forEach((value, index) => {
      const base = index < 3 ? 0 : rests.volume[index - 3]!
      assert.strictEqual(value !== value, base === 0, `bar ${index}`)
    })
  })
})
