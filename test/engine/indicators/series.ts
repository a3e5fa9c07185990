/**
 * Bars for the tests of indicators, as columns: made by a seed, or read from reference files.
 * In: a seed, or a path inside the reference folder. Out: columns; tables of a golden csv; comparisons by column.
 * Made bars move as minutes do, with pauses, jumps and minutes without volume, so that no reference folder is needed.
 */
import { assert } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { gunzipSync } from "node:zlib"
import type { Columns } from "../../../src/domain/Columns.ts"
import { indicatorColumns } from "../../../src/engine/indicators/batch.ts"
import type { PriceBar } from "../../../src/engine/indicators/Indicator.ts"
import { indicatorNamed } from "../../../src/engine/indicators/registry.ts"
import { chance } from "../../kit/markets.ts"

const MINUTE = 60_000

export const emptyColumns = (length: number): Columns => ({
  barMillis: MINUTE,
  openTime: Float64Array.from({ length }, (_, index) => index * MINUTE),
  open: new Float64Array(length),
  high: new Float64Array(length),
  low: new Float64Array(length),
  close: new Float64Array(length),
  volume: new Float64Array(length)
})

/** `length` bars from 30,000 on; `rests` lets the price stand still and trade nothing now and then. */
export const madeColumns = (seed: number, length: number, rests = false): Columns => {
  const next = chance(seed)
  const columns = emptyColumns(length)
  let price = 30_000
  let resting = 0
  for (let index = 0; index < length; index++) {
    if (rests && resting === 0 && next() < 0.01) resting = Math.ceil(next() * 60)
    const still = resting > 0
    if (still) resting -= 1
    const jump = next() < 0.002 ? 0.1 : 0.004
    const open = price
    if (!still) price = Math.max(100, Math.round(price * (1 + (next() - 0.498) * jump) * 100) / 100)
    const wick = still ? 0 : price * 0.001
    columns.open[index] = open
    columns.close[index] = price
    columns.high[index] = Math.max(open, price) + Math.round(next() * wick * 100) / 100
    columns.low[index] = Math.min(open, price) - Math.round(next() * wick * 100) / 100
    columns.volume[index] = still ? 0 : Math.round(next() * next() * 1e7) / 1e5
  }
  return columns
}

/** The bars of `columns` as objects. */
export const barsOf = (columns: Columns): ReadonlyArray<PriceBar> =>
  Array.from(columns.close, (close, index) => ({
    openTime: columns.openTime[index]!,
    open: columns.open[index]!,
    high: columns.high[index]!,
    low: columns.low[index]!,
    close,
    volume: columns.volume[index]!
  }))

/** Columns of a csv by name, an empty cell as NaN; text cells too. */
export const readTable = (path: string): Readonly<Record<string, Float64Array>> => {
  const raw = readFileSync(path)
  const text = path.endsWith(".gz") ? gunzipSync(raw).toString("utf8") : raw.toString("utf8")
  const [header = "", ...lines] = text.trim().split("\n")
  const rows = lines.map((line) => line.split(","))
  return Object.fromEntries(
    header.trim().split(",").map((name, at) => [
      name,
      Float64Array.from(rows, (row) => (row[at] ?? "").trim() === "" ? NaN : Number(row[at]))
    ])
  )
}

/** The prices of a table whose columns are named open, high, low, close, volume. */
export const columnsOf = (table: Readonly<Record<string, Float64Array>>): Columns => {
  const { close, high, low, open, volume } = table
  assert(open !== undefined && high !== undefined && low !== undefined)
  assert(close !== undefined && volume !== undefined)
  const openTime = Float64Array.from(close, (_, index) => index * MINUTE)
  return { barMillis: MINUTE, openTime, open, high, low, close, volume }
}

/** Every output of `text` over `columns`, by the output's name. */
export const outputsOf = (text: string, columns: Columns): Readonly<Record<string, Float64Array>> => {
  const indicator = indicatorNamed(text)
  const values = indicatorColumns(indicator, columns)
  return Object.fromEntries(indicator.outputs.map((output, index) => [output, values[index]!]))
}

/**
 * Where two series differ first, in words: by more than `bound` (relative above 1), or one alone undefined; else nothing.
 * Bars before `from` are not looked at.
 */
export const differences = (
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  bound: number,
  from = 0
): ReadonlyArray<string> => {
  if (actual.length !== expected.length) return [`${what}: ${actual.length} values, not ${expected.length}`]
  for (let index = from; index < actual.length; index++) {
    const [ours, theirs] = [actual[index]!, expected[index]!]
    if (theirs !== theirs && ours !== ours) continue
    const near = Math.abs(ours - theirs) <= bound * Math.max(1, Math.abs(theirs))
    if (!near) return [`${what}, bar ${index}: ${ours}, expected ${theirs}`]
  }
  return []
}
