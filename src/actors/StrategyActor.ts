/**
 * Rows and probabilities in, one ballot out: calls `vote`.
 * In: predictions. Out: ballots for Risk.
 * Stateless: strategies see only the observation's windows.
 */
import { Context, Effect, Layer } from "effect"
import { vote } from "../engine/strategy/tally.ts"
import { MachineTime } from "../ports/MachineTime.ts"
import { actor } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import { Desk } from "./Desk.ts"
import { Mailboxes } from "./Mailboxes.ts"
import type { PredictionMessage } from "./messages.ts"

export class StrategyActor
  extends Context.Service<StrategyActor, Child<never>>()("daruma/actors/StrategyActor")
{
  static readonly layer: Layer.Layer<StrategyActor, never, Desk | Mailboxes> = Layer.effect(
    StrategyActor,
    Effect.gen(function*() {
      const desk = yield* Desk
      const mailboxes = yield* Mailboxes
      const machine = yield* MachineTime
      const onData = ({ inferred, row }: PredictionMessage): Effect.Effect<void> => {
        const startMillis = machine.now()
        const prediction = inferred._tag === "Predicted" ? inferred.prediction : null
        const ballot = vote(desk.settings, row.observation, prediction)
        row.bar.marks.push({ stage: "vote", startMillis, endMillis: machine.now(), attributes: {} })
        return Effect.asVoid(mailboxes.risk.tell({ row, ballot }))
      }
      return StrategyActor.of(
        actor({ name: "strategy", inbox: mailboxes.strategy, start: Effect.succeed({ onData }) })
      )
    })
  )
}
