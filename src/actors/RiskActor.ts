/**
 * The narrow gate: folds the journal up to the bar's close, checks the ballot, plans the order.
 * In: ballots. Out: decisions, with an approved order or a reasoned nothing, for the journal to commit.
 * Its books are a fold of the journal and nothing else, so a restart cannot forget a limit (I29, L-10).
 */
import { Context, Effect, Layer } from "effect"
import { check } from "../engine/decide.ts"
import { mark } from "../engine/mark.ts"
import { Journal } from "../ports/Journal.ts"
import { MachineTime } from "../ports/MachineTime.ts"
import { MarketClock } from "../ports/MarketData.ts"
import { actor } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import { foldedBooks } from "./booksOfJournal.ts"
import { Desk } from "./Desk.ts"
import { Mailboxes } from "./Mailboxes.ts"
import { gaugeEquity } from "./metrics.ts"
import type { BallotMessage } from "./messages.ts"
import { Standing } from "./Standing.ts"

export class RiskActor extends Context.Service<RiskActor, Child<never>>()("daruma/actors/RiskActor") {
  static readonly layer: Layer.Layer<RiskActor, never, Desk | Journal | Mailboxes | MarketClock | Standing> =
    Layer.effect(
      RiskActor,
      Effect.gen(function*() {
        const desk = yield* Desk
        const journal = yield* Journal
        const mailboxes = yield* Mailboxes
        const standing = yield* Standing
        const machine = yield* MachineTime
        const clock = yield* MarketClock
        return RiskActor.of(actor({
          name: "risk",
          inbox: mailboxes.risk,
          start: Effect.gen(function*() {
            yield* standing.opened
            const books = foldedBooks(desk, journal)
            const onData = Effect.fnUntraced(function*({ ballot, row }: BallotMessage) {
              const { bar, observation } = row
              const startMillis = machine.now()
              yield* books.foldTo(bar.foldedSeq)
              mark(books.state, observation.bar, observation.gapBars)
              const checked = check(books.state, observation, ballot, clock.now())
              const checkedMillis = machine.now()
              bar.marks.push({ stage: "check", startMillis, endMillis: checkedMillis, attributes: {} })
              const isWanted = typeof checked === "function"
              const decision = isWanted ? checked() : checked
              if (isWanted) {
                bar.marks.push({
                  stage: "plan",
                  startMillis: checkedMillis,
                  endMillis: machine.now(),
                  attributes: {}
                })
              }
              gaugeEquity(books.state)
              yield* mailboxes.journal.tell({ _tag: "Commit", bar, decision })
            })
            return { onData }
          })
        }))
      })
    )
}
