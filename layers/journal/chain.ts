/**
 * The chain: each row carries the hash of the one before it, so that nothing can be changed, moved or dropped unseen.
 * In: drafts and the newest row. Out: rows with sequence and hash; the same drafts give the same hashes anywhere.
 * Shared by the memory and the SQLite journal; `recordedAt` is machine time and stands outside the hash (decisions 4).
 */
import { hash } from "node:crypto"
import type { Draft, JournalRow } from "../../src/domain/Event.ts"
import { canonicalJson } from "./canonical.ts"

/** Version of the row's layout and of its bodies; older ones are read by upcasting, never rewritten. */
const SCHEMA_VERSION = 1
/** What stands before the first row. */
const GENESIS = "0".repeat(64)

/** A row as it lies in a table: the body is canonical JSON of the event without its tag. */
export interface StoredRow {
  readonly seq: number
  readonly instant: number
  readonly kind: string
  readonly schema_version: number
  readonly account: string
  readonly instrument: string | null
  readonly epoch: number
  readonly decision_id: string | null
  readonly causation_id: string | null
  readonly body: string
  readonly previous_hash: string
  readonly hash: string
  readonly recorded_at: number
}

/** A row twice: as readers know it and as it is stored. */
export interface Link {
  readonly row: JournalRow
  readonly body: string
}

/** Where the chain stands: sequence and hash of its newest row. */
export interface Head {
  readonly seq: number
  readonly hash: string
}

export interface JournalOptions {
  /** The account column of every row. */
  readonly account: string
}

export interface Writer {
  readonly account: string
  readonly epoch: number
  readonly recordedAt: number
}

const EMPTY: Head = { seq: 0, hash: GENESIS }

/** The next row after `head`. Throws NotCanonical when the event cannot be written exactly. */
const linkAfter = (head: Head, draft: Draft, writer: Writer): Link => {
  const { causationId, decisionId, event, instant, instrument } = draft
  const { account, epoch, recordedAt } = writer
  const seq = head.seq + 1
  const body = canonicalJson(event, "_tag")
  const content = contentOf(
    seq,
    instant,
    event._tag,
    SCHEMA_VERSION,
    account,
    instrument,
    epoch,
    decisionId,
    causationId,
    body
  )
  return {
    body,
    row: {
      event,
      instant,
      instrument,
      decisionId,
      causationId,
      seq,
      schemaVersion: SCHEMA_VERSION,
      account,
      epoch,
      previousHash: head.hash,
      hash: hash("sha256", head.hash + content),
      recordedAt
    }
  }
}

/** What is wrong with a stored row that should follow `before`; null when it is whole. */
const flawOf = (before: Head, row: StoredRow): string | null => {
  if (row.seq !== before.seq + 1) return `row ${before.seq + 1} is missing`
  if (row.previous_hash !== before.hash) return "it does not follow the row before it"
  const content = contentOf(
    row.seq,
    row.instant,
    row.kind,
    row.schema_version,
    row.account,
    row.instrument,
    row.epoch,
    row.decision_id,
    row.causation_id,
    row.body
  )
  return hash("sha256", row.previous_hash + content) === row.hash
    ? null
    : "its content does not match its hash"
}

// A JSON array in the order of decisions 4, written by hand: the body is canonical already.
const contentOf = (
  seq: number,
  instant: number,
  kind: string,
  schemaVersion: number,
  account: string,
  instrument: string | null,
  epoch: number,
  decisionId: string | null,
  causationId: string | null,
  body: string
): string =>
  `[${seq},${instant},"${kind}",${schemaVersion},${JSON.stringify(account)},${
    JSON.stringify(instrument)
  },${epoch},${JSON.stringify(decisionId)},${JSON.stringify(causationId)},${body}]`

export { EMPTY, flawOf, linkAfter }
