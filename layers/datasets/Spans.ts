/**
 * The distances between the rows of a file: what its bar length is, and whether every row lies on that grid.
 * In: open times in order. Out: count, first, last and smallest distance; what is wrong with the file as a grid of bars.
 * Here because the row reader and the column reader must find the same bar length.
 */
import { timeframeOf, TIMEFRAMES } from "../../src/domain/timeframe.ts"
import { DatasetUnreadable } from "../../src/errors/FeedError.ts"
import type { BadRow } from "../../src/errors/FeedError.ts"
import { badRow } from "./row.ts"
import type { Flaw } from "./row.ts"

/** A distance between two neighbours. */
interface Seen {
  /** Line of the row after the first such distance; the header is line 1. */
  readonly line: number
  count: number
}

/** A distance that fits no grid, with its first line. */
export interface OffGrid {
  readonly line: number
  readonly count: number
  readonly flaw: Flaw
}

/** A file has few different distances, so the line of the first of each is kept. */
export class Spans {
  count = 0
  first = 0
  last = 0
  smallest = Number.POSITIVE_INFINITY
  readonly #seen = new Map<number, Seen>()
  // Nearly every distance is the one before it, and need not be looked up.
  #gap = 0
  #same: Seen = { line: 0, count: 0 }

  /** The next row; `line` is its line in the file. */
  add(openTime: number, line: number): void {
    this.count += 1
    const gap = openTime - this.last
    this.last = openTime
    if (this.count === 1) this.first = openTime
    else if (gap === this.#gap) this.#same.count += 1
    else this.#change(gap, line)
  }

  #change(gap: number, line: number): void {
    this.#gap = gap
    const known = this.#seen.get(gap)
    this.#same = known ?? { line, count: 0 }
    this.#same.count += 1
    if (known === undefined) this.#seen.set(gap, this.#same)
    if (gap < this.smallest) this.smallest = gap
  }

  /** Every distance that fits no grid: the smallest must be a bar length that has a name, all others its multiples. */
  offGrid(): ReadonlyArray<OffGrid> {
    const named = timeframeOf(this.smallest) !== undefined
    const expected = named
      ? `a multiple of ${this.smallest} ms after the row above`
      : `a bar length from the row above (${Object.keys(TIMEFRAMES).join(", ")})`
    return [...this.#seen]
      .filter(([gap]) => named ? gap % this.smallest !== 0 : gap === this.smallest)
      .map(([gap, { count, line }]) => ({
        line,
        count,
        flaw: { kind: "grid", column: "timestamp_ms", expected, found: `${gap} ms after the row above` }
      }))
  }
}

/** Why these rows are no series of bars; null when they are. A file of one row has no bar length and is refused. */
export const spansFault = (file: string, spans: Spans): BadRow | DatasetUnreadable | null => {
  if (spans.count < 2) {
    const words = spans.count === 0 ? "the file holds no rows" : "one row alone has no bar length"
    return new DatasetUnreadable({ file, problem: "empty", words })
  }
  const off = spans.offGrid()[0]
  return off === undefined ? null : badRow(file, off.line, off.flaw)
}
