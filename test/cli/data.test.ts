/**
 * `daruma data check` as a command: what is printed and which code comes back.
 * In: checks of files as the layers make them. Out: text, JSON, exit codes.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { checkFile } from "../../layers/datasets/checkFile.ts"
import { temporaryFolder } from "../kit/folder.ts"
import { HEADER, row, withLine } from "../kit/spoiltFiles.ts"
import { run } from "./stage.ts"

const CALM = "10,10.5,9.9,10.2,5"
const FILES: Readonly<Record<string, string>> = {
  "binance-btcusdt-1m.csv": [HEADER, ...[0, 1, 2, 3].map((index) => row(index, CALM))].join("\n"),
  "bitbank-btcjpy-1m.csv": [HEADER, ...[0, 1, 7, 8].map((index) => row(index, CALM))].join("\n"),
  "bad.csv": withLine(4, row(2, "10,12,9,eleven,5"))
}

const inFolder = (args: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const folder = yield* temporaryFolder
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
    const { code, err, out } = yield* run(["data", "check", ...args], {
      checkFile: (file) =>
        Effect.map(checkFile(join(folder, file)), (found) => ({
          ...found,
          file,
          refusal: found.refusal?.replace(`${folder}/`, "") ?? null
        }))
    })
    return { code, err, text: out.join("\n") }
  })

describe("daruma data check", () => {
  it.effect("prints every check of a clean file, and ends with 0", () =>
    Effect.gen(function*() {
      const { code, text } = yield* inFolder(["binance-btcusdt-1m.csv"])
      assert.strictEqual(code, 0)
      const lines = text.split("\n")
      assert.deepStrictEqual(lines.slice(0, 3), [
        "binance-btcusdt-1m.csv: usable",
        "  instrument   binance:BTC/USDT",
        "  bars         4 of 1m, 2023-11-14T22:15Z to 2023-11-14T22:18Z"
      ])
      for (const name of ["order", "duplicates", "bounds", "gaps", "jumps"]) {
        assert.include(lines, `  ${name.padEnd(13)}ok`)
      }
      assert.match(text, /\n {2}file {9}sha256 [0-9a-f]{64}\n {2}content {6}sha256 [0-9a-f]{64}\n/)
    }))

  it.effect("says what a backtest does with what it found; a gap is no failure", () =>
    Effect.gen(function*() {
      const { code, text } = yield* inFolder(["--quiet", "bitbank-btcjpy-1m.csv"])
      assert.strictEqual(code, 0)
      assert.strictEqual(
        text,
        [
          "bitbank-btcjpy-1m.csv: usable",
          "  gaps         1: 5 missing, the longest 5 from 2023-11-14T22:17Z",
          "               -> no bar is made up: indicator windows count the bars that are there",
          "  long gaps    1: of more than 3 bars",
          "               -> entries are refused (dataGap) for one bar a missing bar, at most 50, after a gap of more than 3 "
          + "(risk.maxGapBars)"
        ].join("\n")
      )
    }))

  it.effect("a refused file is said with line, column and runbook, and ends with 1, whatever the others are", () =>
    Effect.gen(function*() {
      const { code, text } = yield* inFolder(["binance-btcusdt-1m.csv", "bad.csv"])
      assert.strictEqual(code, 1)
      assert.include(text, "binance-btcusdt-1m.csv: usable\n")
      assert.include(
        text,
        "bad.csv: REFUSED\n  bad.csv, line 4, close: expected a number above 0, found \"eleven\"\n"
          + "  (runbook observability/runbooks/bad-row.md)\n"
      )
    }))

  it.effect("--json prints one object and nothing else", () =>
    Effect.gen(function*() {
      const { code, err, text } = yield* inFolder(["--json", "binance-btcusdt-1m.csv", "bad.csv"])
      const { files } = JSON.parse(text) as {
        readonly files: ReadonlyArray<Readonly<Record<string, unknown>>>
      }
      assert.deepStrictEqual(files.map(({ file, rows, usable }) => [file, usable, rows]), [
        ["binance-btcusdt-1m.csv", true, 4],
        ["bad.csv", false, 4]
      ])
      assert.deepStrictEqual([code, err], [1, []])
    }))

  it.effect("without a file it is a usage error: 2", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* inFolder([])).code, 2)
    }))
})
