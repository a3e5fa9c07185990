#!/usr/bin/env node
/**
 * A recorded terminal as a picture: `script -qec "daruma trade --for 2s" run.txt; node bin/picture.ts < run.txt > trade.svg`.
 * In: text with colours on stdin; --lines FIRST-LAST picks lines counted from 1. Out: SVG on stdout; exit 2 on wrong use.
 * Here so that a picture in the documents is what a run printed and nobody draws it.
 */
import { readFileSync } from "node:fs"
import { parseArgs } from "node:util"

const COLUMN = 7.8
const LINE = 18
const MARGIN = 18
const PLAIN = "#d8dee9"
const COLOURS: Readonly<Record<number, string>> = {
  2: "#7b8494",
  31: "#ff7b86",
  32: "#8fd694",
  33: "#f2cc60",
  36: "#6cc7d6",
  90: "#7b8494"
}

/** What `script` adds around a recording. */
const RECORDER = /^Script (started|done) on /

interface Piece {
  readonly column: number
  readonly words: string
  readonly colour: string
  readonly bold: boolean
}

/** The pieces of one line between its colour codes. */
const piecesOf = (line: string): ReadonlyArray<Piece> => {
  const pieces: Array<Piece> = []
  let colour = PLAIN
  let bold = false
  let column = 0
  // oxlint-disable-next-line no-control-regex -- escape sequences are what is read here
  line.split(/\u001b\[([\d;]*)m/).forEach((part, index) => {
    if (index % 2 === 0) {
      if (part !== "") pieces.push({ column, words: part, colour, bold })
      column += part.length
      return
    }
    for (const code of part.split(";").map(Number)) {
      if (code === 0) [colour, bold] = [PLAIN, false]
      else if (code === 1) bold = true
      else colour = COLOURS[code] ?? colour
    }
  })
  return pieces
}

const escaped = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

const svgOf = (lines: ReadonlyArray<string>): string => {
  const drawn = lines.map(piecesOf)
  const columns = Math.max(...drawn.map((pieces) => {
    const last = pieces.at(-1)
    return last === undefined ? 0 : last.column + last.words.length
  }))
  const width = Math.ceil(columns * COLUMN + 2 * MARGIN)
  const height = lines.length * LINE + 2 * MARGIN
  const body = drawn.flatMap((pieces, row) =>
    pieces.map(({ bold, colour, column, words }) => {
      // A stated length keeps columns in line under whatever font the reader has.
      const x = (MARGIN + column * COLUMN).toFixed(1)
      const place = `x="${x}" y="${MARGIN + row * LINE + 13}" textLength="${
        (words.length * COLUMN).toFixed(1)
      }"`
      return `<text ${place} fill="${colour}"${bold ? " font-weight=\"bold\"" : ""}>${escaped(words)}</text>`
    })
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`
    + " font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13\" xml:space=\"preserve\">",
    `<rect width="100%" height="100%" rx="8" fill="#14181f"/>`,
    ...body,
    "</svg>",
    ""
  ].join("\n")
}

const { values } = parseArgs({ options: { lines: { type: "string" } } })
const range = /^(\d+)-(\d+)$/.exec(values.lines ?? "1-40")
const recorded = readFileSync(0, "utf8").split(/\r?\n/).filter((line) => !RECORDER.test(line))
const chosen = range === null ? [] : recorded.slice(Number(range[1]) - 1, Number(range[2]))
if (chosen.length === 0) {
  process.stderr.write("picture: no lines; --lines FIRST-LAST picks lines of the recording on stdin\n")
  process.exitCode = 2
} else process.stdout.write(svgOf(chosen))
