/**
 * The check of a file: every kind of flaw counted beyond the first, and promises that the engine keeps.
 * In: spoilt and sound files. Out: rows of the check; defaults of the settings that they name.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { Census } from "../../../layers/datasets/Census.ts"
import { checkFile } from "../../../layers/datasets/checkFile.ts"
import { DEFAULT_LIMITS, REFUSED } from "../../../layers/datasets/consequences.ts"
import type { CheckRow, FileCheck } from "../../../src/cli/FileCheck.ts"
import { exitCodeOfChecks } from "../../../src/cli/FileCheck.ts"
import { temporaryFolder } from "../../kit/folder.ts"
import { good, HEADER, row, SPOILT_FILES, SPOILT_ROWS } from "../../kit/spoiltFiles.ts"
import { read } from "../../settings/reading.ts"

const check = (content: string | Buffer, name = "m.csv") =>
  Effect.gen(function*() {
    const folder = yield* temporaryFolder
    writeFileSync(join(folder, name), content)
    const found = yield* checkFile(join(folder, name))
    assert.deepStrictEqual(readdirSync(folder), [name], "nothing is written")
    return found
  })

const notOk = (found: FileCheck): ReadonlyArray<CheckRow> =>
  found.checks.filter(({ state }) => state !== "ok")
const counts = (found: FileCheck) =>
  Object.fromEntries(notOk(found).map(({ check: name, count }) => [name, count]))

describe("checkFile: refused files", () => {
  for (const { column, content, kind, line, words } of SPOILT_ROWS) {
    it.effect(`${words} is counted as ${kind}, at line ${line}`, () =>
      Effect.gen(function*() {
        const found = yield* check(gzipSync(content), "m.csv.gz")
        assert.deepStrictEqual([found.usable, found.runbook, exitCodeOfChecks([found])], [
          false,
          "bad-row",
          1
        ])
        assert.include(found.refusal, `line ${line}, ${column}: `)
        const wanted = REFUSED[kind as keyof typeof REFUSED].check
        const counted = found.checks.find(({ check: name }) => name === wanted)
        assert.strictEqual(counted?.state, "refused", JSON.stringify(notOk(found)))
        assert.isTrue(
          counted?.places[0]?.startsWith(`line ${line}, ${column}: expected `),
          counted?.places[0]
        )
        assert.isTrue(
          found.refusal?.endsWith(counted?.places[0] ?? "-"),
          "the check and the reader say the same"
        )
      }))
  }

  for (const { content, name, words } of SPOILT_FILES) {
    it.effect(`${words} is refused as a whole`, () =>
      Effect.gen(function*() {
        const found = yield* check(content, name)
        assert.deepStrictEqual([found.usable, found.facts, found.runbook, found.checks], [
          false,
          null,
          "dataset-unreadable",
          []
        ])
        assert.isNotNull(found.refusal)
      }))
  }

  it.effect("goes on after the first bad row and counts each kind with its first three lines", () =>
    Effect.gen(function*() {
      const rows = Array.from({ length: 40 }, (_, index) => row(index))
      rows[3] = row(3, "10,9,12,11,5")
      for (const index of [5, 6, 7, 9]) rows[index] = row(index, "10,12,9,NaN,5")
      rows[11] = row(10)
      rows[20] = row(21)
      rows[21] = row(20)
      rows[25] = row(25, "10,12,9,11,-1")
      rows[27] = row(27, "10,12,0,11,1")
      rows[29] = "1700001840000,10"
      const found = yield* check([HEADER, ...rows].join("\n"))
      assert.deepStrictEqual(counts(found), {
        fields: 1,
        order: 1,
        duplicates: 1,
        numbers: 4,
        prices: 1,
        volumes: 1,
        bounds: 1
      })
      assert.strictEqual(found.rows, 40)
      assert.isNull(found.unfinished)
      assert.include(found.refusal, "line 5, high")
      assert.deepStrictEqual(
        found.checks.find(({ check: name }) => name === "numbers")?.places.map((place) =>
          place.split(",")[0]
        ),
        ["line 7", "line 8", "line 9"]
      )
      assert.isTrue(notOk(found).every(({ effect }) => effect.startsWith("the whole file is refused")))
    }))

  it.effect("one row too early, too late or off the grid is one flaw, and the rows after it are sound", () =>
    Effect.gen(function*() {
      const late = yield* check([HEADER, ...[0, 1, 9, 2, 3, 4].map((index) => row(index))].join("\n"))
      assert.deepStrictEqual(counts(late), { order: 1 })
      const times = [0, 60, 120, 210, 300, 360, 450, 540]
      const off = yield* check(
        [HEADER, ...times.map((seconds) => `${1_700_000_100_000 + seconds * 1_000},10,12,9,11,5`)].join("\n")
      )
      assert.deepStrictEqual(counts(off), { grid: 4 })
    }))

  it.effect("calls nothing ok that it did not look at", () =>
    Effect.gen(function*() {
      const header = yield* check(["time,o,h,l,c,v", ...good.slice(1), "x"].join("\n"))
      assert.deepStrictEqual(header.checks.map(({ check: name }) => name), ["header"])
      assert.strictEqual(header.rows, 0)
      assert.include(header.unfinished, "not looked at")
      const endless = yield* check(`${HEADER}\n${row(0)}\nx\n${"7".repeat(20_000)}`)
      assert.deepStrictEqual(endless.checks.map(({ check: name }) => name), ["line length", "times"])
      assert.include(endless.unfinished, "does not end")
    }))

  it("ends after a hundred thousand flawed rows", () => {
    const census = new Census()
    census.push(Buffer.from(`${HEADER}\n${"x\n".repeat(150_000)}`))
    assert.deepStrictEqual([census.rows, census.end().get("time")?.count], [100_000, 100_000])
    assert.include(census.stopped, "100000")
  })
})

describe("checkFile: usable files", () => {
  const narrow = good.join("\n").replaceAll("10,12,9,11,5", "10,10.5,9.9,10.2,5")

  it.effect("a clean file is ok in everything but its unknown instrument", () =>
    Effect.gen(function*() {
      const found = yield* check(narrow)
      assert.deepStrictEqual(counts(found), { instrument: 1 })
      assert.deepStrictEqual([found.usable, found.rows, exitCodeOfChecks([found])], [true, 4, 0])
      const named = yield* check(narrow, "binance-btcusdt-1m.csv")
      assert.deepStrictEqual([counts(named), named.instrument], [{}, "binance:BTC/USDT"])
    }))

  it.effect("gaps, long gaps, jumps, wide bars and empty bars are counted, and refuse nothing", () =>
    Effect.gen(function*() {
      const rows = [
        row(0),
        row(4),
        row(9),
        row(10, "13.75,13.75,13.75,13.75,0"),
        row(11, "13,13,13,13,1")
      ]
      const found = yield* check([HEADER, ...rows].join("\n"), "binance-btcusdt-1m.csv")
      assert.deepStrictEqual(counts(found), {
        gaps: 2,
        "long gaps": 1,
        jumps: 1,
        "wide bars": 3,
        "no volume": 1
      })
      assert.isTrue(found.usable)
      assert.include(
        found.checks.find(({ check: name }) => name === "gaps")?.places[0],
        "7 missing, the longest 4 from 2023-11-14T22:20Z"
      )
      assert.include(
        found.checks.find(({ check: name }) => name === "jumps")?.places[0],
        "25.00 % close to close"
      )
    }))

  it.effect("names the limits that the settings have by default", () =>
    Effect.gen(function*() {
      const { anomalyMove, maxGapBars } = (yield* read()).settings.risk
      assert.deepStrictEqual({ maxGapBars, anomalyMove }, { ...DEFAULT_LIMITS })
    }))
})
