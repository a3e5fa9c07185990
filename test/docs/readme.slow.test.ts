/**
 * The numbers in README.md and docs/*.md are those of this very code.
 * In: the documents, `bin/readme.ts --check`, which runs the program. Out: exit 0, or the pages that must be made anew.
 * Figures of the bench are compared with docs/benchmarks.md, not measured.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { namesIn } from "../../bin/readme/markers.ts"
import { runIn } from "../kit/scratch.ts"
import { repository } from "../kit/sourceTree.ts"

const readme = (...parameters: ReadonlyArray<string>) =>
  runIn(repository, process.execPath, ["bin/readme.ts", ...parameters], { PATH: process.env["PATH"] ?? "" })

describe("npm run readme", () => {
  it("README.md shows a backtest and the bench", () => {
    assert.includeMembers([...namesIn(readFileSync(`${repository}README.md`, "utf8"))], ["backtest", "bench"])
  })

  it("finds every number as the program prints it today (else: npm run readme)", async () => {
    const { code, output } = await readme("--check")
    assert.strictEqual(code, 0, output)
  }, 180_000)

  it("refuses what it does not know, with exit code 2", async () => {
    const { code, output } = await readme("--dry-run")
    assert.strictEqual(code, 2)
    assert.include(output, "npm run readme [-- --check]")
  })
})
