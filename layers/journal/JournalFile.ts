/**
 * The journal's SQLite file and its one open transaction.
 * In: a path, the key it must belong to. Out: the connection, `begin` and `commit` of the group.
 * A service of its own because journal and lease share the file: the lease must never wait for a group that only we can close.
 */
import { Context, Effect, Layer } from "effect"
import type { DatabaseSync } from "node:sqlite"
import {
  DiskFull,
  JournalCorrupt,
  JournalForeign,
  JournalUnavailable
} from "../../src/errors/JournalError.ts"
import { LeaseTable, NO_LEASE } from "../lease/LeaseTable.ts"
import type { LeaseRow } from "../lease/LeaseTable.ts"
import { failureOf, openFile } from "./sqliteFile.ts"
import type { Synchronous } from "./sqliteFile.ts"
import { DDL } from "./tables.ts"

export interface JournalFileOptions {
  readonly path: string
  /** Account and market the file belongs to; another one's file is refused (decisions 8). */
  readonly key: string
  readonly synchronous: Synchronous
}

export type FileFault = DiskFull | JournalCorrupt | JournalUnavailable

export class JournalFile extends Context.Service<JournalFile, {
  readonly path: string
  readonly database: DatabaseSync
  /** Opens the group's transaction unless it is open; true when it was opened now. Throws what SQLite throws. */
  readonly begin: () => boolean
  /** Commits the group if one is open. */
  readonly commit: () => void
  /** Gives the group up for ever: rows that readers have seen are lost, so nothing more is written through this connection. */
  readonly fail: (fault: FileFault) => void
  /** Gives up a group that nobody has seen. */
  readonly rollback: () => void
  /** Why nothing more is written; null while all is well. A handle is not used again after a failed commit (reliability P7). */
  readonly failure: () => FileFault | null
  /** Names a thrown error. */
  readonly explain: (cause: unknown) => FileFault
}>()("daruma/layers/journal/JournalFile") {
  static readonly layer = (
    options: JournalFileOptions
  ): Layer.Layer<JournalFile, FileFault | JournalForeign> => Layer.effect(JournalFile, open(options))

  /** The lease row that lies in the same file. */
  static readonly layerLeaseTable: Layer.Layer<LeaseTable, never, JournalFile> = Layer.effect(
    LeaseTable,
    Effect.map(JournalFile, (file) => leaseTable(file))
  )
}

const open = Effect.fn("JournalFile.open")(function*(options: JournalFileOptions) {
  const { key, path } = options
  const explain = explainer(path)
  const database = yield* openFile(path, options.synchronous, DDL, explain)
  const found = yield* Effect.try({
    try: () => {
      const owner = database.prepare("SELECT value FROM meta WHERE name = 'key'")
      if (owner.get() === undefined) database.prepare("INSERT OR IGNORE INTO meta VALUES('key', ?)").run(key)
      return String(owner.get()?.["value"])
    },
    catch: explain
  })
  if (found !== key) return yield* new JournalForeign({ path, expected: key, found })
  const begin = database.prepare("BEGIN IMMEDIATE")
  const commit = database.prepare("COMMIT")
  const rollback = () => {
    if (database.isTransaction) database.exec("ROLLBACK")
  }
  let failure: FileFault | null = null
  const fail = (fault: FileFault) => {
    failure ??= fault
    rollback()
  }
  yield* Effect.addFinalizer(() => Effect.sync(rollback))
  return JournalFile.of({
    path,
    database,
    fail,
    failure: () => failure,
    begin: () => {
      if (database.isTransaction) return false
      begin.run()
      return true
    },
    commit: () => {
      if (!database.isTransaction) return
      try {
        commit.run()
      } catch (cause) {
        fail(explain(cause))
        throw cause
      }
    },
    rollback,
    explain
  })
})

/** Names what SQLite threw for this file: full, corrupt, or unavailable. */
const explainer = (path: string) => (cause: unknown): FileFault => {
  switch (failureOf(cause)) {
    case "full":
      return new DiskFull({ path })
    case "corrupt":
      return new JournalCorrupt({ path, seq: 0, words: String(cause) })
    default:
      return new JournalUnavailable({ path, words: String(cause), cause })
  }
}

const leaseTable = (file: JournalFile["Service"]): LeaseTable["Service"] => {
  const select = file.database.prepare("SELECT holder, epoch, until FROM lease WHERE id = 1")
  const update = file.database.prepare(
    "UPDATE lease SET holder = ?, epoch = ?, until = ?, version = version + 1 WHERE id = 1 AND epoch = ? AND holder = ?"
  )
  return {
    read: () => (select.get() as unknown as LeaseRow | undefined) ?? NO_LEASE,
    swap: (expected, next) => {
      // The open group is committed first: a lease that waited in it would not be seen by anybody else.
      file.commit()
      return update.run(next.holder, next.epoch, next.until, expected.epoch, expected.holder).changes === 1
    },
    held: { epoch: 0, validUntilMillis: Number.NEGATIVE_INFINITY }
  }
}

export { explainer }
