/**
 * One look at a whole data file before anything trades on it: is every row good, how long are its bars, which file is it?
 * In: a path. Out: base bar length (smallest gap), row count, first and last open time, content hash.
 * Here because a bad row in the middle must refuse the start, not end a run after an hour.
 */
import { Effect, Stream } from "effect"
import { createHash } from "node:crypto"
import type { Candle } from "../../src/domain/Candle.ts"
import { timeframeOf, TIMEFRAMES } from "../../src/domain/timeframe.ts"
import { BadRow, DatasetUnreadable } from "../../src/errors/FeedError.ts"
import { CsvRows } from "./CsvRows.ts"
import { bytesOf } from "./source.ts"

export interface Survey {
  readonly file: string
  readonly rows: number
  /** Smallest distance of two rows, milliseconds; every row lies on the grid that it spans from the first. */
  readonly baseMillis: number
  readonly firstOpenTime: number
  readonly lastOpenTime: number
  /** SHA-256 of the unpacked content, hex. */
  readonly contentHash: string
}

/** Errors: BadRow, DatasetUnreadable (Medium); a file of one row has no bar length and is refused. */
const survey = Effect.fnUntraced(
  function*(file: string): Effect.fn.Return<Survey, BadRow | DatasetUnreadable> {
    const rows = new CsvRows(file, 0)
    const hash = createHash("sha256")
    const spans = new Spans()
    const piece: Array<Candle> = []
    const look = (bad: BadRow | null): Effect.Effect<void, BadRow> => {
      for (const row of piece) spans.add(row.openTime)
      piece.length = 0
      return bad === null ? Effect.void : Effect.fail(bad)
    }
    yield* Stream.runForEach(bytesOf(file), (bytes) => {
      hash.update(bytes)
      return look(rows.push(bytes, piece))
    })
    yield* look(rows.end(piece))
    if (spans.count < 2) {
      return yield* new DatasetUnreadable({
        file,
        problem: "empty",
        words: spans.count === 0 ? "the file holds no rows" : "one row alone has no bar length"
      })
    }
    const off = spans.offGrid()
    if (off !== null) {
      return yield* new BadRow({
        file,
        line: off.line,
        column: "timestamp_ms",
        expected: off.expected,
        found: `${off.gap} ms after the row above`
      })
    }
    return {
      file,
      rows: spans.count,
      baseMillis: spans.smallest,
      firstOpenTime: spans.first,
      lastOpenTime: spans.last,
      contentHash: hash.digest("hex")
    }
  }
)

/** Distances between rows: a file has few different ones, so the line of the first of each is kept. */
class Spans {
  count = 0
  first = 0
  last = 0
  smallest = Number.POSITIVE_INFINITY
  readonly #seen = new Map<number, number>()

  add(openTime: number): void {
    this.count += 1
    if (this.count === 1) this.first = openTime
    else {
      const gap = openTime - this.last
      if (gap < this.smallest) this.smallest = gap
      if (!this.#seen.has(gap)) this.#seen.set(gap, this.count + 1)
    }
    this.last = openTime
  }

  /** The first distance that fits no grid: the smallest must be a bar length that has a name, all others its multiples. */
  offGrid(): { readonly gap: number; readonly line: number; readonly expected: string } | null {
    if (timeframeOf(this.smallest) === undefined) {
      const expected = `a bar length from the row above (${Object.keys(TIMEFRAMES).join(", ")})`
      return { gap: this.smallest, line: this.#seen.get(this.smallest) ?? 0, expected }
    }
    for (const [gap, line] of this.#seen) {
      if (gap % this.smallest !== 0) {
        return { gap, line, expected: `a multiple of ${this.smallest} ms after the row above` }
      }
    }
    return null
  }
}

export { survey }
