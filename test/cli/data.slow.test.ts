/**
 * `daruma data check` as a process: spoilt files end with 1 and leave nothing behind.
 * In: one file of each spoilt kind in a scratch folder, a clean environment. Out: exit codes, output, and the folder as it was.
 */
import { assert, describe, it } from "@effect/vitest"
import { mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { runIn, scratch } from "../kit/scratch.ts"
import { good, SPOILT_FILES, SPOILT_ROWS } from "../kit/spoiltFiles.ts"

const MAIN = fileURLToPath(new URL("../../layers/main.ts", import.meta.url))

const check = (folder: string, ...args: ReadonlyArray<string>) =>
  runIn(folder, process.execPath, ["--disable-warning=ExperimentalWarning", MAIN, "data", "check", ...args], {
    PATH: process.env["PATH"] ?? ""
  })

describe("daruma data check, the process", () => {
  it("each spoilt file is refused in its own words, and nothing is written", async () => {
    const folder = scratch({ "good.csv": good.join("\n") })
    const spoilt = [
      ...SPOILT_ROWS.map(({ content, column, line }, index) => ({
        name: `row-${index}.csv`,
        content,
        words: `line ${line}, ${column}: expected `
      })),
      ...SPOILT_FILES.map(({ content, name }, index) => ({
        name: `file-${index}-${name}`,
        content,
        words: ": "
      }))
    ]
    for (const { content, name } of spoilt) writeFileSync(join(folder, name), content)
    mkdirSync(join(folder, "folder.csv"))
    const before = readdirSync(folder)
    const names = [...spoilt.map(({ name }) => name), "folder.csv", "absent.csv"]
    const { code, output } = await check(folder, "--quiet", "good.csv", ...names)
    assert.strictEqual(code, 1, output)
    assert.include(output, "good.csv: usable")
    for (const { name, words } of spoilt) {
      assert.include(output, `${name}: REFUSED\n  ${name}`)
      assert.include(output.slice(output.indexOf(`${name}: REFUSED`)), words)
    }
    assert.include(output, "folder.csv: this is not a file")
    assert.include(output, "absent.csv: there is no such file")
    assert.deepStrictEqual(readdirSync(folder), before)
  }, 20_000)

  it("a good file alone ends with 0", async () => {
    const folder = scratch({ "binance-btcusdt-1m.csv": good.join("\n") })
    const { code, output } = await check(folder, "binance-btcusdt-1m.csv")
    assert.strictEqual(code, 0, output)
    assert.deepStrictEqual(readdirSync(folder), ["binance-btcusdt-1m.csv"])
  }, 20_000)
})
