/**
 * The simulated venue's own durable books: it must remember what it did even when we do not.
 * In: the exchange after a change. Out: the same exchange after a restart.
 * A file apart from the journal and never written from it, so that a kill leaves two parties to reconcile (decisions 35).
 */
import { Effect } from "effect"
import type { Scope } from "effect"
import type { DatabaseSync } from "node:sqlite"
import type { ApprovedOrder } from "../../src/domain/Order.ts"
import { VenueLedgerForeign, VenueLedgerUnavailable } from "../../src/errors/VenueError.ts"
import type { VenueFault } from "../../src/errors/VenueError.ts"
import { makeExchange, restoreExchange, snapshotOf } from "../../src/simulator/Exchange.ts"
import type { Exchange, ExchangeOptions, ExchangeSnapshot } from "../../src/simulator/Exchange.ts"
import { openFile } from "../journal/sqliteFile.ts"

const DDL = `
CREATE TABLE IF NOT EXISTS venue_order(
  number INTEGER PRIMARY KEY, intent_id TEXT NOT NULL UNIQUE, venue_order_id TEXT NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS report(
  report_seq INTEGER PRIMARY KEY, bar INTEGER NOT NULL, phase TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS state(
  id INTEGER PRIMARY KEY CHECK(id = 1), instrument TEXT NOT NULL, account TEXT NOT NULL,
  quote INTEGER NOT NULL, base INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE VIEW IF NOT EXISTS trade AS SELECT report_seq, bar, body ->> 'tradeId' AS trade_id, body ->> 'intentId' AS intent_id,
  body ->> 'side' AS side, body ->> 'amount' AS amount, body ->> 'price' AS price, body ->> 'fee' AS fee
  FROM report WHERE kind = 'Filled';
`

/** Orders and reports only grow; the rest is one small row. */
type Head = Omit<ExchangeSnapshot, "accepted" | "reports">

export interface VenueLedger {
  /** The exchange as last saved, or a new one. Throws when the file cannot be read. */
  readonly load: () => Exchange
  /** Writes what changed since the last save, in one transaction; `order` is the one just accepted. Throws when it cannot. */
  readonly save: (exchange: Exchange, order: ApprovedOrder | null) => void
  readonly explain: (cause: unknown) => VenueLedgerUnavailable
}

const openLedger = Effect.fn("VenueLedger.open")(
  function*(path: string, options: ExchangeOptions): Effect.fn.Return<VenueLedger, VenueFault, Scope.Scope> {
    const explain = (cause: unknown) => new VenueLedgerUnavailable({ path, words: String(cause), cause })
    const database = yield* openFile(path, "normal", DDL, explain)
    const ledger = yield* Effect.try({ try: () => ledgerOf(database, options), catch: explain })
    const found = yield* Effect.try({ try: ledger.belongsTo, catch: explain })
    const expected = `${options.instrument.id} ${options.account}`
    if (found !== null && found !== expected) return yield* new VenueLedgerForeign({ path, expected, found })
    return { load: ledger.load, save: ledger.save, explain }
  }
)

const ledgerOf = (database: DatabaseSync, options: ExchangeOptions) => {
  const sql = {
    order: database.prepare("INSERT INTO venue_order(intent_id, venue_order_id, body) VALUES(?, ?, ?)"),
    report: database.prepare("INSERT INTO report VALUES(?, ?, ?, ?, ?)"),
    state: database.prepare("INSERT OR REPLACE INTO state VALUES(1, ?, ?, ?, ?, ?)"),
    selectState: database.prepare("SELECT instrument, account, body FROM state WHERE id = 1"),
    selectOrders: database.prepare("SELECT intent_id, venue_order_id FROM venue_order ORDER BY number"),
    selectReports: database.prepare("SELECT bar, phase, body FROM report ORDER BY report_seq")
  }
  let savedReports = 0

  const load = (): Exchange => {
    const state = sql.selectState.get()
    const reports = sql.selectReports.all().map((row) => ({
      bar: Number(row["bar"]),
      phase: row["phase"] as ExchangeSnapshot["reports"][number]["phase"],
      report: JSON.parse(String(row["body"])) as ExchangeSnapshot["reports"][number]["report"]
    }))
    savedReports = reports.length
    if (state === undefined) return makeExchange(options)
    const accepted = sql.selectOrders.all().map((row) =>
      [String(row["intent_id"]), String(row["venue_order_id"])] as const
    )
    return restoreExchange(options, { ...JSON.parse(String(state["body"])) as Head, accepted, reports })
  }

  const write = (exchange: Exchange, order: ApprovedOrder | null): void => {
    if (order !== null) {
      sql.order.run(order.intentId, exchange.accepted.get(order.intentId) ?? "", JSON.stringify(order))
    }
    for (let index = savedReports; index < exchange.entries.length; index++) {
      const entry = exchange.entries[index]
      if (entry === undefined) continue
      sql.report.run(
        entry.report.reportSeq,
        entry.bar,
        entry.phase,
        entry.report._tag,
        JSON.stringify(entry.report)
      )
    }
    const { accepted: _, reports: __, ...head } = headOf(exchange)
    const { account, instrument, ledger } = head
    sql.state.run(instrument, account, ledger.quote.trader, ledger.base.trader, JSON.stringify(head))
  }

  const save = (exchange: Exchange, order: ApprovedOrder | null): void => {
    database.exec("BEGIN IMMEDIATE")
    try {
      write(exchange, order)
      database.exec("COMMIT")
      savedReports = exchange.entries.length
    } finally {
      if (database.isTransaction) database.exec("ROLLBACK")
    }
  }

  const belongsTo = (): string | null => {
    const state = sql.selectState.get()
    return state === undefined ? null : `${state["instrument"]} ${state["account"]}`
  }
  return { load, save, belongsTo }
}

// The growing parts are left out before the copy is made, not after.
const headOf = (exchange: Exchange): ExchangeSnapshot =>
  snapshotOf({ ...exchange, accepted: new Map(), entries: [] })

export { openLedger }
