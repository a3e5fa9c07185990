/**
 * What the environment states: the manual's names, and DARUMA__GROUP__KEY for every key.
 * In: environment variables, their surrounding white space and line ends removed (L-40). Out: statements, MODE, DEPLOY_MODE.
 * Names that are not ours are left alone; ours that mean nothing are errors, also when only one letter is wrong.
 */
import type { Problem } from "../../src/errors/SettingsError.ts"
import { keyByPath, SETTING_KEYS } from "./keys.ts"
import type { Stated, Statements } from "./Stated.ts"
import { parseText, unknownKey, wrongValue } from "./Stated.ts"

export type Environment = Readonly<Record<string, string | undefined>>

export const STAGES = ["paper", "stage-10", "stage-50", "live"] as const
export type Stage = typeof STAGES[number]
export const MODES = ["paper", "live", "backtest"] as const
export type Mode = typeof MODES[number]

/** Names of the user manual that are another spelling of one key. */
export const MANUAL_NAMES: ReadonlyArray<readonly [name: string, path: string]> = [
  ["EXCHANGE", "exchange"],
  ["LOG_LEVEL", "log.level"],
  ["PORT", "server.port"],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "telemetry.endpoint"]
]

const PREFIX = "DARUMA__"

/** The environment's name for a key: `strategies.atrBased.stopAtr` is DARUMA__STRATEGIES__ATRBASED__STOPATR. */
export const environmentName = (path: string): string => PREFIX + path.split(".").join("__").toUpperCase()

const PATH_BY_NAME = new Map(SETTING_KEYS.map((key) => [environmentName(key.path), key.path]))

/** Names with one underscore that mean something; any other is a slip, and a slip must not be silent (L-15). */
const OWN_NAMES: ReadonlySet<string> = new Set(["DARUMA_HOME", "DARUMA_REFERENCE", "DARUMA_ARM"])

const oneUnderscore = (name: string): Problem => ({
  origin: `env ${name}`,
  key: name,
  value: null,
  expected: "there is no such name; settings are written with two underscores",
  suggestion: `${PREFIX}${name.slice("DARUMA_".length)}`.toUpperCase()
})

export interface FromEnvironment extends Statements {
  readonly mode: Mode | null
  readonly deployMode: Stage | null
}

/** Later names win: the manual's first, then DARUMA__ names in alphabetical order. */
export const fromEnvironment = (env: Environment): FromEnvironment => {
  const found = makeFound()
  for (const [name, path] of MANUAL_NAMES) take(found, env, name, path)
  const seen = new Map<string, string>()
  for (
    const name of Object.keys(env).filter((candidate) => candidate.toUpperCase().startsWith(PREFIX))
      .toSorted()
  ) {
    const path = PATH_BY_NAME.get(name.toUpperCase())
    const twin = path === undefined ? undefined : seen.get(path)
    if (path === undefined) {
      const written = name.slice(PREFIX.length).split("__").join(".")
      found.problems.push(unknownKey(`env ${name}`, name, written, [...keyByPath.keys()], environmentName))
    } else if (twin !== undefined) {
      found.problems.push({
        origin: `env ${name}`,
        key: path,
        value: null,
        expected: `is set twice: also by ${twin}`,
        suggestion: null
      })
    } else {
      seen.set(path, name)
      take(found, env, name, path)
    }
  }
  for (const name of Object.keys(env)) {
    if (/^DARUMA_[^_]/i.test(name) && !OWN_NAMES.has(name)) found.problems.push(oneUnderscore(name))
  }
  return {
    stated: found.stated,
    problems: found.problems,
    mode: choose(found, env, "MODE", MODES),
    deployMode: choose(found, env, "DEPLOY_MODE", STAGES),
    notes: found.notes
  }
}

interface Found {
  readonly stated: Array<Stated>
  readonly problems: Array<Problem>
  readonly notes: Array<string>
}

const makeFound = (): Found => ({ stated: [], problems: [], notes: [] })

// Absent and empty are one: an empty variable is how a container says "not set"; it is said aloud.
const textOf = (found: Found, env: Environment, name: string): string | undefined => {
  const text = env[name]?.trim()
  if (text === "") found.notes.push(`env ${name} is empty and counts as not set`)
  return text === "" ? undefined : text
}

const take = (found: Found, env: Environment, name: string, path: string): void => {
  const key = keyByPath.get(path)
  const text = textOf(found, env, name)
  if (key === undefined || text === undefined) return
  const value = parseText(key, text)
  const before = found.stated.find((statement) => statement.path === path)
  if (value === undefined || CONTROL.test(text)) {
    found.problems.push(wrongValue(`env ${name}`, path, text, key.expected))
    return
  }
  if (before !== undefined && before.value !== value) {
    found.notes.push(`env ${name} overrides ${before.origin.words} for ${path}`)
  }
  found.stated.push({ path, value, origin: { kind: "env", words: `env ${name}` } })
}

// A line end in the middle of a value is two values glued together.
const CONTROL = /[\u0000-\u001f\u007f]/

const choose = <Choice extends string>(
  found: Found,
  env: Environment,
  name: string,
  choices: ReadonlyArray<Choice>
): Choice | null => {
  const text = textOf(found, env, name)
  if (text === undefined) return null
  const choice = choices.find((candidate) => candidate === text.toLowerCase())
  if (choice === undefined) {
    found.problems.push(wrongValue(`env ${name}`, name, text, `one of ${choices.join(", ")}`))
  }
  return choice ?? null
}
