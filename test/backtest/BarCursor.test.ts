import { assert, describe, it } from "vitest"
import { makeCursor } from "../../src/backtest/BarCursor.ts"
import type { Columns } from "../../src/domain/Columns.ts"

const columns: Columns = {
  barMillis: 60_000,
  openTime: Float64Array.of(60_000, 120_000, 300_000),
  open: Float64Array.of(1, 2, 3),
  high: Float64Array.of(11, 12, 13),
  low: Float64Array.of(0.1, 0.2, 0.3),
  close: Float64Array.of(5, 6, 7),
  volume: Float64Array.of(100, 0, 300)
}

describe("makeCursor", () => {
  it("shows the bar at an index, closed one bar length after its open", () => {
    const { moveTo } = makeCursor(columns)
    assert.deepStrictEqual({ ...moveTo(2) }, {
      openTime: 300_000,
      closeTime: 360_000,
      open: 3,
      high: 13,
      low: 0.3,
      close: 7,
      volume: 300
    })
    assert.strictEqual(moveTo(0).close, 5)
  })

  it("moves one object and makes no other", () => {
    const cursor = makeCursor(columns)
    assert.strictEqual(cursor.moveTo(0), cursor.bar)
    assert.strictEqual(cursor.moveTo(1), cursor.bar)
    assert.deepStrictEqual([cursor.bar.openTime, cursor.bar.volume], [120_000, 0])
  })

  it("refuses an index outside its columns", () => {
    const { moveTo } = makeCursor(columns)
    assert.throws(() => moveTo(3), /stays inside/)
    assert.throws(() => moveTo(-1), /stays inside/)
  })
})
