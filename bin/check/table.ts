/**
 * Draws the rows of the check as one table.
 * In: rows, and whether a terminal reads it. Out: text; colours only for a terminal.
 * Here because the table is what a person reads, and a test reads the same text.
 */
import type { Row } from "./Row.ts"

const signs = { green: "ok", red: "RED", note: "" } as const
const colours = { green: "\u001b[32m", red: "\u001b[31m", note: "\u001b[2m" } as const

const seconds = (millis: number | undefined): string =>
  millis === undefined ? "" : `${(millis / 1000).toFixed(1)} s`

export const table = (rows: ReadonlyArray<Row>, colour: boolean): string => {
  const nameWidth = Math.max(...rows.map((row) => row.name.length))
  const wordsWidth = Math.max(...rows.map((row) => row.words.length))
  const line = (row: Row): string => {
    const sign = signs[row.state].padEnd(3)
    const shown = colour ? `${colours[row.state]}${sign}\u001b[0m` : sign
    const tail = `${row.words.padEnd(wordsWidth)}  ${seconds(row.millis).padStart(8)}`
    return `${row.name.padEnd(nameWidth)}  ${shown}  ${tail}`.trimEnd()
  }
  return rows.map(line).join("\n") + "\n"
}
