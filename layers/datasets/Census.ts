/**
 * A second look at a file that was refused: every flaw of every kind counted, with the first lines of each.
 * In: the bytes of the file, piece by piece. Out: counts and places; it goes on where a reader stops.
 * Here because a person corrects a file once, not once for each bad row.
 */
import { candleOf, flawOf, headerFlaw, MAX_LINE } from "./row.ts"
import type { Flaw, FlawKind } from "./row.ts"
import { Spans } from "./Spans.ts"

export interface Counted {
  readonly count: number
  /** The first ones, as a reader would say them. */
  readonly places: ReadonlyArray<string>
}

/** Flawed rows after which a file is known well enough. */
const MOST_FLAWS = 100_000
const PLACES = 3

export class Census {
  /** Rows looked at, the header not counted. */
  rows = 0
  /** Why nothing more is read; null while it goes on. */
  stopped: string | null = null
  readonly #found = new Map<FlawKind, { count: number; readonly places: Array<string> }>()
  readonly #spans = new Spans()
  #rest = ""
  #line = 0
  #last = 0
  #flaws = 0

  push(piece: Buffer): void {
    const text = this.#rest + piece.toString("latin1")
    let start = 0
    for (let end = text.indexOf("\n"); end >= 0 && this.stopped === null; end = text.indexOf("\n", start)) {
      this.#take(text.slice(start, end))
      start = end + 1
    }
    this.#rest = text.slice(start)
    if (this.#rest.length > MAX_LINE + 1 && this.stopped === null) {
      this.#take(this.#rest)
      this.stopped ??= "a line does not end; what follows was not looked at"
    }
  }

  /** The last line, and the distances of all rows that have a place in time. */
  end(): ReadonlyMap<FlawKind, Counted> {
    if (this.#rest.length > 0 && this.stopped === null) this.#take(this.#rest)
    if (this.#spans.count > 1) {
      for (const { count, flaw, line } of this.#spans.offGrid()) this.#add(line, flaw, count)
    }
    return this.#found
  }

  #take(text: string): void {
    const line = text.endsWith("\r") ? text.slice(0, -1) : text
    this.#line += 1
    if (this.#line === 1) {
      const flaw = headerFlaw(line)
      if (flaw === null) return
      this.#add(1, flaw)
      this.stopped = "rows under another header were not looked at"
      return
    }
    this.rows += 1
    const candle = candleOf(line, this.#last, 0)
    if (candle === null) {
      this.#add(this.#line, flawOf(line, this.#last))
      if (++this.#flaws >= MOST_FLAWS) this.stopped = `the look ended after ${MOST_FLAWS} flawed rows`
    }
    const time = candle?.openTime ?? timeOf(line)
    if (time === null) return
    // A row is judged by the one above it, so that one early or late time is one flaw.
    if (time > this.#last) this.#spans.add(time, this.#line)
    else this.#spans.last = time
    this.#last = time
  }

  #add(line: number, flaw: Flaw, count = 1): void {
    const known = this.#found.get(flaw.kind) ?? { count: 0, places: [] }
    known.count += count
    if (known.places.length < PLACES) {
      known.places.push(`line ${line}, ${flaw.column}: expected ${flaw.expected}, found ${flaw.found}`)
    }
    this.#found.set(flaw.kind, known)
  }
}

const timeOf = (line: string): number | null => {
  const digits = /^(\d{1,16}),/.exec(line)?.[1]
  const time = Number(digits)
  return digits !== undefined && Number.isSafeInteger(time) && time > 0 ? time : null
}
