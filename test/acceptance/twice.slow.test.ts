/**
 * The same command twice, and the same market at two speeds: equal rows from separate processes.
 * In: fresh homes, the journal files by plain SQL. Out: every column compared but `recorded_at`.
 * Market time decides (decisions 47), so neither the hour, the machine's mood nor the speed may show in a row.
 */
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { comparable, plainRows } from "../kit/journalFile.ts"
import type { PlainRow } from "../kit/journalFile.ts"
import { scratch } from "../kit/scratch.ts"
import { journalUnder, startProgram } from "./program.ts"

/** Runs the demo market to the end of `flags` and returns its journal. */
const journalOf = async (flags: string): Promise<ReadonlyArray<PlainRow>> => {
  const folder = scratch({})
  const program = startProgram(folder, `trade --market synthetic --home home --port 0 ${flags}`)
  assert.strictEqual(await program.ended, 0, program.output())
  return plainRows(journalUnder(join(folder, "home")))
}

/** Rows up to the decision of the last bar that both have, without the end of the shorter session. */
const stretch = (
  ...journals: ReadonlyArray<ReadonlyArray<PlainRow>>
): ReadonlyArray<ReadonlyArray<string>> => {
  const barsOf = (rows: ReadonlyArray<PlainRow>) => rows.filter((row) => row.kind === "CandleClosed").length
  const bars = Math.min(...journals.map(barsOf))
  return journals.map((rows) => {
    const last = rows.filter((row) => row.kind === "CandleClosed")[bars - 1]
    assert.isDefined(last, "no bar was traded")
    return comparable(rows.filter((row) => row.seq <= last.seq && row.kind !== "SessionEnded"))
  })
}

const assertSameRows = (left: ReadonlyArray<string>, right: ReadonlyArray<string>): void => {
  assert.strictEqual(left.length, right.length)
  left.forEach((row, index) => assert.strictEqual(right[index], row, `row ${index + 1} differs`))
}

const orders = (rows: ReadonlyArray<string>): number =>
  rows.filter((row) => row.includes("\"OrderSending\"")).length

describe("the same command twice", () => {
  it("writes the same rows, every column but recorded_at, however far each run came", async () => {
    const flags = "--speed 200 --for 2s"
    const [first, second] = await Promise.all([journalOf(flags), journalOf(flags)])
    const [left, right] = stretch(first, second)
    assert.isDefined(left)
    assert.isDefined(right)
    assert.isAbove(orders(left), 5, "too little happened to compare")
    assertSameRows(left, right)
    assert.notDeepEqual(first.map((row) => row.recorded_at), second.map((row) => row.recorded_at))
  })

  it("at 20 bars a second writes the first rows of a run at full speed", async () => {
    const [slow, fast] = await Promise.all([
      journalOf("--speed 20 --for 5s"),
      journalOf("--speed max --for 1s")
    ])
    assert.isBelow(slow.length, fast.length)
    const [left, right] = stretch(slow, fast)
    assert.isDefined(left)
    assert.isDefined(right)
    assert.isAbove(orders(left), 0, "too little happened to compare")
    assertSameRows(left, right)
  })

  it("with another seed writes other rows", async () => {
    const [left, right] = stretch(
      ...await Promise.all([
        journalOf("--speed max --for 1s --seed 1"),
        journalOf("--speed max --for 1s --seed 2")
      ])
    )
    assert.notDeepEqual(left?.slice(1, 50), right?.slice(1, 50))
  })
})
