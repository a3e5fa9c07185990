/**
 * `daruma journal`: is the chain whole, and what was written last?
 * In: the journals of a home, or one path. Out: a verdict a journal (exit 1 when a chain is broken), or its newest rows.
 * Read-only; a running daruma may go on writing.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { JournalRow } from "../domain/Event.ts"
import { EXIT } from "./exitCodes.ts"
import { filled, homeFlag, outputFlags } from "./flags.ts"
import { ending } from "./output.ts"
import { Profiles } from "./Profiles.ts"
import type { JournalCheck } from "./Profiles.ts"

const MAX_ROWS = 10_000

const journalFlags = {
  ...homeFlag,
  ...outputFlags,
  path: filled("journal", "PATH", "One journal file (default: every journal of the home)").pipe(Flag.optional)
}

const pathsOf = Effect.fnUntraced(
  function*(input: { readonly home: Option.Option<string>; readonly path: Option.Option<string> }) {
    const profiles = yield* Profiles
    const home = Option.getOrElse(input.home, () => profiles.defaultHome)
    return yield* profiles.journals(home, Option.getOrNull(input.path))
  }
)

const verify = Command.make("verify", journalFlags, (input) =>
  ending(
    Effect.gen(function*() {
      const profiles = yield* Profiles
      const paths = yield* pathsOf(input)
      const checks = yield* Effect.forEach(paths, profiles.verifyJournal)
      yield* Console.log(input.json ? JSON.stringify({ journals: checks }) : checksText(checks))
      return checks.some((check) => check.brokenAt !== null) ? EXIT.failed : EXIT.ok
    }),
    input.json
  )).pipe(Command.withDescription("Walk the hash chain of every journal"))

const tail = Command.make("tail", {
  ...journalFlags,
  rows: Flag.Int("rows").pipe(
    Flag.withMetavar("N"),
    Flag.withDescription("How many rows, 1 to 10000"),
    Flag.filter(
      (rows) => rows >= 1 && rows <= MAX_ROWS,
      (rows) => `a number from 1 to ${MAX_ROWS}, not ${rows}`
    ),
    Flag.withDefault(20)
  )
}, (input) =>
  ending(
    Effect.gen(function*() {
      const profiles = yield* Profiles
      for (const path of yield* pathsOf(input)) {
        const rows = yield* profiles.tailJournal(path, input.rows)
        if (!input.json && !input.quiet) yield* Console.log(path)
        for (const row of rows) {
          yield* Console.log(input.json ? JSON.stringify({ journal: path, ...row }) : rowText(row))
        }
      }
      return EXIT.ok
    }),
    input.json
  )).pipe(Command.withDescription("Print the newest rows, oldest first"))

export const journal = Command.make("journal").pipe(
  Command.withDescription("Look at journals"),
  Command.withSubcommands([verify, tail])
)

/** One line a journal. */
export const checksText = (checks: ReadonlyArray<JournalCheck>): string =>
  checks.length === 0
    ? "there is no journal yet"
    : checks.map((check) => `${check.brokenAt === null ? "whole " : "BROKEN"}  ${check.path}: ${check.words}`)
      .join("\n")

/** `seq  market time  kind  body`. */
export const rowText = (row: JournalRow): string => {
  const { _tag, ...body } = row.event
  return `${String(row.seq).padStart(7)}  ${new Date(row.instant).toISOString()}  ${_tag.padEnd(18)}  ${
    JSON.stringify(body)
  }`
}
