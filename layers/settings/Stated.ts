/**
 * One value that somebody stated for one key, and who; later statements win over earlier ones.
 * In: made by the readers of files, environment and flags. Out: merged by read.ts.
 * Here also the two ways in which every reader refuses: a key that does not exist, a value that cannot be one.
 */
import type { Origin } from "../../src/cli/LoadedSettings.ts"
import type { Problem } from "../../src/errors/SettingsError.ts"
import type { SettingKey } from "./keys.ts"
import { nearestPath } from "./nearest.ts"

export interface Stated {
  readonly path: string
  readonly value: unknown
  readonly origin: Origin
}

export interface Statements {
  readonly stated: ReadonlyArray<Stated>
  readonly problems: ReadonlyArray<Problem>
  /** Said at the start; nothing secret. */
  readonly notes: ReadonlyArray<string>
}

/** A name that is no key. Its value is not repeated: it may be a secret in the wrong place. */
export const unknownKey = (
  origin: string,
  written: string,
  path: string,
  known: ReadonlyArray<string>,
  spell: (path: string) => string
): Problem => {
  const near = nearestPath(path, known)
  return {
    origin,
    key: written,
    value: null,
    expected: "there is no such setting",
    suggestion: near === null ? null : spell(near)
  }
}

export const wrongValue = (origin: string, key: string, value: unknown, expected: string): Problem => ({
  origin,
  key,
  value: shown(key, value),
  expected: `expected ${expected}`,
  suggestion: null
})

/** A value as text for messages: short, and without the credentials a URL may carry. */
export const shown = (path: string, value: unknown): string => {
  const text = JSON.stringify(
    path === "telemetry.endpoint" && typeof value === "string" ? withoutCredentials(value) : value
  ) ?? "nothing"
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}

/** Drops user, password, query and fragment of a URL. */
export const withoutCredentials = (url: string): string =>
  url.replace(/\/\/[^/?#]*@/, "//***@").replace(/[?#].*$/, "?***")

/** Text from the environment or a flag as the key's own kind; undefined when it cannot be one. */
export const parseText = (key: SettingKey, text: string): unknown => {
  if (key.nullable && text.toLowerCase() === "null") return null
  if (key.kind === "number") {
    return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)
      ? Number(text)
      : undefined
  }
  if (key.kind === "boolean") {
    return text.toLowerCase() === "true"
      ? true
      : text.toLowerCase() === "false"
      ? false
      : undefined
  }
  if (key.kind === "choice") return key.choices.find((choice) => choice.toLowerCase() === text.toLowerCase())
  return text
}
