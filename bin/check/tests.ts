/**
 * Runs the tests exactly as `npm test` does, with counting and coverage added.
 * In: whether it is the light run, the floors. Out: rows for tests, skips by reason, and coverage; the counts.
 * It calls `npm test` itself, so that the check never proves another command than the one the README names.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { command, root } from "./command.ts"
import { coverageRows, summaryFile } from "./coverage.ts"
import type { Floors } from "./floors.ts"
import { verdict } from "./Row.ts"
import type { Row } from "./Row.ts"
import { NO_REASON } from "./TestCount.ts"
import type { TestCount } from "./TestCount.ts"

const countFile = `${root}/coverage/tests.json`

export interface TestsResult {
  /** Undefined when the run broke off before it could count. */
  readonly count: TestCount | undefined
  readonly rows: ReadonlyArray<Row>
}

/** Why the tests are red, in words; empty when they are green. */
export const faults = (count: TestCount, exitCode: number, floor: number): ReadonlyArray<string> => {
  const total = count.passed + count.failed + count.skipped
  return [
    ...(count.failed > 0 ? [`${count.failed} failed`] : []),
    ...(exitCode !== 0 && count.failed === 0 ? [`npm test ended with exit code ${exitCode}`] : []),
    ...(total < floor ? [`${total} tests, and there were ${floor}`] : []),
    ...(count.passed === 0 ? ["no test passed"] : []),
    ...(count.reasons[NO_REASON] === undefined
      ? []
      : [`${count.reasons[NO_REASON]} skipped without a reason`])
  ]
}

const parameters = (light: boolean): ReadonlyArray<string> => [
  "test",
  "--",
  "--reporter=default",
  "--reporter=./bin/check/reporter.ts",
  `--outputFile=${countFile}`,
  ...(light ? ["--exclude=**/*.slow.test.ts", "--no-isolate"] : ["--coverage.enabled"])
]

export const tests = async (light: boolean, floors: Floors): Promise<TestsResult> => {
  mkdirSync(`${root}/coverage`, { recursive: true })
  for (const old of [countFile, summaryFile]) rmSync(old, { force: true })
  const npm = process.env["npm_execpath"]
  const run = npm !== undefined && npm.endsWith("js")
    ? await command(process.execPath, [npm, ...parameters(light)], { show: true })
    : await command("npm", parameters(light), { show: true })
  if (!existsSync(countFile)) {
    return {
      count: undefined,
      rows: [{ name: "tests", state: "red", words: "did not run to their end", millis: run.millis }]
    }
  }
  const count = JSON.parse(readFileSync(countFile, "utf8")) as TestCount
  const broken = faults(count, run.code, light ? 0 : floors.tests)
  const words = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`
  const row: Row = {
    name: "tests",
    state: verdict(broken.length === 0),
    words,
    millis: run.millis,
    details: broken.join("\n")
  }
  const reasons = Object.entries(count.reasons).map(([reason, number]): Row => ({
    name: "  skipped",
    state: "note",
    words: `${number} x ${reason}`
  }))
  const coverage: ReadonlyArray<Row> = light
    ? [{ name: "coverage", state: "note", words: "not measured (--light); slow tests left out" }]
    : coverageRows(floors)
  return { count, rows: [row, ...reasons, ...coverage] }
}
