/**
 * A reporter for vitest that counts tests, and skipped ones by reason.
 * In: vitest's finished run. Out: a `TestCount` as JSON in the file named by --outputFile.
 * Vitest's own JSON drops the note of a skip, and a skip without a reason is one that nobody will mend.
 */
import { readFileSync, writeFileSync } from "node:fs"
import type { Reporter, SerializedError, TestCase, TestModule, Vitest } from "vitest/node"
import { NO_REASON } from "./TestCount.ts"
import type { TestCount } from "./TestCount.ts"

/** A skip's note, else `(needs ...)` in its name or its group's, else the reference data its file asks for. */
export const skipReason = (test: { note: string | undefined; name: string; source: string }): string => {
  if (test.note !== undefined && test.note !== "") return test.note
  const named = /\((needs [^)]+)\)/.exec(test.name)?.[1]
  if (named !== undefined) return named
  return /\breferencePath\b/.test(test.source) ? "reference data absent" : NO_REASON
}

const tally = (modules: ReadonlyArray<TestModule>, strayErrors: number): TestCount => {
  const reasons: Record<string, number> = {}
  let passed = 0
  let failed = strayErrors
  let skipped = 0
  const skip = (test: TestCase, note: string | undefined, source: string) => {
    const reason = skipReason({ note, name: test.fullName, source })
    reasons[reason] = (reasons[reason] ?? 0) + 1
    skipped += 1
  }
  for (const module of modules) {
    const source = readFileSync(module.moduleId, "utf8")
    failed += module.errors().length
    for (const suite of module.children.allSuites()) failed += suite.errors().length
    for (const test of module.children.allTests()) {
      const result = test.result()
      if (result.state === "passed") passed += 1
      else if (result.state === "skipped") skip(test, result.note, source)
      else failed += 1
    }
  }
  return { passed, failed, skipped, reasons }
}

export default class CountReporter implements Reporter {
  private file = ""

  onInit(vitest: Vitest): void {
    const { outputFile } = vitest.config
    if (typeof outputFile === "string") this.file = outputFile
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<SerializedError>): void {
    if (this.file !== "") writeFileSync(this.file, JSON.stringify(tally(modules, errors.length)) + "\n")
  }
}
