/**
 * One look at a whole data file before anything trades on it: is every row good, how long are its bars, which file is it?
 * In: a path. Out: base bar length (smallest gap), row count, first and last open time, content hash.
 * Here because a bad row in the middle must refuse the start, not end a run after an hour.
 */
import { Effect, Stream } from "effect"
import { createHash } from "node:crypto"
import type { Candle } from "../../src/domain/Candle.ts"
import type { BadRow, DatasetUnreadable } from "../../src/errors/FeedError.ts"
import { CsvRows } from "./CsvRows.ts"
import { bytesOf } from "./source.ts"
import { Spans, spansFault } from "./Spans.ts"

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
      for (const row of piece) spans.add(row.openTime, spans.count + 2)
      piece.length = 0
      return bad === null ? Effect.void : Effect.fail(bad)
    }
    yield* Stream.runForEach(bytesOf(file), (bytes) => {
      hash.update(bytes)
      return look(rows.push(bytes, piece))
    })
    yield* look(rows.end(piece))
    const fault = spansFault(file, spans)
    if (fault !== null) return yield* fault
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

export { survey }
