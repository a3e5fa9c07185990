/**
 * The hash of the settings that decide: two runs with the same hash on the same market decide the same.
 * In: effective settings. Out: 64 hex digits; log, server and telemetry are not in it (decisions 31).
 * Here because hashing needs node:crypto; journals and reports carry the result.
 */
import { createHash } from "node:crypto"
import type { Settings } from "../../src/domain/Settings.ts"

/** Groups that change what is shown or sent, never what is decided. */
const SILENT = new Set(["log", "server", "telemetry"])

/** sha256 over the deciding settings as JSON with sorted keys, in hex. */
export const decisionHash = (settings: Settings): string =>
  createHash("sha256")
    .update(canonical(Object.fromEntries(Object.entries(settings).filter(([name]) => !SILENT.has(name)))))
    .digest("hex")

const canonical = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const members = Object.entries(value).toSorted(([a], [b]) => a < b ? -1 : 1)
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`
}
