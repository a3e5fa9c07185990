/**
 * Candle files with one thing wrong each, and where a reader must say so.
 * In: nothing. Out: bytes with the line and column, or the problem, that a refusal names.
 * One table, so that every reader of files and every command is tried on the same ones.
 */
import { gzipSync } from "node:zlib"

export const HEADER = "timestamp_ms,open,high,low,close,volume"
export const row = (index: number, rest = "10,12,9,11,5"): string =>
  `${1_700_000_100_000 + index * 60_000},${rest}`
/** Header and four good rows. */
export const good: ReadonlyArray<string> = [HEADER, row(0), row(1), row(2), row(3)]
/** The good file with one line exchanged; lines count from 1. */
export const withLine = (line: number, text: string): string =>
  good.map((old, index) => index === line - 1 ? text : old).join("\n") + "\n"

/** A row that is wrong. */
export interface SpoiltRow {
  readonly words: string
  readonly content: string
  readonly line: number
  readonly column: string
  /** As `daruma data check` counts it. */
  readonly kind: string
}

const spoilt = (words: string, kind: string, line: number, column: string, text: string): SpoiltRow => ({
  words,
  kind,
  line,
  column,
  content: withLine(line, text)
})

export const SPOILT_ROWS: ReadonlyArray<SpoiltRow> = [
  spoilt("swapped columns in the header", "header", 1, "high", "timestamp_ms,open,low,high,close,volume"),
  spoilt("swapped high and low in a row", "bounds", 3, "high", row(1, "10,9,12,11,5")),
  spoilt("a missing column", "header", 1, "volume", "timestamp_ms,open,high,low,close"),
  spoilt("a column too many", "header", 1, "header", `${HEADER},trades`),
  spoilt("text for a number", "number", 4, "close", row(2, "10,12,9,eleven,5")),
  spoilt("NaN", "number", 4, "close", row(2, "10,12,9,NaN,5")),
  spoilt("a number without digits before its point", "number", 4, "open", row(2, ".5,12,0.1,11,5")),
  spoilt("a number without digits after its point", "number", 4, "open", row(2, "10.,12,9,11,5")),
  spoilt("an exponent without digits", "number", 4, "volume", row(2, "10,12,9,11,5e")),
  spoilt("a space before a number", "number", 4, "high", row(2, "10, 12,9,11,5")),
  spoilt("an empty field", "number", 4, "low", row(2, "10,12,,11,5")),
  spoilt("a zero price", "price", 3, "open", row(1, "0,12,0,11,5")),
  spoilt("a negative price", "price", 3, "low", row(1, "10,12,-9,11,5")),
  spoilt("a negative volume", "volume", 5, "volume", row(3, "10,12,9,11,-5")),
  spoilt("a high below the close", "bounds", 2, "high", row(0, "10,10.5,9,11,5")),
  spoilt("a high below the open", "bounds", 2, "high", row(0, "10,9.5,9,9.2,5")),
  spoilt("a low above the open", "bounds", 2, "low", row(0, "10,12,10.5,11,5")),
  spoilt("unsorted rows", "order", 4, "timestamp_ms", row(0)),
  spoilt("a row twice", "duplicate", 4, "timestamp_ms", row(1)),
  spoilt("a short row", "fields", 3, "low", "1700000160000,10,12"),
  spoilt("a long row", "fields", 3, "row", row(1, "10,12,9,11,5,6")),
  spoilt("an empty line inside", "time", 3, "timestamp_ms", ""),
  spoilt("a time of zero", "time", 2, "timestamp_ms", "0,10,12,9,11,5"),
  spoilt("seconds with a fraction", "time", 3, "timestamp_ms", "1700000160.5,10,12,9,11,5"),
  spoilt("a date instead of milliseconds", "time", 3, "timestamp_ms", "2024-01-01 00:00,10,12,9,11,5"),
  spoilt("an infinite price", "number", 3, "high", row(1, "10,1e999,9,11,5")),
  spoilt("an infinite volume", "number", 3, "volume", row(1, "10,12,9,11,1e999")),
  spoilt("a row off the grid", "grid", 5, "timestamp_ms", "1700000310000,10,12,9,11,5"),
  {
    ...spoilt("a gap that is no bar length", "grid", 4, "timestamp_ms", "1700000265000,10,12,9,11,5"),
    line: 5
  },
  spoilt("a line without an end", "line", 3, "row", row(1, `${"1".repeat(9_000)},12,9,11,5`)),
  spoilt("a second header inside", "time", 4, "timestamp_ms", HEADER)
]

/** A file that cannot be read as a whole. */
export interface SpoiltFile {
  readonly words: string
  readonly name: string
  readonly content: string | Buffer
  readonly problem: string
}

const packed = gzipSync(
  [HEADER, ...Array.from({ length: 5_000 }, (_, index) => row(index, `${index + 10},99999,9,11,5`))].join(
    "\n"
  )
)

export const SPOILT_FILES: ReadonlyArray<SpoiltFile> = [
  {
    words: "a truncated gzip file",
    name: "m.csv.gz",
    content: packed.subarray(0, -20),
    problem: "truncated"
  },
  {
    words: "a gzip file with a damaged middle",
    name: "m.csv.gz",
    content: Buffer.from(packed).fill(7, 2_000, 2_100),
    problem: "damaged"
  },
  { words: "text that is called gzip", name: "m.csv.gz", content: good.join("\n"), problem: "damaged" },
  { words: "an empty file", name: "m.csv", content: "", problem: "empty" },
  { words: "an empty text in gzip", name: "m.csv.gz", content: gzipSync(""), problem: "empty" },
  { words: "a header alone", name: "m.csv", content: `${HEADER}\n`, problem: "empty" },
  {
    words: "a single row, which has no bar length",
    name: "m.csv",
    content: `${HEADER}\n${row(0)}\n`,
    problem: "empty"
  }
]
