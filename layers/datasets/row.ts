/**
 * What one line of a candle file must look like, and what is wrong with one that does not.
 * In: the text of a line (latin1, without its line break). Out: a candle, or the first flaw in words.
 * Here once, so that every reader accepts the same rows and refuses the others in the same words.
 */
import type { Candle } from "../../src/domain/Candle.ts"
import { BadRow } from "../../src/errors/FeedError.ts"

/** What a line can have wrong with it; `grid` belongs to its distance from the row above. */
export type FlawKind =
  | "header"
  | "line"
  | "fields"
  | "time"
  | "number"
  | "price"
  | "volume"
  | "bounds"
  | "order"
  | "duplicate"
  | "grid"

export interface Flaw {
  readonly kind: FlawKind
  /** Name of a column, or `row`. */
  readonly column: string
  readonly expected: string
  readonly found: string
}

const HEADER = ["timestamp_ms", "open", "high", "low", "close", "volume"] as const
const NUMBER = String.raw`\d+(?:\.\d+)?(?:[eE][-+]?\d+)?`
const ROW = new RegExp(`^(\\d{1,16}),(${NUMBER}),(${NUMBER}),(${NUMBER}),(${NUMBER}),(${NUMBER})$`)
const WHOLE = new RegExp(`^${NUMBER}$`)
/** Characters; no candle needs more, and what has no line breaks is no csv. */
const MAX_LINE = 4_096
/** The UTF-8 mark that some programs write before the first column, as latin1. */
const MARK = "\u00EF\u00BB\u00BF"

/** The candle of a line; null when it is flawed. `last` = open time of the row above, 0 before the first. */
const candleOf = (line: string, last: number, barMillis: number): Candle | null => {
  if (line.length > MAX_LINE) return null
  const match = ROW.exec(line)
  if (match === null) return null
  const openTime = Number(match[1])
  const open = Number(match[2])
  const high = Number(match[3])
  const low = Number(match[4])
  const close = Number(match[5])
  const volume = Number(match[6])
  const sane = openTime > last && low > 0 && low <= open && low <= close && high >= open && high >= close
  if (!sane || !Number.isFinite(high) || !Number.isFinite(volume) || !Number.isSafeInteger(openTime)) {
    return null
  }
  const text = line.slice((match[1] as string).length + 1)
  return { openTime, closeTime: openTime + barMillis, open, high, low, close, volume, text }
}

/** The flaw of a header, null when it is the one we know. */
const headerFlaw = (line: string): Flaw | null => {
  if (line.length > MAX_LINE) return tooLong(line)
  const names = (line.startsWith(MARK) ? line.slice(MARK.length) : line).split(",")
  const wrong = HEADER.findIndex((name, index) => names[index] !== name)
  if (wrong >= 0) {
    const name = HEADER[wrong] as string
    return { kind: "header", column: name, expected: `the column name ${name}`, found: plain(names[wrong]) }
  }
  return names.length === HEADER.length
    ? null
    : { kind: "header", column: "header", expected: "six columns", found: `${names.length} columns` }
}

/** What is wrong with a line of which `candleOf` made no candle. */
const flawOf = (line: string, last: number): Flaw =>
  line.length > MAX_LINE ? tooLong(line) : unreadable(line) ?? insane(line, last)

const tooLong = (line: string): Flaw => ({
  kind: "line",
  column: "row",
  expected: `a line of at most ${MAX_LINE} characters`,
  found: `${quoted(line)} and more`
})

// A field that is no number, or is not there.
const unreadable = (line: string): Flaw | null => {
  const fields = line.split(",")
  for (const [index, column] of HEADER.entries()) {
    const field = fields[index]
    if (field === undefined) {
      const expected = `a value: the row has ${fields.length} of 6 fields`
      return { kind: "fields", column, expected, found: "nothing" }
    }
    if (index === 0 && !/^\d{1,16}$/.test(field)) {
      return { kind: "time", column, expected: "whole milliseconds since 1970 (UTC)", found: quoted(field) }
    }
    if (WHOLE.test(field)) continue
    const isNegative = field.startsWith("-") && WHOLE.test(field.slice(1))
    return {
      kind: isNegative ? (column === "volume" ? "volume" : "price") : "number",
      column,
      expected: column === "volume" ? "a number, 0 or more" : "a number above 0",
      found: field === "" ? "nothing" : quoted(field)
    }
  }
  return fields.length === HEADER.length
    ? null
    : { kind: "fields", column: "row", expected: "six fields", found: `${fields.length} fields` }
}

// Six numbers that are no candle, or none at this place.
const insane = (line: string, last: number): Flaw => {
  const [time = "", ...fields] = line.split(",")
  const flaw = (kind: FlawKind, column: string, expected: string, found: string): Flaw => ({
    kind,
    column,
    expected,
    found
  })
  const at = Number(time)
  if (!Number.isSafeInteger(at) || at === 0) return flaw("time", "timestamp_ms", "a time after 1970", time)
  if (at === last) {
    return flaw("duplicate", "timestamp_ms", "a later time than the row above", `${time} again`)
  }
  if (at < last) return flaw("order", "timestamp_ms", `a later time than ${last}`, time)
  for (const [index, name] of HEADER.slice(1).entries()) {
    const found = fields[index] as string
    if (!Number.isFinite(Number(found))) return flaw("number", name, "a finite number", plain(found))
    if (name !== "volume" && Number(found) === 0) return flaw("price", name, "a price above 0", plain(found))
  }
  const [open, high, low, close] = fields.map(plain) as [string, string, string, string]
  const top = Math.max(Number(fields[0]), Number(fields[3]))
  if (Number(fields[1]) < Number(fields[2])) return flaw("bounds", "high", `at least the low ${low}`, high)
  if (Number(fields[1]) < top) return flaw("bounds", "high", `at least open ${open} and close ${close}`, high)
  return flaw("bounds", "low", `at most open ${open} and close ${close}`, low)
}

/** `line` counts from 1, the header. */
const badRow = (file: string, line: number, { column, expected, found }: Flaw): BadRow =>
  new BadRow({ file, line, column, expected, found })

const SHOWN = 40

const cut = (text: string): string => {
  const read = Buffer.from(text.slice(0, 4 * SHOWN), "latin1").toString("utf8")
  return read.length > SHOWN ? `${read.slice(0, SHOWN)}...` : read
}

const quoted = (text: string): string => JSON.stringify(cut(text))

const plain = (text: string | undefined): string =>
  text === undefined ? "nothing" : /^[\x20-\x7E]{1,40}$/.test(text) ? text : quoted(text)

export { badRow, candleOf, flawOf, headerFlaw, MAX_LINE }
