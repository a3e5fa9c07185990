/**
 * The bytes of a candle file into columns of float64, without a string or an object a row.
 * In: pieces of a file as they come, cut anywhere. Out: grown columns, or the first bad row.
 * Here, without Effect, because a million rows pass through it; what looks odd is judged by row.ts, which has the words.
 */
import type { BadRow } from "../../src/errors/FeedError.ts"
import { volumeDigits } from "./aggregate.ts"
import { GrowingColumns } from "./GrowingColumns.ts"
import { readRow } from "./readRow.ts"
import { badRow, candleOf, flawOf, headerFlaw, MAX_LINE } from "./row.ts"

const LINE_BREAK = 10
const RETURN = 13

/** Reads one file from its first byte; keeps the unfinished last line. */
export class ColumnParser {
  readonly file: string
  readonly columns = new GrowingColumns()
  #line = 0
  // The longest line that is read, with its line break; what does not fit is refused. A Buffer, as the pieces are.
  readonly #kept = Buffer.alloc(MAX_LINE + 3)
  #keptLength = 0

  constructor(file: string) {
    this.file = file
  }

  /** Reads every complete row of the piece; returns the first bad row, after which nothing more is read. */
  push(piece: Uint8Array): BadRow | null {
    let from = 0
    if (this.#keptLength > 0) {
      const end = piece.indexOf(LINE_BREAK)
      from = end < 0 ? piece.length : end + 1
      const bad = this.#keep(piece, 0, from) ?? (end < 0 ? null : this.#readKept())
      if (bad !== null) return bad
    }
    const to = Math.max(from, piece.lastIndexOf(LINE_BREAK) + 1)
    return this.#read(piece, from, to) ?? this.#keep(piece, to, piece.length)
  }

  /** The last line, when the file does not end in a line break. */
  end(): BadRow | null {
    if (this.#keptLength === 0) return null
    this.#kept[this.#keptLength++] = LINE_BREAK
    return this.#readKept()
  }

  #readKept(): BadRow | null {
    const length = this.#keptLength
    this.#keptLength = 0
    return this.#read(this.#kept, 0, length)
  }

  // One byte stays free for the line break that the end of the file stands for.
  #keep(piece: Uint8Array, from: number, to: number): BadRow | null {
    const free = this.#kept.length - 1 - this.#keptLength
    this.#kept.set(piece.subarray(from, Math.min(to, from + free)), this.#keptLength)
    this.#keptLength += Math.min(to - from, free)
    return to - from > free ? this.end() : null
  }

  // Whole lines only: the last byte before `to` is a line break.
  #read(bytes: Uint8Array, from: number, to: number): BadRow | null {
    let at = from
    while (at < to) {
      this.#line += 1
      this.columns.room()
      const next = this.#line === 1 ? -1 : readRow(bytes, at, this.columns)
      if (next < 0) {
        const end = bytes.indexOf(LINE_BREAK, at)
        const bad = this.#judge(textOf(bytes, at, end))
        if (bad !== null) return bad
        at = end + 1
      } else at = next
    }
    return null
  }

  #judge(line: string): BadRow | null {
    if (this.#line === 1) {
      const flaw = headerFlaw(line)
      return flaw === null ? null : badRow(this.file, 1, flaw)
    }
    const { columns } = this
    const last = columns.count === 0 ? 0 : columns.openTime[columns.count - 1]!
    const candle = candleOf(line, last, 0)
    if (candle === null) return badRow(this.file, this.#line, flawOf(line, last))
    columns.openTime[columns.count] = candle.openTime
    columns.open[columns.count] = candle.open
    columns.high[columns.count] = candle.high
    columns.low[columns.count] = candle.low
    columns.close[columns.count] = candle.close
    columns.volume[columns.count] = candle.volume
    columns.volumeDigits[columns.count] = volumeDigits(line.slice(line.lastIndexOf(",") + 1))
    columns.count += 1
    return null
  }
}

const textOf = (bytes: Uint8Array, from: number, end: number): string =>
  Buffer.from(
    bytes.buffer,
    bytes.byteOffset + from,
    end - from - (end > from && bytes[end - 1] === RETURN ? 1 : 0)
  )
    .toString("latin1")
