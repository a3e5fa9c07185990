/**
 * Settings of a shipped profile for tests: the real file through the real schema.
 * In: a profile's name, overrides by group. Out: Settings.
 */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { Schema } from "effect"
import { Settings } from "../../src/domain/Settings.ts"

type Plain = { readonly [key: string]: unknown }

const merge = (base: Plain, over: Plain): Plain => {
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key]
    merged[key] = isPlain(below) && isPlain(value) ? merge(below, value) : value
  }
  return merged
}
const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const profileSettings = (profile: "balanced" | "aggressive", over: Plain = {}): Settings => {
  const path = fileURLToPath(new URL(`../../config/${profile}.json`, import.meta.url))
  return Schema.decodeUnknownSync(Settings)(merge(JSON.parse(readFileSync(path, "utf8")) as Plain, over))
}
