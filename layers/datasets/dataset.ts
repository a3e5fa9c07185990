/**
 * A data file ready for loops: its columns, and what is known of it.
 * In: a path, a longer timeframe when wanted, a folder for the cache. Out: columns, facts, and words worth saying.
 * Here so that backtest, features and bench load a file in exactly one way.
 */
import { Effect, Stream } from "effect"
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { basename } from "node:path"
import type { Columns } from "../../src/domain/Columns.ts"
import type { DatasetFacts, Spike } from "../../src/domain/DatasetFacts.ts"
import { DatasetUnreadable } from "../../src/errors/FeedError.ts"
import type { FeedFault } from "../../src/errors/FeedError.ts"
import { loadColumns } from "./columns.ts"
import { survey } from "./survey.ts"

export interface DatasetOptions {
  /** Bar length wanted, milliseconds; absent = the file's own. A multiple of it, or TimeframeUnfit. */
  readonly timeframeMillis?: number | undefined
  /** Folder of parsed files (`<home>/cache/datasets`); null = neither read nor written. */
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

/** Errors: BadRow, DatasetUnreadable, TimeframeUnfit (Medium). */
const loadDataset = Effect.fn("Datasets.load")(
  function*(
    path: string,
    options: DatasetOptions
  ): Effect.fn.Return<Dataset, FeedFault> {
    const surveyed = yield* survey(path)
    const base = yield* loadColumns(path)
    const columns = options.timeframeMillis === undefined
      ? base
      : yield* loadColumns(path, { timeframeMillis: options.timeframeMillis })
    const hash = createHash("sha256")
    yield* Stream.runForEach(
      Stream.fromAsyncIterable(
        createReadStream(path) as AsyncIterable<Buffer>,
        (cause) => new DatasetUnreadable({ file: path, problem: "unreadable", words: String(cause) })
      ),
      (piece) => Effect.sync(() => hash.update(piece))
    )
    const facts: DatasetFacts = {
      name: basename(path),
      fileHash: hash.digest("hex"),
      contentHash: surveyed.contentHash,
      rows: surveyed.rows,
      baseMillis: surveyed.baseMillis,
      first: surveyed.firstOpenTime,
      last: surveyed.lastOpenTime,
      ...factsOf(base),
      thinBars: 0
    }
    return { columns, facts, fromCache: false, notices: [] }
  }
)

const factsOf = (base: Columns): Pick<DatasetFacts, "gaps" | "zeroVolume" | "spikes" | "wideBars"> => {
  const gaps = { runs: 0, missing: 0, longest: 0, longestAt: null as number | null }
  const spikes: Array<Spike> = []
  let zeroVolume = 0
  let wideBars = 0
  for (let index = 0; index < base.openTime.length; index++) {
    if (base.volume[index] === 0) zeroVolume += 1
    const range = (base.high[index] as number) - (base.low[index] as number)
    if (range / (base.close[index] as number) > 0.2) wideBars += 1
    if (index === 0) continue
    const before = base.openTime[index - 1] as number
    const missing = ((base.openTime[index] as number) - before) / base.barMillis - 1
    if (missing > 0) {
      gaps.runs += 1
      gaps.missing += missing
      if (missing > gaps.longest) {
        gaps.longest = missing
        gaps.longestAt = before + base.barMillis
      }
    }
    const change = (base.close[index] as number) / (base.close[index - 1] as number) - 1
    if (Math.abs(change) > 0.2) spikes.push({ at: base.openTime[index] as number, change })
  }
  const largest = spikes.toSorted((one, other) => Math.abs(other.change) - Math.abs(one.change)).slice(0, 5)
  return { gaps, zeroVolume, spikes: { count: spikes.length, largest }, wideBars }
}

export { loadDataset }
