/**
 * Rows in, what the models say out.
 * In: feature rows. Out: the row with its prediction, or with the reason why there is none (decisions 14).
 * Stateless: the port holds the models, a new incarnation starts empty.
 */
import { Context, Effect, Layer } from "effect"
import { Inference } from "../ports/Inference.ts"
import { MachineTime } from "../ports/MachineTime.ts"
import { actor } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import { Mailboxes } from "./Mailboxes.ts"
import type { RowMessage } from "./messages.ts"

export class InferenceActor
  extends Context.Service<InferenceActor, Child<never>>()("daruma/actors/InferenceActor")
{
  static readonly layer: Layer.Layer<InferenceActor, never, Inference | Mailboxes> = Layer.effect(
    InferenceActor,
    Effect.gen(function*() {
      const inference = yield* Inference
      const mailboxes = yield* Mailboxes
      const machine = yield* MachineTime
      let isTold = false
      /** Said once a process; each decision carries `mode=rules` besides (decisions 14). */
      const tellMissing = (words: string) =>
        Effect.suspend(() => {
          if (isTold) return Effect.void
          isTold = true
          return mailboxes.incident.tell({
            code: "ModelMissing",
            severity: "Medium",
            runbook: "model-missing",
            words
          })
        })
      const onData = Effect.fnUntraced(function*(row: RowMessage) {
        const startMillis = machine.now()
        const inferred = yield* inference.predict(row.observation.features)
        if (inferred._tag === "Missing") yield* tellMissing(inferred.words)
        const model = inferred._tag === "Predicted" ? inferred.prediction.modelHash : inferred.words
        row.bar.marks.push({
          stage: "predict",
          startMillis,
          endMillis: machine.now(),
          attributes: { "trading.model": model }
        })
        yield* mailboxes.strategy.tell({ row, inferred })
      })
      return InferenceActor.of(
        actor({ name: "inference", inbox: mailboxes.inference, start: Effect.succeed({ onData }) })
      )
    })
  )
}
