/**
 * The journal's tables: the chain, and what is folded from it in the same transaction.
 * In: nothing. Out: DDL, and prepared statements that write a row and fold it.
 * Folded tables hold what a send asks in its transaction; the database itself keeps their uniqueness (decisions 4, 5).
 */
import type { DatabaseSync, StatementSync } from "node:sqlite"
import type { Purpose } from "../../src/domain/Order.ts"
import type { OrderStatus } from "../../src/domain/orderStatus.ts"
import type { TradingState } from "../../src/domain/severityTable.ts"
import type { Link } from "./chain.ts"
import { moveOf, stateAfter, statusAfter } from "./intents.ts"

const DDL = `
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS event(
  seq INTEGER PRIMARY KEY, instant INTEGER NOT NULL, kind TEXT NOT NULL, schema_version INTEGER NOT NULL,
  account TEXT NOT NULL, instrument TEXT, epoch INTEGER NOT NULL, decision_id TEXT, causation_id TEXT,
  body TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL, recorded_at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS intent(
  intent_id TEXT PRIMARY KEY, decision_id TEXT NOT NULL, leg TEXT NOT NULL, attempt INTEGER NOT NULL,
  instrument TEXT NOT NULL, purpose TEXT NOT NULL, status TEXT NOT NULL, venue_order_id TEXT,
  t0 INTEGER NOT NULL, settle_by INTEGER NOT NULL, updated_seq INTEGER NOT NULL REFERENCES event(seq),
  UNIQUE(decision_id, leg, attempt)) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS one_unresolved ON intent(instrument, purpose) WHERE status IN ('Sending', 'Unknown');
CREATE TABLE IF NOT EXISTS control(
  id INTEGER PRIMARY KEY CHECK(id = 1), state TEXT NOT NULL, set_by TEXT NOT NULL, words TEXT NOT NULL,
  incident TEXT, seq INTEGER NOT NULL REFERENCES event(seq)) STRICT;
CREATE TABLE IF NOT EXISTS incident(
  incident TEXT PRIMARY KEY, code TEXT NOT NULL, severity TEXT NOT NULL, runbook TEXT NOT NULL, words TEXT NOT NULL,
  opened_at INTEGER NOT NULL, seq INTEGER NOT NULL REFERENCES event(seq)) STRICT;
CREATE TABLE IF NOT EXISTS snapshot(
  kind TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY(kind, seq)) STRICT;
CREATE TABLE IF NOT EXISTS lease(
  id INTEGER PRIMARY KEY CHECK(id = 1), holder TEXT NOT NULL, epoch INTEGER NOT NULL, until INTEGER NOT NULL,
  version INTEGER NOT NULL) STRICT;
INSERT OR IGNORE INTO lease VALUES(1, '', 0, 0, 1);
`

/** The folded tables of one connection. */
export interface Tables {
  /** Writes the row and folds it; throws what SQLite throws. */
  readonly write: (link: Link) => void
  readonly trading: () => { readonly state: TradingState; readonly words: string }
  readonly hasIntent: (decisionId: string, leg: string, attempt: number) => boolean
  readonly unresolved: (instrument: string, purpose: Purpose) => string | undefined
}

const tablesOf = (database: DatabaseSync): Tables => {
  const sql = statements(database)
  const trading = () => {
    const found = sql.control.get() as { readonly state: TradingState; readonly words: string } | undefined
    return found ?? { state: "Active", words: "no control was ever set" } as const
  }
  return {
    write: (link) => {
      const { row } = link
      sql.event.run(
        row.seq,
        row.instant,
        row.event._tag,
        row.schemaVersion,
        row.account,
        row.instrument,
        row.epoch,
        row.decisionId,
        row.causationId,
        link.body,
        row.previousHash,
        row.hash,
        row.recordedAt
      )
      fold(sql, link, trading)
    },
    trading,
    hasIntent: (decisionId, leg, attempt) => sql.intentByKey.get(decisionId, leg, attempt) !== undefined,
    unresolved: (instrument, purpose) => {
      const found = sql.unresolved.get(instrument, purpose)
      return found === undefined ? undefined : String(found["intent_id"])
    }
  }
}

const statements = (database: DatabaseSync) => ({
  event: database.prepare("INSERT INTO event VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
  intent: database.prepare("INSERT INTO intent VALUES(?, ?, ?, ?, ?, ?, 'Sending', NULL, ?, ?, ?)"),
  intentStatus: database.prepare("SELECT status FROM intent WHERE intent_id = ?"),
  move: database.prepare(
    "UPDATE intent SET status = ?, venue_order_id = coalesce(?, venue_order_id), updated_seq = ? WHERE intent_id = ?"
  ),
  intentByKey: database.prepare("SELECT 1 FROM intent WHERE decision_id = ? AND leg = ? AND attempt = ?"),
  unresolved: database.prepare(
    "SELECT intent_id FROM intent WHERE instrument = ? AND purpose = ? AND status IN ('Sending', 'Unknown')"
  ),
  control: database.prepare("SELECT state, words FROM control WHERE id = 1"),
  setControl: database.prepare("INSERT OR REPLACE INTO control VALUES(1, ?, ?, ?, ?, ?)"),
  incident: database.prepare("INSERT OR IGNORE INTO incident VALUES(?, ?, ?, ?, ?, ?, ?)")
})

const fold = (
  sql: Record<keyof ReturnType<typeof statements>, StatementSync>,
  { row }: Link,
  trading: Tables["trading"]
): void => {
  const { event, seq } = row
  switch (event._tag) {
    case "OrderSending": {
      const { attempt, decisionId, instrument, intentId, leg, purpose } = event.order
      sql.intent.run(intentId, decisionId, leg, attempt, instrument, purpose, event.t0, event.settleBy, seq)
      return
    }
    case "ControlSet":
      sql.setControl.run(
        stateAfter(trading().state, event.control),
        event.by,
        event.words,
        event.incident,
        seq
      )
      return
    case "IncidentOpened":
      sql.incident.run(
        event.incident,
        event.code,
        event.severity,
        event.runbook,
        event.words,
        row.instant,
        seq
      )
      return
    default: {
      const about = moveOf(event)
      if (about === null) return
      const known = sql.intentStatus.get(about.intentId)
      if (known === undefined) return
      const status = statusAfter(known["status"] as OrderStatus, about.move)
      sql.move.run(status, event._tag === "OrderAccepted" ? event.venueOrderId : null, seq, about.intentId)
    }
  }
}

export { DDL, tablesOf }
