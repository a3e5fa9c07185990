/**
 * A data file ready for loops: its columns, and what is known of it.
 * In: a path, a longer timeframe when wanted, a folder for the cache. Out: columns, facts, and words worth saying.
 * Here so that backtest, features and bench load a file in exactly one way.
 */
import { Effect, Stream } from "effect"
import { createHash } from "node:crypto"
import { basename, join } from "node:path"
import type { Columns } from "../../src/domain/Columns.ts"
import type { DatasetFacts } from "../../src/domain/DatasetFacts.ts"
import { DatasetUnreadable } from "../../src/errors/FeedError.ts"
import type { BadRow, TimeframeUnfit } from "../../src/errors/FeedError.ts"
import { cacheKey } from "./cacheFile.ts"
import type { CachedDataset } from "./cacheFile.ts"
import { readCached, writeCached } from "./cacheFolder.ts"
import { atTimeframe, readColumns } from "./columns.ts"
import { factsOf } from "./facts.ts"
import { isPacked, rawBytesOf } from "./source.ts"

export interface DatasetOptions {
  /** Bar length wanted, milliseconds; absent = the file's own. A multiple of it, or TimeframeUnfit. */
  readonly timeframeMillis?: number | undefined
  /** Folder of parsed files, as of `cacheFolder`; null = neither read nor written. */
  readonly cache: string | null
}

export interface Dataset {
  readonly columns: Columns
  readonly facts: DatasetFacts
  /** The file was not parsed: its columns came from the cache, checked. */
  readonly fromCache: boolean
  /** What a person should know: a cache that could not be read or written. Empty as a rule. */
  readonly notices: ReadonlyArray<string>
}

/** Where the parsed data files of a home lie. */
const cacheFolder = (home: string): string => join(home, "cache", "datasets")

/** Errors: BadRow, DatasetUnreadable, TimeframeUnfit (Medium); a refused file leaves nothing in the cache. */
const loadDataset = Effect.fn("Datasets.load")(
  function*(
    path: string,
    { cache, timeframeMillis }: DatasetOptions
  ): Effect.fn.Return<Dataset, BadRow | DatasetUnreadable | TimeframeUnfit> {
    if (cache === null) {
      const parsed = yield* parse(path)
      return { ...(yield* finish(path, parsed, timeframeMillis)), fromCache: false, notices: [] }
    }
    const fileHash = yield* hashOf(path)
    const key = cacheKey(fileHash, isPacked(path))
    const kept = yield* readCached(cache, key)
    if (kept.dataset !== null) {
      const whole = yield* finish(path, { fileHash, ...kept.dataset }, timeframeMillis)
      return { ...whole, fromCache: true, notices: [] }
    }
    const parsed = yield* parse(path)
    if (parsed.fileHash !== fileHash) {
      return yield* new DatasetUnreadable({
        file: path,
        problem: "changed",
        words: "the file changed while it was read"
      })
    }
    const whole = yield* finish(path, parsed, timeframeMillis)
    const unkept = yield* writeCached(cache, key, parsed)
    return {
      ...whole,
      fromCache: false,
      notices: [kept.notice, unkept].filter((notice) => notice !== null)
    }
  }
)

interface Parsed extends CachedDataset {
  readonly fileHash: string
}

const parse = (path: string): Effect.Effect<Parsed, BadRow | DatasetUnreadable> =>
  Effect.map(readColumns(path), (file) => ({ ...file, facts: factsOf(file.columns, file.baseMillis) }))

const finish = (
  path: string,
  parsed: Parsed,
  timeframeMillis: number | undefined
): Effect.Effect<Pick<Dataset, "columns" | "facts">, TimeframeUnfit> =>
  Effect.map(
    atTimeframe(path, parsed, timeframeMillis ?? parsed.baseMillis),
    ({ columns, thinBars }) => {
      const { baseMillis, columns: { openTime }, contentHash, facts, fileHash } = parsed
      return {
        columns,
        facts: {
          name: basename(path),
          fileHash,
          contentHash,
          rows: openTime.length,
          baseMillis,
          first: openTime[0]!,
          last: openTime[openTime.length - 1]!,
          ...facts,
          thinBars
        }
      }
    }
  )

const hashOf = (path: string): Effect.Effect<string, DatasetUnreadable> =>
  Effect.suspend(() => {
    const hash = createHash("sha256")
    const folded = Stream.runForEach(rawBytesOf(path), (piece) => Effect.sync(() => hash.update(piece)))
    return Effect.map(folded, () => hash.digest("hex"))
  })

export { cacheFolder, loadDataset }
