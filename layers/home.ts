/**
 * Where a desk's files lie: one folder an account, market source and key, so that demo, file and live never meet.
 * In: the home folder and what trades. Out: paths; `--fresh` moves the old files aside and keeps them.
 * Here because journal, venue ledger and lock must always stand side by side (decisions 8).
 */
import { Effect } from "effect"
import { existsSync, mkdirSync, renameSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { JournalUnavailable } from "../src/errors/JournalError.ts"
import { LeaseHeld } from "../src/errors/LeaseError.ts"
import type { MarketIdentity } from "../src/ports/MarketData.ts"
import { liveHolder } from "./lease/lockFile.ts"
import { makeFolder } from "./makeFolder.ts"

export interface HomeLayout {
  readonly folder: string
  readonly journal: string
  readonly venue: string
  readonly lock: string
}

/** Name of a desk's folder and key of its journal: `<account>-<source>-<market key>`. */
const deskKey = (account: string, market: Pick<MarketIdentity, "source" | "key">): string =>
  `${account}-${market.source}-${market.key}`.replace(/[^A-Za-z0-9._-]/g, "_")

const homeLayout = (home: string, key: string): HomeLayout => {
  const folder = join(home, key)
  return {
    folder,
    journal: join(folder, "journal.sqlite"),
    venue: join(folder, "venue.sqlite"),
    lock: join(folder, "lock")
  }
}

/** The files around a journal that was named explicitly. */
const layoutAround = (journal: string): HomeLayout => ({
  folder: dirname(journal),
  journal,
  venue: `${journal}.venue.sqlite`,
  lock: `${journal}.lock`
})

/**
 * Makes the folder; with `fresh` the journal and ledger in it first move to `old-<n>` inside it, which is returned.
 * Errors: LeaseHeld (High) when somebody trades in it, JournalUnavailable (Critical).
 */
const prepareHome = Effect.fn("Home.prepare")(
  function*(layout: HomeLayout, options: { readonly fresh: boolean }): Effect.fn.Return<
    { readonly kept: string | null },
    LeaseHeld | JournalUnavailable
  > {
    const other = options.fresh ? liveHolder(layout.lock) : null
    if (other !== null) {
      return yield* new LeaseHeld({ holder: `pid ${other.pid}`, pid: other.pid, since: other.since })
    }
    return yield* Effect.try({
      try: () => {
        const kept = options.fresh && existsSync(layout.journal) ? aside(layout) : null
        makeFolder(layout.folder)
        return { kept }
      },
      catch: (cause) => new JournalUnavailable({ path: layout.folder, words: String(cause), cause })
    })
  }
)

// Only our own files move: an explicit journal may lie in a folder that holds other things.
const aside = (layout: HomeLayout): string => {
  let number = 1
  while (existsSync(join(layout.folder, `old-${number}`))) number += 1
  const kept = join(layout.folder, `old-${number}`)
  mkdirSync(kept)
  for (const file of [layout.journal, layout.venue]) {
    for (const path of [file, `${file}-wal`, `${file}-shm`]) {
      if (existsSync(path)) renameSync(path, join(kept, basename(path)))
    }
  }
  return kept
}

export { deskKey, homeLayout, layoutAround, prepareHome }
