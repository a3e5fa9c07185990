/**
 * Finds out what nobody knows: orphaned intents at boot and after a crash, and whether the venue's books equal ours.
 * In: its bell. Out: OrderAccepted or OrderAbsent with the venue's proof; `converged` once both sides agree.
 * Nothing is decided before it says so (law 6, decisions 35); what cannot be read changes nothing (law 3).
 */
import { Context, Effect, Layer, Schedule } from "effect"
import type { JournalEvent } from "../domain/Event.ts"
import { LookupUnreadable } from "../errors/VenueError.ts"
import { MachineTime } from "../ports/MachineTime.ts"
import type { MarketClock } from "../ports/MarketData.ts"
import { Venue } from "../ports/Venue.ts"
import { actor } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import type { Desk } from "./Desk.ts"
import { makeDrafts } from "./drafts.ts"
import { Mailboxes } from "./Mailboxes.ts"
import { Progress } from "./Progress.ts"
import type { IntentProgress } from "./Progress.ts"
import { Standing } from "./Standing.ts"

type Needs = Desk | Mailboxes | MarketClock | Progress | Standing | Venue

/** Looks again while the venue's answer cannot be read: 0.2, 0.4, 0.8 … s, five times (reliability 6.3). */
const lookAgain = Schedule.exponential("200 millis").pipe(Schedule.upTo({ times: 5 }))

export class ReconcilerActor
  extends Context.Service<ReconcilerActor, Child<never>>()("daruma/actors/ReconcilerActor")
{
  static readonly layer: Layer.Layer<ReconcilerActor, never, Needs> = Layer.effect(
    ReconcilerActor,
    Effect.gen(function*() {
      const mailboxes = yield* Mailboxes
      const standing = yield* Standing
      const progress = yield* Progress
      const machine = yield* MachineTime
      const venue = yield* Venue
      const draft = yield* makeDrafts

      /** Intents that no living Execution will answer: written before it started, or answered Unknown. */
      const orphans = (): ReadonlyArray<IntentProgress> =>
        [...progress.unresolved.values()].filter((intent) =>
          intent.status === "Unknown" || intent.seq <= progress.executionFrom
        )

      const resolve = Effect.fnUntraced(function*({ order, seq }: IntentProgress) {
        const look = Effect.gen(function*() {
          const found = yield* venue.lookup(order.intentId)
          if (found._tag === "Unreadable") {
            return yield* new LookupUnreadable({ intentId: order.intentId, words: found.words })
          }
          return found
        })
        const found = yield* Effect.retry(look, lookAgain)
        const event: JournalEvent = found._tag === "Found"
          ? { _tag: "OrderAccepted", intentId: order.intentId, venueOrderId: found.venueOrderId }
          : { _tag: "OrderAbsent", intentId: order.intentId }
        yield* mailboxes.journal.tell({
          _tag: "Append",
          drafts: [draft(event, order.decisionId, String(seq))]
        })
      })

      const start = Effect.gen(function*() {
        yield* standing.opened
        progress.converged = false
        const settled = new Set<string>()
        const onBell = Effect.gen(function*() {
          for (const orphan of orphans()) {
            if (settled.has(orphan.order.intentId)) continue
            yield* resolve(orphan)
            settled.add(orphan.order.intentId)
          }
          if (progress.converged || progress.unresolved.size > 0) return
          const unheard = yield* venue.reports(progress.reportSeq)
          if (unheard.length > 0) return mailboxes.venue.ring()
          progress.converged = true
          progress.reconciledAt = machine.now()
          mailboxes.feed.ring()
          mailboxes.protection.ring()
        })
        return { onData: () => Effect.void, onBell }
      })
      return ReconcilerActor.of(actor({ name: "reconciler", inbox: mailboxes.reconciler, start }))
    })
  )
}
