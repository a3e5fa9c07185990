/**
 * Sends what the journal holds as Sending, once, and writes the answer down.
 * In: the execution bell; intents pulled by cursor. Out: Accepted, Refused, Unknown or Expired, as facts for the journal.
 * It never sends again: a new incarnation leaves intents of before to Reconciler (laws 1 and 2).
 */
import { Context, Effect, Layer } from "effect"
import type { JournalEvent, JournalRow } from "../domain/Event.ts"
import { approvedOf } from "../engine/risk/verdict.ts"
import { Journal } from "../ports/Journal.ts"
import { MachineTime } from "../ports/MachineTime.ts"
import { MarketClock } from "../ports/MarketData.ts"
import { Venue } from "../ports/Venue.ts"
import { actor } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import type { Desk } from "./Desk.ts"
import { makeDrafts } from "./drafts.ts"
import { Mailboxes } from "./Mailboxes.ts"
import { Progress } from "./Progress.ts"
import { Standing } from "./Standing.ts"
import { Timelines } from "./Timelines.ts"

/** How long after `t0` an intent may still leave (decisions 2). */
const ENTRY_MILLIS = 500
const REDUCE_MILLIS = 1_500
const PAGE = 64

type Sending = Extract<JournalEvent, { _tag: "OrderSending" }>
type Needs = Desk | Journal | Mailboxes | MarketClock | Progress | Standing | Timelines | Venue

export class ExecutionActor
  extends Context.Service<ExecutionActor, Child<never>>()("daruma/actors/ExecutionActor")
{
  static readonly layer: Layer.Layer<ExecutionActor, never, Needs> = Layer.effect(
    ExecutionActor,
    Effect.gen(function*() {
      const journal = yield* Journal
      const mailboxes = yield* Mailboxes
      const standing = yield* Standing
      const progress = yield* Progress
      const clock = yield* MarketClock
      const venue = yield* Venue
      const timelines = yield* Timelines
      const machine = yield* MachineTime
      const draft = yield* makeDrafts

      const execute = Effect.fnUntraced(function*(row: JournalRow, { order, t0 }: Sending) {
        const startMillis = machine.now()
        const window = order.purpose === "entry" ? ENTRY_MILLIS : REDUCE_MILLIS
        const event: JournalEvent = clock.now() < t0 + window
          ? answerOf(order.intentId, yield* venue.submit(approvedOf(order)))
          : { _tag: "OrderExpired", intentId: order.intentId }
        const endMillis = machine.now()
        const attributes = {
          "order.intent_id": order.intentId,
          "order.leg": order.leg,
          "order.answer": event._tag
        }
        timelines.mark(order.decisionId, { stage: "submit", startMillis, endMillis, attributes })
        yield* mailboxes.journal.tell({
          _tag: "Append",
          drafts: [draft(event, order.decisionId, String(row.seq))]
        })
        if (event._tag !== "OrderAccepted" && event._tag !== "OrderRefused") return
        timelines.mark(order.decisionId, {
          stage: "ack",
          startMillis: endMillis,
          endMillis: machine.now(),
          attributes
        })
        if (event._tag === "OrderRefused" && order.purpose !== "protect") {
          timelines.finish(order.decisionId, "refused", event.words)
        }
      })

      const start = Effect.gen(function*() {
        yield* standing.opened
        let cursor = journal.head()
        progress.executionFrom = cursor
        mailboxes.reconciler.ring()
        const onBell = Effect.gen(function*() {
          while (cursor < journal.head()) {
            for (const row of yield* journal.read(cursor, PAGE)) {
              cursor = row.seq
              if (row.event._tag === "OrderSending") yield* execute(row, row.event)
            }
          }
        })
        return { onData: () => Effect.void, onBell }
      })
      return ExecutionActor.of(actor({ name: "execution", inbox: mailboxes.execution, start }))
    })
  )
}

const answerOf = (
  intentId: string,
  outcome: Effect.Success<ReturnType<Venue["Service"]["submit"]>>
): JournalEvent => {
  switch (outcome._tag) {
    case "Accepted":
      return { _tag: "OrderAccepted", intentId, venueOrderId: outcome.venueOrderId }
    case "Refused":
      return { _tag: "OrderRefused", intentId, code: outcome.code, words: outcome.words }
    case "Unknown":
      return { _tag: "OrderUnknown", intentId, words: outcome.words }
  }
}
