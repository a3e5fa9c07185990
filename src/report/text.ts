/**
 * The tear sheet as lines for a terminal.
 * In: a sheet, its ledger's currency, a width. Out: aligned lines without colour, strategy beside buy-and-hold.
 * Plain text: whoever prints decides about colour, and a file or a log can hold the same lines.
 */
import { formatValue } from "./format.ts"
import type { Ledger } from "./Ledger.ts"
import type { MetricRow, TearSheet } from "./TearSheet.ts"

type Currency = Pick<Ledger, "decimals" | "quote">

/** Below this a table cannot be read. */
const NARROWEST = 60

/** Above this the eye loses the line between label and figure. */
const WIDEST = 120

const GAP = "  "

/**
 * Sections `Equity`, `Trades` and `Read with care`, each after an empty line. Notes stand under their section by number.
 * Words are wrapped at `width` characters; a table wider than that keeps its columns.
 */
export const tearSheetText = (
  { equity, suspicions, trades }: TearSheet,
  currency: Currency,
  width = 80
): ReadonlyArray<string> => {
  const columns = Math.max(NARROWEST, width)
  return [
    ...section("Equity", equity, currency, columns, true),
    "",
    ...section("Trades", trades, currency, columns, false),
    "",
    "Read with care",
    ...(suspicions.length === 0
      ? wrapped("No check found a reason for doubt, which is no promise.", columns, GAP, GAP)
      : suspicions.flatMap(({ words }) => wrapped(words, columns, `${GAP}- `, `${GAP}  `)))
  ]
}

interface Cells {
  readonly label: string
  readonly own: string
  readonly mark: string
  readonly hold: string
}

const section = (
  title: string,
  rows: ReadonlyArray<MetricRow>,
  currency: Currency,
  width: number,
  isBesideHold: boolean
): ReadonlyArray<string> => {
  const notes = [...new Set(rows.flatMap(({ note }) => note ?? []))]
  const cells = rows.map((row) => cellsOf(row, notes, currency))
  const head: Cells = { label: title, own: "strategy", mark: "", hold: isBesideHold ? "buy and hold" : "" }
  const all = [head, ...cells]
  const mark = widest(all, "mark")
  const own = widest(all, "own")
  const hold = isBesideHold ? widest(all, "hold") : 0
  const beside = own + mark + (isBesideHold ? GAP.length + hold : 0)
  const label = Math.max(
    widest(all, "label") + GAP.length,
    Math.min(width, WIDEST) - beside - GAP.length
  )
  const line = (each: Cells, indent: string): string => {
    const left = (indent + each.label).padEnd(label) + GAP + each.own.padStart(own) + each.mark.padEnd(mark)
    return (isBesideHold ? left + GAP + each.hold.padStart(hold) : left).trimEnd()
  }
  return [
    line(head, ""),
    ...cells.map((each) => line(each, GAP)),
    ...notes.flatMap((note, index) => wrapped(note, width, `${GAP}${markOf(index)} `, GAP.repeat(3)))
  ]
}

const cellsOf = (row: MetricRow, notes: ReadonlyArray<string>, { decimals, quote }: Currency): Cells => ({
  label: row.label,
  own: formatValue(row.value, row.unit, quote, decimals),
  mark: row.note === null ? "" : ` ${markOf(notes.indexOf(row.note))}`,
  hold: row.hold === null ? "-" : formatValue(row.hold, row.unit, quote, decimals)
})

const markOf = (index: number): string => `(${index + 1})`

const widest = (cells: ReadonlyArray<Cells>, column: keyof Cells): number =>
  cells.reduce((width, each) => Math.max(width, each[column].length), 0)

/**
 * Words broken at spaces into lines of at most `width` characters; one that is longer stands alone. `first` begins the first
 * line, `others` every further one.
 */
export const wrapped = (
  words: string,
  width: number,
  first: string,
  others: string
): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = first
  let isEmpty = true
  for (const word of words.split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = others
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, line]
}
