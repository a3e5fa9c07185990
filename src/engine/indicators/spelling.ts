/**
 * How an indicator's name is written, and which known name is nearest to a wrong one.
 * In: text as people type it. Out: its parts, or one sentence saying what is wrong.
 * Knows no indicator: registry.ts does.
 */
import type { Problem } from "./Indicator.ts"

export interface Spelled {
  /** In small letters. */
  readonly name: string
  readonly positional: ReadonlyArray<string>
  readonly named: ReadonlyMap<string, string>
}

const WHOLE_NAME = /^([a-z][a-z0-9_]*)\s*(?:\(([^()]*)\))?$/

/** The parts of "ema(20, seed=first)"; numbers before named parameters, all in small letters. */
const splitName = (text: string): Spelled | Problem => {
  const written = text.trim()
  const [, name, inner = ""] = WHOLE_NAME.exec(written.toLowerCase()) ?? []
  if (name === undefined) {
    return { problem: `"${written}" is not written like "sma(20)" or "ema(20, seed=first)"` }
  }
  const positional: Array<string> = []
  const named = new Map<string, string>()
  for (const part of inner.trim() === "" ? [] : inner.split(",")) {
    const [key = "", value, ...more] = part.split("=").map((side) => side.trim())
    if (key === "" || value === "" || more.length > 0) {
      return { problem: `${name}: "${part.trim()}" is neither a value nor name=value` }
    }
    if (value === undefined) {
      if (named.size > 0) return { problem: `${name}: "${key}" stands behind a named parameter; name it too` }
      positional.push(key)
    } else if (named.has(key)) return { problem: `${name}: ${key} is given twice` }
    else named.set(key, value)
  }
  return { name, positional, named }
}

/** A list split at the commas that stand outside parentheses. */
const splitList = (text: string): { readonly parts: ReadonlyArray<string> } | Problem => {
  const parts: Array<string> = []
  let from = 0
  let depth = 0
  for (let index = 0; index <= text.length; index++) {
    const letter = text[index]
    if (letter === "(") depth += 1
    if (letter === ")") depth -= 1
    if (depth < 0 || depth > 1 || (letter === undefined && depth > 0)) {
      return { problem: `parentheses do not match in "${text.trim()}"` }
    }
    if (letter !== undefined && (letter !== "," || depth > 0)) continue
    parts.push(text.slice(from, index).trim())
    from = index + 1
  }
  if (parts.every((part) => part === "")) return { problem: "no indicator is named" }
  if (parts.includes("")) return { problem: `nothing stands between two commas in "${text.trim()}"` }
  return { parts }
}

/** The candidate that fewest single letters separate from `name`; the earlier of equals. */
const nearestOf = (name: string, candidates: ReadonlyArray<string>): string => {
  let nearest = ""
  let least = Infinity
  for (const candidate of candidates) {
    const distance = lettersBetween(name, candidate)
    if (distance >= least) continue
    least = distance
    nearest = candidate
  }
  return nearest
}

/** Letters to add, drop or change to turn one word into the other (Levenshtein, 1965). */
const lettersBetween = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let index = 0; index < from.length; index++) {
    const next = [index + 1]
    for (let column = 0; column < to.length; column++) {
      const change = row[column]! + (from[index] === to[column] ? 0 : 1)
      next.push(Math.min(change, row[column + 1]! + 1, next[column]! + 1))
    }
    row = next
  }
  return row[to.length]!
}

export { nearestOf, splitList, splitName }
