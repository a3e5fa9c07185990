/**
 * What the check makes of its tools' answers: when it is red, and what it says.
 * In: made-up counts, summaries, compiler output. Out: rows and words.
 * Here because a check that cannot turn red is worse than none.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { byRoom } from "../../bin/check/coverage.ts"
import { belowFloor, readFloors } from "../../bin/check/floors.ts"
import { skipReason } from "../../bin/check/reporter.ts"
import { table } from "../../bin/check/table.ts"
import { NO_REASON } from "../../bin/check/TestCount.ts"
import { faults } from "../../bin/check/tests.ts"
import { canaryGaps } from "../../bin/check/tools.ts"
import { repository } from "../kit/sourceTree.ts"

const green = { passed: 10, failed: 0, skipped: 2, reasons: { "reference data absent": 2 } }

describe("faults", () => {
  it("a run without failures, at its floor, is green", () => {
    assert.deepStrictEqual(faults(green, 0, 12), [])
  })

  it.each([
    ["a failed test", { ...green, failed: 1 }, 1, 0, "1 failed"],
    ["an exit code without a failed test", green, 1, 0, "npm test ended with exit code 1"],
    ["fewer tests than there were", green, 0, 13, "12 tests, and there were 13"],
    ["nothing that passed", { ...green, passed: 0 }, 0, 0, "no test passed"],
    ["a skip without a reason", { ...green, reasons: { [NO_REASON]: 2 } }, 0, 0, "2 skipped without a reason"]
  ])("is red for %s", (_, count, code, floor, words) => {
    assert.deepStrictEqual(faults(count, code, floor), [words])
  })
})

describe("skipReason", () => {
  const test = { note: undefined, name: "holds", source: "" }

  it("is the skip's own note before anything else", () => {
    assert.strictEqual(skipReason({ ...test, note: "no network", source: "referencePath(" }), "no network")
  })

  it("is what its name, or its group's, says it needs", () => {
    assert.strictEqual(skipReason({ ...test, name: "holds (needs root)" }), "needs root")
    assert.strictEqual(skipReason({ ...test, name: "ports (needs root) > holds" }), "needs root")
  })

  it("is the absent reference data for a file that asks for it, and none for any other", () => {
    assert.strictEqual(skipReason({ ...test, source: "referencePath(\"a\")" }), "reference data absent")
    assert.strictEqual(skipReason(test), NO_REASON)
  })
})

describe("canaryGaps", () => {
  const floating = "test/canary/floatingEffect.ts(9,3): error TS377001: This Effect value is neither yielded"
  const severity = "test/canary/errorWithoutSeverity.ts(9,31): error TS2554: Expected 4 arguments, but got 2."

  it("is empty when both canaries are refused for their own reason", () => {
    assert.deepStrictEqual(canaryGaps(`${severity}\n${floating}\n`), [])
  })

  it("names the floating effect that an unpatched compiler lets pass", () => {
    assert.match(canaryGaps(severity).join(), /^test\/canary\/floatingEffect\.ts .* TS377001/)
  })

  it("does not take one canary's diagnostic for the other's", () => {
    assert.strictEqual(
      canaryGaps("floatingEffect.ts: error TS2554\nerrorWithoutSeverity.ts: error TS377001").length,
      2
    )
  })
})

describe("coverage", () => {
  const lines = (covered: number, total: number) => ({ lines: { covered, total } })
  const rooms = byRoom({
    total: lines(99, 99),
    "/p/src/engine/a.ts": lines(9, 10),
    "/p/src/engine/risk/b.ts": lines(10, 10),
    "/p/layers/c.ts": lines(0, 20)
  }, "/p")

  it("is summed by room over every depth, with the whole last", () => {
    const short = rooms.map((each) => [each.room, each.covered, each.total])
    assert.deepStrictEqual(short, [["layers", 0, 20], ["src/engine", 19, 20], ["whole", 19, 40]])
  })

  it("is below its floor by a hair, or when the room is gone", () => {
    const floors = { tests: 0, lines: { "src/engine": 95, whole: 48, "src/domain": 1 } }
    assert.deepStrictEqual(belowFloor(floors, rooms), ["whole", "src/domain"])
  })

  it("has floors no lower than engine and domain 95 %, whole 85 %", () => {
    const { lines: floors } = readFloors()
    assert.isAtLeast(floors["src/engine"] ?? 0, 95)
    assert.isAtLeast(floors["src/domain"] ?? 0, 95)
    assert.isAtLeast(floors["whole"] ?? 0, 85)
  })
})

describe("table", () => {
  const rows = [
    { name: "types", state: "green", words: "no errors", millis: 1_234 },
    { name: "lint", state: "red", words: "3 warnings" }
  ] as const

  it("has no colours when no terminal reads it", () => {
    assert.strictEqual(table(rows, false), "types  ok   no errors      1.2 s\nlint   RED  3 warnings\n")
  })

  it("colours the verdict alone on a terminal", () => {
    assert.include(table(rows, true), "lint   \u001b[31mRED\u001b[0m  3 warnings")
  })
})

describe("package.json", () => {
  const { scripts } = JSON.parse(readFileSync(`${repository}package.json`, "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>
  }

  it.each(["start", "test", "check"])("npm run %s installs first and then becomes its program", (name) => {
    assert.match(scripts[name] ?? "", /^node bin\/setup\.mjs && exec [^&;|]+$/)
  })
})
