#!/usr/bin/env node
/**
 * `npm run check`: everything that must hold before a change is finished, ending in one table.
 * In: --light (no coverage, no slow tests), --raise (write a higher test count into test/floors.json). Out: exit 0, 1 red, 2 usage.
 * Here, and not in a service's configuration, so that a laptop and a server ask the same questions.
 */
import { parseArgs } from "node:util"
import { terminal } from "./check/command.ts"
import { raiseFloors, readFloors } from "./check/floors.ts"
import type { Row } from "./check/Row.ts"
import { table } from "./check/table.ts"
import { tests } from "./check/tests.ts"
import { format, lint, structure, types } from "./check/tools.ts"

const usage = `npm run check [-- --light] [-- --raise]
  --light   leaves out coverage, the tests in *.slow.test.ts, and the isolation of test files from one another
  --raise   writes a higher test count into test/floors.json when all is green
`

const write = (text: string) => process.stdout.write(text)

const readOptions = () => {
  const options = {
    light: { type: "boolean" },
    raise: { type: "boolean" },
    help: { type: "boolean" }
  } as const
  try {
    return parseArgs({ options, strict: true }).values
  } catch (error) {
    write(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
    return undefined
  }
}

const run = async (light: boolean, raise: boolean): Promise<number> => {
  const start = performance.now()
  const floors = readFloors()
  const rows: Array<Row> = []
  for (const step of [structure, types, lint, format]) {
    const row = await step()
    rows.push(row)
    if (row.state === "red") write(`\n${row.name} is red:\n${row.details ?? ""}\n`)
  }
  const result = await tests(light, floors)
  rows.push(...result.rows)
  for (const row of result.rows) {
    if (row.state === "red") write(`\n${row.name} is red: ${row.details ?? row.words}\n`)
  }

  const red = rows.filter((row) => row.state === "red").length
  const total: Row = {
    name: "all",
    state: red === 0 ? "green" : "red",
    words: red === 0 ? "" : `${red} red`,
    millis: performance.now() - start
  }
  write(`\n${table([...rows, total], terminal)}`)
  if (result.count !== undefined) {
    const { failed, passed, skipped } = result.count
    if (raise && red === 0 && !light && raiseFloors(floors, passed + failed + skipped)) {
      write(`test/floors.json: ${floors.tests} -> ${passed + failed + skipped} tests\n`)
    }
    write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`)
  }
  return red === 0 ? 0 : 1
}

const options = readOptions()
if (options === undefined) process.exitCode = 2
else if (options.help === true) write(usage)
else process.exitCode = await run(options.light === true, options.raise === true)
