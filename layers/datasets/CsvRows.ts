/**
 * Candle rows out of the bytes of a csv file, piece by piece.
 * In: pieces of `timestamp_ms,open,high,low,close,volume` as they come, cut anywhere. Out: candles, or the first bad row.
 * Here, without Effect, because a market of a year passes through it; each candle keeps its text as received.
 */
import type { Candle } from "../../src/domain/Candle.ts"
import type { BadRow } from "../../src/errors/FeedError.ts"
import { badRow, candleOf, flawOf, headerFlaw, MAX_LINE } from "./row.ts"

/** Reads one file from its first byte; keeps the unfinished last line and the last open time. */
export class CsvRows {
  readonly file: string
  /** Length of a bar, for `closeTime`; 0 while it is not known yet. */
  readonly barMillis: number
  #rest = ""
  #line = 0
  #last = 0

  constructor(file: string, barMillis: number) {
    this.file = file
    this.barMillis = barMillis
  }

  /** Appends every complete row of the piece to `into`; returns the first bad row, after which nothing more is read. */
  push(piece: Buffer, into: Array<Candle>): BadRow | null {
    const text = this.#rest + piece.toString("latin1")
    let start = 0
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      const bad = this.#take(text, start, end, into)
      if (bad !== null) return bad
      start = end + 1
    }
    this.#rest = text.slice(start)
    // A line that is too long already need not end before it is refused.
    return this.#rest.length > MAX_LINE + 1 ? this.end(into) : null
  }

  /** The last line, when the file does not end in a line break. */
  end(into: Array<Candle>): BadRow | null {
    return this.#rest.length > 0 ? this.#take(this.#rest, 0, this.#rest.length, into) : null
  }

  #take(text: string, start: number, end: number, into: Array<Candle>): BadRow | null {
    this.#line += 1
    const line = text.slice(start, text.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end)
    if (this.#line === 1) {
      const flaw = headerFlaw(line)
      return flaw === null ? null : badRow(this.file, 1, flaw)
    }
    const candle = candleOf(line, this.#last, this.barMillis)
    if (candle === null) return badRow(this.file, this.#line, flawOf(line, this.#last))
    this.#last = candle.openTime
    into.push(candle)
    return null
  }
}
