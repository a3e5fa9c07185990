/**
 * Walking the chain: does every row follow from the one before it, and is its content what was hashed?
 * In: the journal's file. Out: the first broken row in words; at opening, where the chain stands.
 * Here because opening, `journal verify` and the doctor must not differ in what they call whole.
 */
import { Effect } from "effect"
import { existsSync } from "node:fs"
import type { DatabaseSync } from "node:sqlite"
import type { JournalRow } from "../../src/domain/Event.ts"
import { JournalCorrupt, JournalUnavailable } from "../../src/errors/JournalError.ts"
import { EMPTY, flawOf } from "./chain.ts"
import type { Head, StoredRow } from "./chain.ts"
import { explainer } from "./JournalFile.ts"
import type { FileFault } from "./JournalFile.ts"
import { openReadOnly } from "./sqliteFile.ts"
import { rowsOf } from "./storedRow.ts"

export interface ChainReport {
  readonly rows: number
  /** Sequence of the first broken row; null when all are whole. */
  readonly brokenAt: number | null
  readonly words: string
}

interface Walked {
  readonly path: string
  readonly database: DatabaseSync
}

const OPENING_ROWS = 1_000
const PAGE = 4_096

/** Checks the newest 1,000 rows; returns the newest, null when there is none. Errors: JournalCorrupt (Critical). */
const checkLast = Effect.fn("Journal.checkLast")(
  function*(file: Walked): Effect.fn.Return<Head | null, FileFault> {
    const newest = yield* attempt(
      file,
      () => file.database.prepare("SELECT max(seq) AS seq FROM event").get()?.["seq"]
    )
    if (typeof newest !== "number") {
      return null
    }
    const start = Math.max(0, newest - OPENING_ROWS)
    const before = start === 0 ? EMPTY : yield* attempt(file, () => headAt(file.database, start))
    const walk = yield* attempt(file, () => step(page(file.database, start, OPENING_ROWS), before))
    if (walk.flaw !== null) {
      return yield* new JournalCorrupt({ path: file.path, seq: walk.head.seq + 1, words: walk.flaw })
    }
    return walk.head
  }
)

/** Walks the whole chain, a page at a time, letting others run between pages. */
const walkChain = (file: Walked): Effect.Effect<ChainReport, FileFault> =>
  Effect.gen(function*() {
    let head: Head = EMPTY
    while (true) {
      const rows = yield* attempt(file, () => page(file.database, head.seq, PAGE))
      if (rows.length === 0) {
        return { rows: head.seq, brokenAt: null, words: `${head.seq} rows, the chain is whole` }
      }
      const walk = step(rows, head)
      head = walk.head
      if (walk.flaw !== null) {
        return { rows: head.seq, brokenAt: head.seq + 1, words: `row ${head.seq + 1}: ${walk.flaw}` }
      }
      yield* Effect.yieldNow
    }
  })

/** Verifies a journal that nobody has to have open; never creates or changes it. Errors: JournalUnavailable when absent. */
const verifyFile = Effect.fn("Journal.verifyFile")(
  (path: string): Effect.Effect<ChainReport, FileFault> =>
    Effect.scoped(Effect.flatMap(openExisting(path), (database) => walkChain({ path, database })))
)

/** The newest `count` rows of a journal, oldest first. */
const newestRows = Effect.fn("Journal.newestRows")(
  (path: string, count: number): Effect.Effect<ReadonlyArray<JournalRow>, FileFault> =>
    Effect.scoped(Effect.gen(function*() {
      const database = yield* openExisting(path)
      const stored = yield* attempt(
        { path, database },
        () =>
          database.prepare("SELECT * FROM event ORDER BY seq DESC LIMIT ?").all(count) as unknown as Array<
            StoredRow
          >
      )
      return yield* rowsOf(path, stored.toReversed())
    }))
)

const openExisting = (path: string) => {
  if (existsSync(path)) return openReadOnly(path, explainer(path))
  return Effect.fail(new JournalUnavailable({ path, words: "there is no such journal", cause: null }))
}

const attempt = <A>(file: Walked, read: () => A) => Effect.try({ try: read, catch: explainer(file.path) })

const page = (database: DatabaseSync, after: number, limit: number): ReadonlyArray<StoredRow> =>
  database.prepare("SELECT * FROM event WHERE seq > ? ORDER BY seq LIMIT ?").all(
    after,
    limit
  ) as unknown as ReadonlyArray<StoredRow>

const headAt = (database: DatabaseSync, seq: number): Head => ({
  seq,
  hash: String(database.prepare("SELECT hash FROM event WHERE seq = ?").get(seq)?.["hash"])
})

const step = (
  rows: ReadonlyArray<StoredRow>,
  before: Head
): { readonly head: Head; readonly flaw: string | null } => {
  let head = before
  for (const row of rows) {
    const flaw = flawOf(head, row)
    if (flaw !== null) return { head, flaw }
    head = { seq: row.seq, hash: row.hash }
  }
  return { head, flaw: null }
}

export { checkLast, newestRows, verifyFile, walkChain }
