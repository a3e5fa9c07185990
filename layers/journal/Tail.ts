/**
 * The newest rows in memory, written or about to be.
 * In: rows in order. Out: the same row objects to readers that are close behind, which all of them normally are.
 * Here so that following the journal costs neither a query nor a decode.
 */
import type { JournalRow } from "../../src/domain/Event.ts"

const KEEP = 4_096

export class Tail {
  #rows: Array<JournalRow> = []

  push(row: JournalRow): void {
    this.#rows.push(row)
    if (this.#rows.length >= 2 * KEEP) this.#rows = this.#rows.slice(-KEEP)
  }

  /** Forgets rows after `seq`: their commit failed. */
  cut(seq: number): void {
    while ((this.#rows.at(-1)?.seq ?? 0) > seq) this.#rows.pop()
  }

  /** Rows after `after`, or undefined when they reach further back than memory does. */
  read(after: number, limit: number): ReadonlyArray<JournalRow> | undefined {
    const first = this.#rows[0]
    if (first === undefined || after + 1 < first.seq) return undefined
    const start = after + 1 - first.seq
    return this.#rows.slice(start, start + limit)
  }
}
