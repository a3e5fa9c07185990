/**
 * A SQLite file of our own: opened with the settings that we rely on, its errors named.
 * In: a path and how hard a commit must hold. Out: a connection of node:sqlite, closed with its scope.
 * Here because journal and simulated venue open files alike and must fail alike (reliability 6.6).
 */
import { Effect } from "effect"
import type { Scope } from "effect"
import { existsSync } from "node:fs"
import { dirname } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { pathToFileURL } from "node:url"
import { makeFolder } from "../makeFolder.ts"

/** `full` survives a power cut after each commit; `normal` may then lose the last commits, never the file (decisions 2). */
export type Synchronous = "full" | "normal"

/** What a failed statement means. */
export type Failure = "full" | "corrupt" | "unavailable"

/** 16 MiB of log before a checkpoint: each one syncs two files, and a replay at full speed would meet one every few bars. */
const CHECKPOINT_PAGES = 4_000
const BUSY_MILLIS = 2_000
/** Version of the tables in a file, kept in its header. */
const LAYOUT = 1

/** Opens or creates the file, in WAL mode; `explain` turns whatever it throws into a fault. */
const openFile = <E>(
  path: string,
  synchronous: Synchronous,
  ddl: string,
  explain: (cause: unknown) => E
): Effect.Effect<DatabaseSync, E, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.try({
      try: () => {
        makeFolder(dirname(path))
        const database = new DatabaseSync(path, { timeout: BUSY_MILLIS, enableForeignKeyConstraints: true })
        database.exec(
          `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`
        )
        create(database, ddl)
        return database
      },
      catch: explain
    }),
    (database) => Effect.sync(() => database.isOpen && database.close())
  )

// Only a new file is written to: one whose owner froze in a transaction must still open, to be asked who owns it.
const create = (database: DatabaseSync, ddl: string): void => {
  if (database.prepare("PRAGMA user_version").get()?.["user_version"] === LAYOUT) return
  database.exec(`BEGIN IMMEDIATE; ${ddl}; PRAGMA user_version = ${LAYOUT}; COMMIT`)
}

/** Opens an existing file for reading only; a missing file is not created, and nothing is left beside it (L-45). */
const openReadOnly = <E>(
  path: string,
  explain: (cause: unknown) => E
): Effect.Effect<DatabaseSync, E, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.try({
      try: () => new DatabaseSync(readOnlyName(path), { readOnly: true, timeout: BUSY_MILLIS }),
      catch: explain
    }),
    (database) => Effect.sync(() => database.isOpen && database.close())
  )

// A closed WAL file is read as immutable, or SQLite would leave its -wal and -shm beside it; one in use is read through them.
const readOnlyName = (path: string): string | URL => {
  if (existsSync(`${path}-wal`) || !existsSync(path)) return path
  const url = pathToFileURL(path)
  url.searchParams.set("immutable", "1")
  return url
}

const SQLITE_CORRUPT = 11
const SQLITE_FULL = 13
const SQLITE_NOTADB = 26

/** The kind of an error thrown by node:sqlite; anything unknown is `unavailable`. */
const failureOf = (cause: unknown): Failure => {
  if (typeof cause !== "object" || cause === null) return "unavailable"
  if ("code" in cause && cause.code === "ENOSPC") return "full"
  const code = "errcode" in cause && typeof cause.errcode === "number" ? cause.errcode & 0xff : 0
  if (code === SQLITE_FULL) return "full"
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB ? "corrupt" : "unavailable"
}

export { failureOf, openFile, openReadOnly }
