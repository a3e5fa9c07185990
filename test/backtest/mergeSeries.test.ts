import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { mergeSeries } from "../../src/backtest/mergeSeries.ts"
import type { Columns } from "../../src/domain/Columns.ts"

const MINUTE = 60_000

/** Bars at these minutes; a merge reads no price. */
const series = (
  minutes: ReadonlyArray<number>,
  options: { from?: number; to?: number; millis?: number } = {}
) => {
  const none = new Float64Array(minutes.length)
  const columns: Columns = {
    barMillis: options.millis ?? MINUTE,
    openTime: Float64Array.from(minutes, (minute) => minute * MINUTE),
    open: none,
    high: none,
    low: none,
    close: none,
    volume: none
  }
  return { columns, from: options.from ?? 0, to: options.to ?? minutes.length }
}

/** Every instant: the minute of its close, and the row of each series. */
const walk = (all: Parameters<typeof mergeSeries>[0]): ReadonlyArray<ReadonlyArray<number>> => {
  const merge = mergeSeries(all)
  const seen: Array<ReadonlyArray<number>> = []
  while (merge.next()) seen.push([merge.closeTime / MINUTE, ...merge.rows])
  return seen
}

describe("mergeSeries", () => {
  it("brings bars that close together in one step, in the given order", () => {
    assert.deepStrictEqual(walk([series([1, 2]), series([1, 2])]), [[2, 0, 0], [3, 1, 1]])
  })

  it("goes on where one series has a hole, begins later or ends sooner", () => {
    assert.deepStrictEqual(walk([series([1, 2, 5]), series([2, 3, 4])]), [
      [2, 0, -1],
      [3, 1, 0],
      [4, -1, 1],
      [5, -1, 2],
      [6, 2, -1]
    ])
  })

  it("walks only the rows from `from` to before `to`", () => {
    assert.deepStrictEqual(walk([series([1, 2, 3, 4], { from: 1, to: 3 }), series([4])]), [
      [3, 1, -1],
      [4, 2, -1],
      [5, -1, 0]
    ])
  })

  it("has no step without a bar, and stays at the end", () => {
    assert.deepStrictEqual(walk([]), [])
    const merge = mergeSeries([series([])])
    assert.isNaN(merge.closeTime)
    assert.deepStrictEqual([merge.next(), merge.next(), merge.rows[0]], [false, false, -1])
  })

  it("refuses bars of two lengths", () => {
    assert.throws(() => mergeSeries([series([1]), series([1], { millis: 2 * MINUTE })]), /one bar length/)
  })

  const Minutes = Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 40 })))
  it.prop(
    "brings every row of every series once, in time, and never skips an instant",
    [Schema.Array(Minutes).check(Schema.isMaxLength(4))],
    ([drawn]) => {
      const minutes = drawn.map((each) => [...new Set(each)].toSorted((a, b) => a - b))
      const steps = walk(minutes.map((each) => series(each)))
      const closes = steps.map(([close]) => close!)
      assert.deepStrictEqual(
        closes,
        [...new Set(minutes.flat())].toSorted((a, b) => a - b).map((at) => at + 1)
      )
      for (const [index, each] of minutes.entries()) {
        const mine = steps.filter((step) => step[index + 1] !== -1)
        assert.deepStrictEqual(mine.map((step) => step[index + 1]), each.map((_, row) => row))
        assert.deepStrictEqual(mine.map(([close]) => close! - 1), each)
      }
    },
    { arbitrary: { runs: 100 } }
  )
})
