/**
 * Tables of twelve features a bar: made by the engine, hashed, compared.
 * In: columns; row-major tables of equal length. Out: a filled table, a short hash, the largest relative difference.
 * Apart from the groups, because three of them prove their results with it.
 */
import { createHash } from "node:crypto"
import { makeCursor } from "../../src/backtest/BarCursor.ts"
import type { Columns } from "../../src/domain/Columns.ts"
import { higherMillis } from "../../src/domain/timeframe.ts"
import { makeMarketState, observe } from "../../src/engine/observe.ts"
import { WIDTH } from "../../src/engine/Observation.ts"

/** An empty table for so many bars. */
const rowsFor = (bars: number): Float64Array => new Float64Array(bars * WIDTH)

/** The engine's phase19 rows, bar by bar, both frames kept as in every run. */
const observedRows = (columns: Columns, rows: Float64Array): void => {
  const { barMillis } = columns
  const state = makeMarketState({
    baseMillis: barMillis,
    higherMillis: higherMillis(barMillis),
    spec: "phase19"
  })
  const cursor = makeCursor(columns)
  for (let index = 0; index < columns.close.length; index++) {
    const { features } = observe(state, cursor.moveTo(index))
    // By hand: for twelve numbers `set` takes longer than copying them.
    for (let feature = 0; feature < WIDTH; feature++) rows[index * WIDTH + feature] = features[feature]!
  }
}

const hashOf = (rows: Float64Array): string =>
  createHash("sha256").update(new Uint8Array(rows.buffer)).digest("hex").slice(0, 16)

/** Largest relative difference of two tables from row `from` on; infinite where only one of them has a number. */
const differenceOf = (left: Float64Array, right: Float64Array, from = 0): number => {
  let worst = 0
  for (let index = from * WIDTH; index < left.length; index++) {
    const [one, other] = [left[index]!, right[index]!]
    if (Object.is(one, other) || one === other) continue
    const difference = Math.abs(one - other) / Math.max(Math.abs(one), Math.abs(other))
    worst = Math.max(worst, Number.isNaN(difference) ? Infinity : difference)
  }
  return worst
}

export { differenceOf, hashOf, observedRows, rowsFor }
