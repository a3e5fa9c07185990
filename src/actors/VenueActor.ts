/**
 * Listens to the venue: pulls its reports by cursor and has them written down.
 * In: the venue bell. Out: VenueReported rows, each report once, in the venue's own order.
 * The cursor is the journal's newest report, so a crash can neither lose nor double one (C-20).
 */
import { Context, Effect, Layer } from "effect"
import type { VenueReport } from "../domain/Order.ts"
import { MachineTime } from "../ports/MachineTime.ts"
import type { MarketClock } from "../ports/MarketData.ts"
import { Venue } from "../ports/Venue.ts"
import { actor } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import type { Desk } from "./Desk.ts"
import { makeDrafts } from "./drafts.ts"
import { Mailboxes } from "./Mailboxes.ts"
import { Progress } from "./Progress.ts"
import { Standing } from "./Standing.ts"
import { Timelines } from "./Timelines.ts"

type Needs = Desk | Mailboxes | MarketClock | Progress | Standing | Timelines | Venue

export class VenueActor extends Context.Service<VenueActor, Child<never>>()("daruma/actors/VenueActor") {
  static readonly layer: Layer.Layer<VenueActor, never, Needs> = Layer.effect(
    VenueActor,
    Effect.gen(function*() {
      const mailboxes = yield* Mailboxes
      const standing = yield* Standing
      const progress = yield* Progress
      const venue = yield* Venue
      const timelines = yield* Timelines
      const machine = yield* MachineTime
      const draft = yield* makeDrafts

      const traced = (report: VenueReport, startMillis: number, endMillis: number) => {
        if (report._tag !== "Filled") return
        const decisionId = decisionOf(report.intentId)
        const attributes = {
          "order.intent_id": report.intentId,
          "trade.id": report.tradeId,
          "order.liquidity": report.liquidity
        }
        timelines.mark(decisionId, { stage: "fill", startMillis, endMillis, attributes })
      }
      const start = Effect.gen(function*() {
        yield* standing.opened
        let told = progress.reportSeq
        const onBell = Effect.gen(function*() {
          if (told < progress.reportSeq) told = progress.reportSeq
          const startMillis = machine.now()
          const reports = yield* venue.reports(told)
          if (reports.length === 0) return
          const endMillis = machine.now()
          // Before they are told: whoever settles them closes the timeline.
          for (const report of reports) traced(report, startMillis, endMillis)
          const drafts = reports.map((report) => {
            const decisionId = report._tag === "InterestCharged" ? null : decisionOf(report.intentId)
            return draft(
              { _tag: "VenueReported", report },
              decisionId,
              report._tag === "InterestCharged" ? null : report.intentId
            )
          })
          yield* mailboxes.journal.tell({ _tag: "Append", drafts })
          for (const report of reports) told = report.reportSeq
        })
        return { onData: () => Effect.void, onBell }
      })
      return VenueActor.of(actor({ name: "venue", inbox: mailboxes.venue, start }))
    })
  )
}

/** An intent id is `decisionId#leg.attempt`. */
const decisionOf = (intentId: string): string => intentId.slice(0, intentId.lastIndexOf("#"))
