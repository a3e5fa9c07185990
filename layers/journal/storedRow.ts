/**
 * Stored rows back into journal rows: the one place where a journal's bytes are parsed.
 * In: columns as they lie in the table. Out: rows whose event passed its schema, or JournalCorrupt.
 * Behind this wall nobody parses again (architecture 4).
 */
import { Effect, Schema } from "effect"
import { JournalEvent } from "../../src/domain/Event.ts"
import type { JournalRow } from "../../src/domain/Event.ts"
import { JournalCorrupt } from "../../src/errors/JournalError.ts"
import type { StoredRow } from "./chain.ts"

const decodeEvent = Schema.decodeUnknownSync(JournalEvent)

/** Errors: JournalCorrupt (Critical) when a body is no JSON or no event of its kind. */
const rowsOf = (
  path: string,
  stored: ReadonlyArray<StoredRow>
): Effect.Effect<ReadonlyArray<JournalRow>, JournalCorrupt> =>
  Effect.suspend(() => {
    const rows: Array<JournalRow> = []
    for (const row of stored) {
      const decoded = decode(path, row)
      if (decoded instanceof JournalCorrupt) return Effect.fail(decoded)
      rows.push(decoded)
    }
    return Effect.succeed(rows)
  })

const decode = (path: string, stored: StoredRow): JournalRow | JournalCorrupt => {
  try {
    const event = decodeEvent({ ...JSON.parse(stored.body), _tag: stored.kind })
    return {
      event,
      instant: stored.instant,
      instrument: stored.instrument,
      decisionId: stored.decision_id,
      causationId: stored.causation_id,
      seq: stored.seq,
      schemaVersion: stored.schema_version,
      account: stored.account,
      epoch: stored.epoch,
      previousHash: stored.previous_hash,
      hash: stored.hash,
      recordedAt: stored.recorded_at
    }
  } catch (cause) {
    return new JournalCorrupt({ path, seq: stored.seq, words: `it is no ${stored.kind}: ${String(cause)}` })
  }
}

export { rowsOf }
