/**
 * Snapshots beside the chain: a cache that shortens a start, never the truth.
 * In: folded state as text with the row up to which it is folded. Out: the newest whose bytes are intact.
 * In the journal's own transactions, so that a snapshot can never be ahead of its rows (decisions 6).
 */
import { hash } from "node:crypto"
import type { DatabaseSync } from "node:sqlite"
import type { Snapshot } from "../../src/ports/Journal.ts"

/** Snapshots kept of each kind: the newest, and one to fall back on. */
const KEEP = 2

const snapshotsOf = (database: DatabaseSync) => {
  const insert = database.prepare("INSERT OR REPLACE INTO snapshot VALUES(?, ?, ?, ?)")
  const forget = database.prepare(
    `DELETE FROM snapshot WHERE kind = ?1 AND seq NOT IN (SELECT seq FROM snapshot WHERE kind = ?1 ORDER BY seq DESC LIMIT ${KEEP})`
  )
  const select = database.prepare(
    "SELECT seq, body, sha256 FROM snapshot WHERE kind = ? AND seq <= ? ORDER BY seq DESC"
  )
  return {
    save: ({ body, kind, seq }: Snapshot): void => {
      insert.run(kind, seq, body, hash("sha256", body))
      forget.run(kind)
    },
    load: (kind: string, head: number): Snapshot | null => {
      for (const row of select.all(kind, head)) {
        const body = String(row["body"])
        if (hash("sha256", body) === row["sha256"]) return { kind, seq: Number(row["seq"]), body }
      }
      return null
    }
  }
}

export { snapshotsOf }
