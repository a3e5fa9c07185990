/**
 * The one way to change the trading state: halt, reduce, resume, journaled before it acts.
 * In: commands of an operator or of the severity table. Out: ControlSet rows; the order's own transaction obeys them.
 * In `outer`: commands survive its restarts in the mailbox.
 */
import { Context, Effect, Layer } from "effect"
import type { MarketClock } from "../ports/MarketData.ts"
import { actor } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import type { Desk } from "./Desk.ts"
import { makeDrafts } from "./drafts.ts"
import { Mailboxes } from "./Mailboxes.ts"
import type { ControlCommand } from "./messages.ts"

export class ControlActor
  extends Context.Service<ControlActor, Child<never>>()("daruma/actors/ControlActor")
{
  static readonly layer: Layer.Layer<ControlActor, never, Desk | Mailboxes | MarketClock> = Layer.effect(
    ControlActor,
    Effect.gen(function*() {
      const mailboxes = yield* Mailboxes
      const draft = yield* makeDrafts
      const onData = Effect.fnUntraced(function*({ by, control, incident, words }: ControlCommand) {
        const event = { _tag: "ControlSet", control, by, words, incident } as const
        yield* mailboxes.journal.tell({ _tag: "Append", drafts: [draft(event, null, null)] })
      })
      return ControlActor.of(
        actor({ name: "control", inbox: mailboxes.control, start: Effect.succeed({ onData }) })
      )
    })
  )
}
