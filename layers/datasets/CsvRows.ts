/**
 * Candle rows out of the bytes of a csv file, piece by piece.
 * In: pieces of `timestamp_ms,open,high,low,close,volume` as they come, cut anywhere. Out: candles, or the first bad row.
 * Here, without Effect, because a million rows pass through it; what is wrong is worked out only once something is.
 */
import type { Candle } from "../../src/domain/Candle.ts"
import { BadRow } from "../../src/errors/FeedError.ts"

const HEADER = ["timestamp_ms", "open", "high", "low", "close", "volume"] as const
const NUMBER = String.raw`\d+(?:\.\d+)?(?:[eE][-+]?\d+)?`
const ROW = new RegExp(`^(\\d{1,16}),(${NUMBER}),(${NUMBER}),(${NUMBER}),(${NUMBER}),(${NUMBER})$`)
const WHOLE = new RegExp(`^${NUMBER}$`)

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
    return null
  }

  /** The last line, when the file does not end in a line break. */
  end(into: Array<Candle>): BadRow | null {
    return this.#rest.length > 0 ? this.#take(this.#rest, 0, this.#rest.length, into) : null
  }

  #take(text: string, start: number, end: number, into: Array<Candle>): BadRow | null {
    this.#line += 1
    const line = text.slice(start, text.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end)
    if (this.#line === 1) return this.#header(line)
    const match = ROW.exec(line)
    if (match === null) return this.#unreadable(line)
    const openTime = Number(match[1])
    const open = Number(match[2])
    const high = Number(match[3])
    const low = Number(match[4])
    const close = Number(match[5])
    const volume = Number(match[6])
    const sane = openTime > this.#last && low > 0 && low <= open && low <= close && high >= open &&
      high >= close
    if (!sane || !Number.isFinite(high) || !Number.isFinite(volume) || !Number.isSafeInteger(openTime)) {
      return this.#insane(line)
    }
    this.#last = openTime
    const textOf = line.slice((match[1] as string).length + 1)
    into.push({
      openTime,
      closeTime: openTime + this.barMillis,
      open,
      high,
      low,
      close,
      volume,
      text: textOf
    })
    return null
  }

  #header(line: string): BadRow | null {
    const names = line.split(",")
    const wrong = HEADER.findIndex((name, index) => names[index] !== name)
    if (wrong >= 0) {
      return this.#bad(HEADER[wrong] as string, `the column name ${HEADER[wrong]}`, names[wrong] ?? "nothing")
    }
    return names.length === HEADER.length
      ? null
      : this.#bad("header", "six columns", `${names.length} columns`)
  }

  // The regular expression said no: find the first field that is to blame.
  #unreadable(line: string): BadRow {
    const fields = line.split(",")
    for (const [index, name] of HEADER.entries()) {
      const found = fields[index]
      if (found === undefined) {
        return this.#bad(name, `a value: the row has ${fields.length} of 6 fields`, "nothing")
      }
      if (index === 0 && !/^\d{1,16}$/.test(found)) {
        return this.#bad(name, "whole milliseconds since 1970 (UTC)", JSON.stringify(found))
      }
      if (WHOLE.test(found)) continue
      const what = name === "volume" ? "a number, 0 or more" : "a number above 0"
      return this.#bad(name, what, found === "" ? "nothing" : JSON.stringify(found))
    }
    return this.#bad("row", "six fields", `${fields.length} fields`)
  }

  #insane(line: string): BadRow {
    const [time = "", ...fields] = line.split(",")
    if (!Number.isSafeInteger(Number(time)) || time === "0") {
      return this.#bad("timestamp_ms", "a time after 1970", time)
    }
    if (Number(time) === this.#last) {
      return this.#bad("timestamp_ms", "a later time than the row above", `${time} again`)
    }
    if (Number(time) < this.#last) return this.#bad("timestamp_ms", `a later time than ${this.#last}`, time)
    for (const [index, name] of HEADER.slice(1).entries()) {
      const found = fields[index] as string
      if (!Number.isFinite(Number(found))) return this.#bad(name, "a finite number", found)
      if (name !== "volume" && Number(found) === 0) return this.#bad(name, "a price above 0", found)
    }
    const [open = "", high = "", low = "", close = ""] = fields
    if (Number(high) < Number(low)) return this.#bad("high", `at least the low ${low}`, high)
    if (Number(high) < Math.max(Number(open), Number(close))) {
      return this.#bad("high", `at least open ${open} and close ${close}`, high)
    }
    return this.#bad("low", `at most open ${open} and close ${close}`, low)
  }

  #bad(column: string, expected: string, found: string): BadRow {
    return new BadRow({ file: this.file, line: this.#line, column, expected, found })
  }
}
