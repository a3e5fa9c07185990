/**
 * Keeps every position covered: stop first, then target, one leg at a time (decisions 5, 39).
 * In: its bell, books folded from the journal. Out: protective legs for the journal, and ProtectionChecked once it is done.
 * Level-triggered: it looks at what is, so a crash between fill and stop is repaired by looking again (L-30, P-34).
 */
import { Context, Effect, Layer } from "effect"
import type { JournalRow } from "../domain/Event.ts"
import { nextProtection, protectionState } from "../engine/execution/protection.ts"
import { ProtectionDenied } from "../errors/LedgerError.ts"
import { Journal } from "../ports/Journal.ts"
import { MarketClock } from "../ports/MarketData.ts"
import { actor } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import { foldedBooks } from "./booksOfJournal.ts"
import { Desk } from "./Desk.ts"
import { makeDrafts } from "./drafts.ts"
import { Mailboxes } from "./Mailboxes.ts"
import { Progress } from "./Progress.ts"
import { Standing } from "./Standing.ts"

type Needs = Desk | Journal | Mailboxes | MarketClock | Progress | Standing

export class ProtectionActor
  extends Context.Service<ProtectionActor, Child<never>>()("daruma/actors/ProtectionActor")
{
  static readonly layer: Layer.Layer<ProtectionActor, never, Needs> = Layer.effect(
    ProtectionActor,
    Effect.gen(function*() {
      const desk = yield* Desk
      const journal = yield* Journal
      const mailboxes = yield* Mailboxes
      const standing = yield* Standing
      const clock = yield* MarketClock
      const progress = yield* Progress
      const draft = yield* makeDrafts

      const start = Effect.gen(function*() {
        yield* standing.opened
        const books = foldedBooks(desk, journal)
        let reportRow = 0
        let checkedThrough = 0
        let waitingFor: string | null = null
        let denied: string | null = null
        const seen = (row: JournalRow) => {
          if (row.event._tag === "VenueReported") reportRow = row.seq
          if (row.event._tag === "ProtectionChecked") checkedThrough = row.event.throughSeq
          if (!("intentId" in row.event) || row.event.intentId !== waitingFor) return
          waitingFor = null
          if (row.event._tag === "OrderDenied") denied = row.event.words
        }
        const onBell = Effect.gen(function*() {
          yield* books.foldTo(journal.head(), seen)
          // Asking again at once would ask for ever: the supervisor paces it, and its budget ends it.
          if (denied !== null) {
            return yield* new ProtectionDenied({ instrument: desk.instrument.id, words: denied })
          }
          if (waitingFor !== null || !progress.converged) return
          const order = nextProtection(books.state, clock.now())
          if (order !== null) {
            waitingFor = order.intentId
            yield* mailboxes.journal.tell({ _tag: "Protect", order })
            return
          }
          if (reportRow <= checkedThrough) return
          checkedThrough = reportRow
          const state = protectionState(books.state)
          const event = { _tag: "ProtectionChecked", throughSeq: reportRow, state } as const
          yield* mailboxes.journal.tell({ _tag: "Append", drafts: [draft(event, null, String(reportRow))] })
        })
        return { onData: () => Effect.void, onBell }
      })
      return ProtectionActor.of(actor({ name: "protection", inbox: mailboxes.protection, start }))
    })
  )
}
