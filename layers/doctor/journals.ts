/**
 * The journals of a home, found and looked at without changing anything.
 * In: a home folder, or one path. Out: paths, chain checks, newest rows, all read-only (L-45).
 * Here because `daruma journal`, `daruma doctor` and nobody else look at journals from outside.
 */
import { Effect } from "effect"
import { readdir, stat } from "node:fs/promises"
import type { JournalCheck } from "../../src/cli/Profiles.ts"
import type { JournalRow } from "../../src/domain/Event.ts"
import type { AnyFault } from "../../src/domain/Fault.ts"
import { JournalUnavailable } from "../../src/errors/JournalError.ts"
import { homeLayout } from "../home.ts"
import { newestRows, verifyFile } from "../journal/walk.ts"

/** The named journal, which must exist; else every `<home>/<key>/journal.sqlite`, sorted. A home that is absent has none. */
export const journalsOf = (
  home: string,
  path: string | null
): Effect.Effect<ReadonlyArray<string>, AnyFault> =>
  Effect.gen(function*() {
    if (path !== null) {
      if (yield* isFile(path)) return [path]
      return yield* new JournalUnavailable({ path, words: "there is no such journal", cause: null })
    }
    const folders = yield* foldersOf(home)
    const candidates = folders.map((folder) => homeLayout(home, folder).journal).toSorted()
    return yield* Effect.filter(candidates, isFile)
  })

export const verifyJournal = (path: string): Effect.Effect<JournalCheck, AnyFault> =>
  Effect.map(verifyFile(path), (report) => ({ path, ...report }))

/** The newest `count` rows, oldest first. */
export const tailJournal = (
  path: string,
  count: number
): Effect.Effect<ReadonlyArray<JournalRow>, AnyFault> => newestRows(path, count)

const isFile = (path: string): Effect.Effect<boolean> =>
  Effect.tryPromise(() => stat(path)).pipe(
    Effect.map((found) => found.isFile()),
    Effect.orElseSucceed(() => false)
  )

// Absent is none; anything else that cannot be listed is a failure that has to be said.
const foldersOf = (home: string): Effect.Effect<ReadonlyArray<string>, JournalUnavailable> =>
  Effect.tryPromise({
    try: () => readdir(home),
    catch: (cause) => new JournalUnavailable({ path: home, words: "the home cannot be listed", cause })
  }).pipe(Effect.catchIf((fault) => isAbsent(fault.cause), () => Effect.succeed([])))

const isAbsent = (cause: unknown): boolean =>
  typeof cause === "object" && cause !== null && "code" in cause && cause.code === "ENOENT"
