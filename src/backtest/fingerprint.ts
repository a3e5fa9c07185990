/**
 * One hash for a whole run: equal fingerprints mean equal trades, decisions and equity (decisions 31).
 * In: closed trades, the rolling hashes of all decisions, equity at each day's end. Out: 64 hex digits.
 * No time of running, host, path or version is in it, so any machine finds the same.
 */
import { createHash } from "node:crypto"
import type { ClosedTrade } from "../engine/portfolio/ClosedTrade.ts"

/** `equity` as scaled integers. */
export const fingerprintOf = (
  trades: ReadonlyArray<ClosedTrade>,
  rollingHashes: ReadonlyArray<string>,
  equity: ReadonlyArray<{ readonly date: string; readonly equity: number }>
): string =>
  createHash("sha256")
    .update(canonical({
      equity: equity.map(({ date, equity: scaled }) => [date, scaled]),
      rolling: rollingHashes,
      trades
    }))
    .digest("hex")

/** JSON with sorted keys and no spaces. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const members = Object.entries(value).toSorted(([a], [b]) => a < b ? -1 : 1)
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`
}
