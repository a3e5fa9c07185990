/**
 * `daruma data check`: what is in a candle file, and what a backtest will do with it.
 * In: files, and what Profiles found in each. Out: a table a file, or one JSON object; exit 0, or 1 when one is refused.
 * Reads only: nothing is written, not even a cache.
 */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { timeframeOf } from "../domain/timeframe.ts"
import { fixed, formatInstant } from "../report/format.ts"
import { exitCodeOfChecks } from "./FileCheck.ts"
import type { CheckRow, FileCheck } from "./FileCheck.ts"
import { isFilled, outputFlags, wanted } from "./flags.ts"
import { ending } from "./output.ts"
import { Profiles } from "./Profiles.ts"

const files = Argument.String("file").pipe(
  Argument.withDescription("Candle files, csv or csv.gz"),
  Argument.filter(isFilled, wanted("a candle file")),
  Argument.variadic({ min: 1 })
)

const check = Command.make("check", { files, ...outputFlags }, (input) =>
  ending(
    Effect.gen(function*() {
      const profiles = yield* Profiles
      const checks: Array<FileCheck> = []
      for (const file of input.files) {
        const found = yield* profiles.checkFile(file)
        checks.push(found)
        if (!input.json) yield* Console.log(checkText(found, input.quiet))
      }
      if (input.json) yield* Console.log(JSON.stringify({ files: checks }))
      return exitCodeOfChecks(checks)
    }),
    input.json
  )).pipe(
    Command.withDescription("Look for gaps, duplicates, disorder, bad values and jumps; changes nothing"),
    Command.withExamples([
      {
        command: "daruma data check binance-btcusdt-15m-2024.csv.gz",
        description: "Say what a backtest will do with this file"
      }
    ])
  )

export const data = Command.make("data").pipe(
  Command.withDescription("Look at candle files"),
  Command.withSubcommands([check])
)

const WIDTH = 13

/** A head line, then one line a check; `quiet` leaves out what is ok. */
export const checkText = (found: FileCheck, quiet: boolean): string => {
  const lines = [`${found.file}: ${found.usable ? "usable" : "REFUSED"}`]
  if (found.refusal !== null) {
    lines.push(`  ${found.refusal}`, `  (runbook observability/runbooks/${found.runbook}.md)`)
  }
  if (!quiet || !found.usable) lines.push(...aboutLines(found))
  if (found.unfinished !== null) lines.push(`  ${found.unfinished}`)
  for (const row of found.checks) if (!quiet || row.state !== "ok") lines.push(...rowLines(row))
  return lines.join("\n")
}

const line = (name: string, words: string): string => `  ${name.padEnd(WIDTH)}${words}`

const aboutLines = ({ facts, instrument, rows }: FileCheck): ReadonlyArray<string> => {
  const named = line("instrument", instrument ?? "the file does not say")
  if (facts === null) return rows === 0 ? [named] : [named, line("rows", fixed(rows, 0))]
  const bar = timeframeOf(facts.baseMillis) ?? `${facts.baseMillis} ms`
  return [
    named,
    line(
      "bars",
      `${fixed(facts.rows, 0)} of ${bar}, ${formatInstant(facts.first)} to ${formatInstant(facts.last)}`
    ),
    line("file", `sha256 ${facts.fileHash}`),
    line("content", `sha256 ${facts.contentHash}`)
  ]
}

const rowLines = ({ check: name, count, effect, places, state }: CheckRow): ReadonlyArray<string> => {
  if (state === "ok") return [line(name, "ok")]
  const [first = "", ...others] = places
  return [
    line(name, `${fixed(count, 0)}: ${first}`),
    ...others.map((place) => line("", place)),
    line("", `-> ${effect}`)
  ]
}
