/**
 * A journal and a venue ledger read from their files as any program would: plain SQL, none of our code.
 * In: paths. Out: rows with text columns, the venue's balances.
 */
import { DatabaseSync } from "node:sqlite"

export interface PlainRow {
  readonly seq: number
  readonly kind: string
  readonly decision_id: string | null
  readonly body: string
  readonly hash: string
  readonly previous_hash: string
  readonly recorded_at: number
  readonly [column: string]: unknown
}

export const plainRows = (path: string): ReadonlyArray<PlainRow> => {
  const database = new DatabaseSync(path, { readOnly: true })
  const rows = database.prepare("SELECT * FROM event ORDER BY seq").all() as unknown as ReadonlyArray<
    PlainRow
  >
  database.close()
  return rows
}

/** Rows without the one column that may differ between equal runs. */
export const comparable = (rows: ReadonlyArray<PlainRow>): ReadonlyArray<string> =>
  rows.map((row) => JSON.stringify({ ...row, recorded_at: null }))

/** Decision records by decision id, as stored. */
export const decisionsOf = (rows: ReadonlyArray<PlainRow>): ReadonlyMap<string, string> => {
  const records = new Map<string, string>()
  for (const row of rows) {
    if (row.kind !== "DecisionMade") continue
    const body = JSON.parse(row.body) as { readonly record: { readonly id: string } }
    records.set(body.record.id, JSON.stringify(body.record))
  }
  return records
}
