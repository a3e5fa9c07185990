/**
 * Books that follow the journal by cursor: what Risk, Protection and Portfolio each keep for themselves.
 * In: a journal. Out: books folded up to the row asked for, and the rows just folded.
 * One fold in three actors instead of one actor that three ask (architecture 4: nobody asks on the way down).
 */
import { Effect } from "effect"
import type { JournalRow } from "../domain/Event.ts"
import type { AnyFault } from "../domain/Fault.ts"
import type { Books } from "../engine/portfolio/Books.ts"
import { makeBooks } from "../engine/portfolio/Books.ts"
import type { ClosedTrade } from "../engine/portfolio/ClosedTrade.ts"
import { settle } from "../engine/settle.ts"
import type { Journal } from "../ports/Journal.ts"
import type { Desk } from "./Desk.ts"

const PAGE = 2_000

export interface FoldedBooks {
  readonly state: Books
  /** Newest row folded. */
  readonly cursor: () => number
  /** Folds all rows up to `seq`; calls `seen` on each, with the trade it closed. */
  readonly foldTo: (
    seq: number,
    seen?: (row: JournalRow, trade: ClosedTrade | null) => void
  ) => Effect.Effect<void, AnyFault>
}

export const foldedBooks = (desk: Desk["Service"], journal: Journal["Service"]): FoldedBooks => {
  const { account, baseMillis, instrument, realMoney, settings } = desk
  const state = makeBooks({ account, instrument, settings, baseMillis, realMoney })
  let cursor = 0
  const foldTo = Effect.fnUntraced(
    function*(seq: number, seen?: (row: JournalRow, trade: ClosedTrade | null) => void) {
      while (cursor < seq) {
        const rows = yield* journal.read(cursor, Math.min(PAGE, seq - cursor))
        if (rows.length === 0) return
        for (const row of rows) {
          const trade = settle(state, row.event, row.instant)
          cursor = row.seq
          seen?.(row, trade)
        }
      }
    }
  )
  return { state, cursor: () => cursor, foldTo }
}
