/**
 * Keeps the books a second time and compares them with the venue's own after every change.
 * In: its bell, rows by cursor. Out: finished decision timelines; LedgerMismatch (Critical) when the parties disagree.
 * The venue is the truth for limits, the journal for history: here the two are held together (architecture 5).
 */
import { Context, Effect, Layer } from "effect"
import type { JournalEvent, JournalRow } from "../domain/Event.ts"
import { LedgerMismatch } from "../errors/LedgerError.ts"
import { Journal } from "../ports/Journal.ts"
import { MachineTime } from "../ports/MachineTime.ts"
import { Venue } from "../ports/Venue.ts"
import { actor } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import { foldedBooks } from "./booksOfJournal.ts"
import { Desk } from "./Desk.ts"
import { Mailboxes } from "./Mailboxes.ts"
import { Standing } from "./Standing.ts"
import { Timelines } from "./Timelines.ts"

type Needs = Desk | Journal | Mailboxes | Standing | Timelines | Venue

export class PortfolioActor
  extends Context.Service<PortfolioActor, Child<never>>()("daruma/actors/PortfolioActor")
{
  static readonly layer: Layer.Layer<PortfolioActor, never, Needs> = Layer.effect(
    PortfolioActor,
    Effect.gen(function*() {
      const desk = yield* Desk
      const journal = yield* Journal
      const mailboxes = yield* Mailboxes
      const standing = yield* Standing
      const venue = yield* Venue
      const timelines = yield* Timelines
      const machine = yield* MachineTime

      const start = Effect.gen(function*() {
        yield* standing.opened
        const books = foldedBooks(desk, journal)
        let reportSeq = 0
        let comparedSeq = 0
        const finished: Array<Finished> = []
        /** Why the newest intent did not reach the venue; final once its decision is closed. */
        let unsent: Finished | null = null
        const seen = (row: JournalRow) => {
          const { decisionId, event } = row
          if (event._tag === "VenueReported") reportSeq = event.report.reportSeq
          if (decisionId === null) return
          unsent = unsentAfter(event, decisionId, unsent)
          const end = endOf(event, decisionId, unsent)
          if (end !== null) finished.push(end)
        }
        const compare = Effect.gen(function*() {
          const theirs = yield* venue.account
          // They may have moved on meanwhile: books of two different moments prove nothing.
          if (theirs.lastReportSeq !== reportSeq) return
          comparedSeq = reportSeq
          const ours = { quote: books.state.account.quote, base: books.state.base }
          if (ours.quote === theirs.quote && ours.base === theirs.base) return
          return yield* new LedgerMismatch({
            ourQuote: ours.quote,
            theirQuote: theirs.quote,
            ourBase: ours.base,
            theirBase: theirs.base,
            reportSeq
          })
        })
        const onBell = Effect.gen(function*() {
          const startMillis = machine.now()
          yield* books.foldTo(journal.head(), seen)
          const endMillis = machine.now()
          for (const { decisionId, outcome, words } of finished.splice(0)) {
            timelines.mark(decisionId, { stage: "settle", startMillis, endMillis, attributes: {} })
            timelines.finish(decisionId, outcome, words)
          }
          if (reportSeq > comparedSeq) yield* compare
        })
        return { onData: () => Effect.void, onBell }
      })
      return PortfolioActor.of(actor({ name: "portfolio", inbox: mailboxes.portfolio, start }))
    })
  )
}

interface Finished {
  readonly decisionId: string
  readonly outcome: "ordered" | "refused"
  readonly words: string
}

/** Denied, expired and absent intents never reached the venue; a new attempt begins anew. */
const unsentAfter = (event: JournalEvent, decisionId: string, before: Finished | null): Finished | null => {
  switch (event._tag) {
    case "OrderDenied":
      return { decisionId, outcome: "refused", words: event.words }
    case "OrderExpired":
    case "OrderAbsent":
      return {
        decisionId,
        outcome: "refused",
        words: event._tag === "OrderExpired" ? "not sent in time" : "the venue never had it"
      }
    case "OrderSending":
      return null
    default:
      return before
  }
}

/** The end of a decision with an order: its fill, its cancellation, or a close without anything at the venue. */
const endOf = (event: JournalEvent, decisionId: string, unsent: Finished | null): Finished | null => {
  if (event._tag === "DecisionClosed") return unsent?.decisionId === decisionId ? unsent : null
  if (event._tag !== "VenueReported") return null
  const { report } = event
  if (report._tag === "Filled" && report.complete) return { decisionId, outcome: "ordered", words: "filled" }
  return report._tag === "Canceled" ? { decisionId, outcome: "ordered", words: report.words } : null
}
