/**
 * Cut series: short enough, and nothing that matters is gone.
 * In: any series, any limit. Out: at most that many points, in order, with first, last and every extreme.
 * Properties, since a missing spike is what nobody notices.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import type { Columns } from "../../src/domain/Columns.ts"
import { downsamplePrice } from "../../src/report/downsample.ts"

const values = Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: -1_000, maximum: 1_000 })))
const limit = Schema.Int.check(Schema.isBetween({ minimum: 6, maximum: 40 }))
const checks = { arbitrary: { runs: 200, seed: 3 } }

/** Repeated and bent until it is long, since generated arrays are short. */
const long = (seedValues: ReadonlyArray<number>): ReadonlyArray<number> =>
  Array.from({ length: 40 }, (_, round) => seedValues.map((value) => value + round % 7)).flat()

const times = (series: ReadonlyArray<number>): ReadonlyArray<number> =>
  series.map((_, index) => index * 1_000)

const barsOf = (series: ReadonlyArray<number>): Columns => ({
  barMillis: 1_000,
  openTime: Float64Array.from(times(series)),
  open: Float64Array.from(series),
  high: Float64Array.from(series, (value) => value + 1),
  low: Float64Array.from(series, (value) => value - 1),
  close: Float64Array.from(series),
  volume: Float64Array.from(series, () => 1)
})

describe("downsamplePrice", () => {
  it.prop(
    "merges bars without losing a high, a low, or the last close",
    { values, limit },
    ({ values, limit }) => {
      const series = long(values)
      const price = downsamplePrice(barsOf(series), limit)
      assert.strictEqual(price.at.length, Math.min(limit, series.length))
      if (series.length === 0) return
      assert.strictEqual(Math.max(...price.high), Math.max(...series) + 1)
      assert.strictEqual(Math.min(...price.low), Math.min(...series) - 1)
      assert.strictEqual(price.close.at(-1), series.at(-1))
      assert.strictEqual(price.at.at(-1), series.length * 1_000)
      price.at.forEach((at, index) => assert.strictEqual(price.close[index], series[at / 1_000 - 1]))
    },
    checks
  )

  it("takes only the bars it is told to, each at its close", () => {
    assert.deepStrictEqual(downsamplePrice(barsOf([1, 9, 2, 3, 9]), 10, 2, 4), {
      at: [3_000, 4_000],
      high: [3, 4],
      low: [1, 2],
      close: [2, 3]
    })
  })
})
