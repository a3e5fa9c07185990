/**
 * `daruma config`: every setting with its value and where it came from, and the page that documents them.
 * In: the same sources as `trade`. Out: a table on a terminal, or JSON.
 * Read-only; prints what a run with the same flags would use.
 */
import * as Command from "effect/cli/Command"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { EXIT } from "./exitCodes.ts"
import { outputFlags, requestOf, settingFlags, sourceFlags, toggle } from "./flags.ts"
import type { LoadedSettings, SettingRow } from "./LoadedSettings.ts"
import { ending } from "./output.ts"
import { Profiles } from "./Profiles.ts"

const show = Command.make("show", {
  ...settingFlags,
  ...sourceFlags,
  ...outputFlags,
  effective: toggle("effective", "Print every key; without it, only what is not a default"),
  redact: toggle("redact", "Leave out credentials and addresses")
}, (input) =>
  ending(
    Effect.gen(function*() {
      const profiles = yield* Profiles
      const { loaded, rows } = yield* profiles.settings(requestOf(input), input.redact)
      const shown = input.effective ? rows : rows.filter((row) => row.origin.kind !== "default")
      yield* Console.log(input.json ? settingsJson(loaded, shown) : settingsTable(loaded, shown, input.quiet))
      return EXIT.ok
    }),
    input.json
  )).pipe(Command.withDescription("Print settings with their values and origins"))

const docs = Command.make("docs", outputFlags, (input) =>
  ending(
    Effect.gen(function*() {
      const page = yield* (yield* Profiles).settingsPage
      yield* Console.log(input.json ? JSON.stringify({ page }) : page.trimEnd())
      return EXIT.ok
    }),
    input.json
  )).pipe(Command.withDescription("Print the documentation of every setting, as Markdown"))

export const config = Command.make("config").pipe(
  Command.withDescription("Show and document the settings"),
  Command.withSubcommands([show, docs])
)

/** One object: the settings hash, the notes, and a list of keys in schema order. */
export const settingsJson = (loaded: LoadedSettings, rows: ReadonlyArray<SettingRow>): string =>
  JSON.stringify({
    hash: loaded.hash,
    profile: loaded.profile,
    notes: loaded.notes,
    settings: rows.map((row) => ({
      key: row.path,
      value: row.value,
      origin: row.origin.words,
      kind: row.origin.kind,
      unit: row.unit,
      meaning: row.words
    }))
  })

/** Columns as wide as their widest cell; meaning last, because it may wrap. */
export const settingsTable = (
  loaded: LoadedSettings,
  rows: ReadonlyArray<SettingRow>,
  quiet: boolean
): string => {
  const cells = rows.map((
    row
  ) => [row.path, JSON.stringify(row.value), row.unit, row.origin.words, row.words])
  const table = [["key", "value", "unit", "origin", "meaning"], ...cells]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((line) => line[column]?.length ?? 0)))
  const lines = table.map((line) =>
    line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()
  )
  const notes = loaded.notes.map((note) => `note: ${note}`)
  return [
    ...(quiet ? lines.slice(1) : lines),
    ...notes,
    ...(quiet ? [] : [`hash of what decides: ${loaded.hash}`])
  ].join("\n")
}
