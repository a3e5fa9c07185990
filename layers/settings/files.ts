/**
 * What files state: the profile of config/ and the user's own settings file.
 * In: paths. Out: statements with file and line; an absent, unreadable or malformed file is an error, never an empty one.
 * The default user file may be absent; one that was named may not.
 */
import { Effect, FileSystem } from "effect"
import { SettingsUnreadable } from "../../src/errors/SettingsError.ts"
import type { Problem } from "../../src/errors/SettingsError.ts"
import type { OriginKind } from "../../src/cli/LoadedSettings.ts"
import { parseJsonc } from "./jsonc.ts"
import type { Entry } from "./jsonc.ts"
import { GROUPS, keyByPath } from "./keys.ts"
import { nearest } from "./nearest.ts"
import type { Stated, Statements } from "./Stated.ts"
import { unknownKey, wrongValue } from "./Stated.ts"

/** Looked for in the working directory when --config is absent. */
export const USER_FILE = "daruma.config.jsonc"

/** Reads one settings file. Errors: SettingsUnreadable (High). */
export const fromFile = Effect.fn("settings.fromFile")(
  function*(
    path: string,
    shownAs: string,
    kind: OriginKind
  ): Effect.fn.Return<Statements, SettingsUnreadable, FileSystem.FileSystem> {
    const fs = yield* FileSystem.FileSystem
    const text = yield* fs.readFileString(path).pipe(
      Effect.mapError((error) =>
        new SettingsUnreadable({ path: shownAs, words: unreadable(error.reason._tag) })
      )
    )
    const parsed = parseJsonc(text)
    if (parsed._tag === "Malformed") {
      return yield* new SettingsUnreadable({
        path: `${shownAs}:${parsed.line}:${parsed.column}`,
        words: parsed.words
      })
    }
    const judged = parsed.entries.map((entry) => judge(entry, shownAs, kind))
    return {
      stated: judged.flatMap((one) => one.stated === undefined ? [] : [one.stated]),
      problems: judged.flatMap((one) => one.problem === undefined ? [] : [one.problem]),
      notes: []
    }
  }
)

/** The profile's file; an unknown profile names the nearest. */
export const fromProfile = Effect.fn("settings.fromProfile")(
  function*(
    folder: string,
    profile: string
  ): Effect.fn.Return<Statements, SettingsUnreadable, FileSystem.FileSystem> {
    const fs = yield* FileSystem.FileSystem
    const files = yield* fs.readDirectory(folder).pipe(
      Effect.mapError((error) =>
        new SettingsUnreadable({ path: "config/", words: unreadable(error.reason._tag) })
      )
    )
    const profiles = files.filter((file) => file.endsWith(".json")).map((file) =>
      file.slice(0, -".json".length)
    ).toSorted()
    if (!profiles.includes(profile)) {
      const near = nearest(profile, profiles)
      const suggestion = near === null ? "" : ` (did you mean ${near}?)`
      return yield* new SettingsUnreadable({
        path: `profile ${profile}`,
        words: `there are ${profiles.join(", ")}${suggestion}`
      })
    }
    return yield* fromFile(`${folder}/${profile}.json`, `config/${profile}.json`, "profile")
  }
)

interface Judged {
  readonly stated?: Stated
  readonly problem?: Problem
}

const judge = (entry: Entry, file: string, kind: OriginKind): Judged => {
  const origin = `${file}:${entry.line}`
  if (entry.path === "$schema") return {}
  if (keyByPath.has(entry.path)) {
    return { stated: { path: entry.path, value: entry.value, origin: { kind, words: origin } } }
  }
  if (GROUPS.has(entry.path)) {
    const empty = typeof entry.value === "object" && entry.value !== null && !Array.isArray(entry.value)
    return empty
      ? {}
      : { problem: wrongValue(origin, entry.path, entry.value, "a group of settings in braces") }
  }
  const key = keyByPath.get(entry.path.split(".").slice(0, -1).join("."))
  if (key !== undefined) {
    return {
      problem: {
        origin,
        key: key.path,
        value: null,
        expected: `expected ${key.expected}, not a group`,
        suggestion: null
      }
    }
  }
  return { problem: unknownKey(origin, entry.path, entry.path, [...keyByPath.keys()], (path) => path) }
}

const unreadable = (reason: string): string => {
  if (reason === "NotFound") return "there is no such file"
  return reason === "PermissionDenied" ? "may not be read by this user" : `cannot be read (${reason})`
}
