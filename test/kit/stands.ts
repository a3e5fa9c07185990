/**
 * Journal and lease together, as a desk has them, in memory and on SQLite.
 * In: a folder for the files. Out: layers with nothing left to provide.
 * Here because contract suites, process tests and benches must stand on the same ground.
 */
import { Effect, Layer } from "effect"
import { join } from "node:path"
import { JournalFile } from "../../layers/journal/JournalFile.ts"
import * as MemoryJournal from "../../layers/journal/Memory.ts"
import * as SqliteJournal from "../../layers/journal/Sqlite.ts"
import type { Synchronous } from "../../layers/journal/sqliteFile.ts"
import { LeaseTable } from "../../layers/lease/LeaseTable.ts"
import * as MemoryLease from "../../layers/lease/Memory.ts"
import * as SqliteLease from "../../layers/lease/Sqlite.ts"
import { temporaryFolder } from "./folder.ts"

export const ACCOUNT = "paper-spot"
const KEY = "paper-spot-synthetic-15m-42"

/** On memory. */
export const memoryStand = Layer.mergeAll(
  MemoryJournal.layer({ account: ACCOUNT }),
  MemoryLease.layer({ holder: "test" })
).pipe(Layer.provideMerge(LeaseTable.layerMemory))

/** On the files of one folder. */
export const sqliteStand = (folder: string, synchronous: Synchronous = "normal") =>
  Layer.mergeAll(
    SqliteJournal.layer({ account: ACCOUNT }),
    SqliteLease.layer({ lock: join(folder, "lock") })
  ).pipe(
    Layer.provideMerge(JournalFile.layerLeaseTable),
    Layer.provideMerge(JournalFile.layer({ path: join(folder, "journal.sqlite"), key: KEY, synchronous }))
  )

/** On files that go with the scope. */
export const temporarySqliteStand = Layer.unwrap(Effect.map(temporaryFolder, (folder) => sqliteStand(folder)))
