/**
 * A whole data file as columns of float64, with its hashes; longer bars out of them when wanted.
 * In: a path. Out: the file's own bars, owned by the caller; a bad row anywhere refuses the file.
 * Here beside the row reader: loops that touch millions of bars take these, markets that tell each bar take candles.
 */
import { Effect, Stream } from "effect"
import { createHash } from "node:crypto"
import type { Columns } from "../../src/domain/Columns.ts"
import { TimeframeUnfit } from "../../src/errors/FeedError.ts"
import type { BadRow, DatasetUnreadable } from "../../src/errors/FeedError.ts"
import { aggregateColumns } from "./aggregateColumns.ts"
import { ColumnParser } from "./ColumnParser.ts"
import type { CandleOptions } from "./csv.ts"
import type { Written } from "./GrowingColumns.ts"
import { bytesOf } from "./source.ts"
import { Spans, spansFault } from "./Spans.ts"

/** A file's own bars. */
export interface FileColumns {
  /** Smallest distance of two rows, milliseconds; every row lies on the grid that it spans from the first. */
  readonly baseMillis: number
  readonly columns: Written
  /** SHA-256 of the file's bytes as they lie on disk, hex. */
  readonly fileHash: string
  /** SHA-256 of the unpacked content, hex. */
  readonly contentHash: string
}

/** Columns of the wanted bars. Errors: BadRow, DatasetUnreadable, TimeframeUnfit (Medium). */
const loadColumns = Effect.fn("Datasets.loadColumns")(
  function*(
    path: string,
    options: CandleOptions = {}
  ): Effect.fn.Return<Columns, BadRow | DatasetUnreadable | TimeframeUnfit> {
    const file = yield* readColumns(path)
    const { columns } = yield* atTimeframe(path, file, options.timeframeMillis ?? file.baseMillis)
    return columns
  }
)

/** Errors: BadRow, DatasetUnreadable (Medium); a file of one row has no bar length and is refused. */
const readColumns = Effect.fnUntraced(
  function*(path: string): Effect.fn.Return<FileColumns, BadRow | DatasetUnreadable> {
    const parser = new ColumnParser(path)
    const packed = createHash("sha256")
    const content = createHash("sha256")
    const look = (bad: BadRow | null) => bad === null ? Effect.void : Effect.fail(bad)
    yield* Stream.runForEach(bytesOf(path, (raw) => packed.update(raw)), (bytes) => {
      content.update(bytes)
      return look(parser.push(bytes))
    })
    yield* look(parser.end())
    const columns = parser.columns.written()
    const spans = new Spans()
    for (const [index, openTime] of columns.openTime.entries()) spans.add(openTime, index + 2)
    const fault = spansFault(path, spans)
    if (fault !== null) return yield* fault
    return {
      baseMillis: spans.smallest,
      columns,
      fileHash: packed.digest("hex"),
      contentHash: content.digest("hex")
    }
  }
)

/** The bars of that length, and how many of them are thin. Errors: TimeframeUnfit (Medium). */
const atTimeframe = (
  path: string,
  { baseMillis, columns }: Pick<FileColumns, "baseMillis" | "columns">,
  wantedMillis: number
): Effect.Effect<{ readonly columns: Columns; readonly thinBars: number }, TimeframeUnfit> => {
  if (wantedMillis === baseMillis) {
    const { close, high, low, open, openTime, volume } = columns
    return Effect.succeed({
      columns: { barMillis: baseMillis, openTime, open, high, low, close, volume },
      thinBars: 0
    })
  }
  if (wantedMillis < baseMillis || wantedMillis % baseMillis !== 0) {
    return Effect.fail(new TimeframeUnfit({ market: path, baseMillis, wantedMillis }))
  }
  return Effect.sync(() => aggregateColumns(columns, baseMillis, wantedMillis))
}

export { atTimeframe, loadColumns, readColumns }
