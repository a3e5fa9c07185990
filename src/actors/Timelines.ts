/**
 * Stage marks of decisions on their way, until their outcome is known.
 * In: records and marks from Journal, Execution and Protection. Out: one finished timeline a decision, to DecisionTraces.
 * Bounded: a decision that never ends is handed on with what it has when 256 others wait, or when the process ends.
 */
import { Context, Effect, Layer } from "effect"
import type { DecisionRecord } from "../domain/Decision.ts"
import { DecisionTraces } from "../ports/DecisionTraces.ts"
import type { DecisionTimeline, StageMark } from "../ports/DecisionTraces.ts"
import { MarketData } from "../ports/MarketData.ts"
import { Desk } from "./Desk.ts"
import { measureOrder } from "./metrics.ts"
import { Standing } from "./Standing.ts"

const BOUND = 256

export class Timelines extends Context.Service<Timelines, {
  /** Journaled: holds and refusals are finished here, orders go on. */
  readonly decided: (record: DecisionRecord, marks: ReadonlyArray<StageMark>) => void
  /** Something happened to an order of that decision. */
  readonly mark: (decisionId: string, mark: StageMark) => void
  readonly finish: (decisionId: string, outcome: DecisionTimeline["outcome"], words: string) => void
}>()("daruma/actors/Timelines") {
  static readonly layer: Layer.Layer<Timelines, never, Desk | MarketData | Standing> = Layer.effect(
    Timelines,
    Effect.gen(function*() {
      const traces = yield* DecisionTraces
      const desk = yield* Desk
      const market = yield* MarketData
      const standing = yield* Standing
      const open = new Map<string, { readonly record: DecisionRecord; readonly marks: Array<StageMark> }>()

      const handOn = (
        record: DecisionRecord,
        marks: ReadonlyArray<StageMark>,
        outcome: DecisionTimeline["outcome"],
        words: string
      ) => {
        const epoch = standing.current()?.epoch ?? 0
        if (outcome === "ordered") measureOrder(marks)
        traces.record({
          record,
          marks,
          outcome,
          words,
          account: desk.account,
          epoch,
          demo: market.identity.demo
        })
      }
      const finish = (decisionId: string, outcome: DecisionTimeline["outcome"], words: string) => {
        const found = open.get(decisionId)
        if (found === undefined) return
        open.delete(decisionId)
        handOn(found.record, found.marks, outcome, words)
      }
      yield* Effect.addFinalizer(() =>
        Effect.sync(() => {
          for (const id of open.keys()) finish(id, "ordered", "still working when the process ended")
        })
      )
      return {
        decided: (record, marks) => {
          if (record.order === null) {
            return handOn(record, marks, record.verdict === "Refused" ? "refused" : "hold", record.reason)
          }
          if (open.size >= BOUND) {
            for (const oldest of open.keys()) {
              finish(oldest, "error", "its end was not seen")
              break
            }
          }
          open.set(record.id, { record, marks: [...marks] })
        },
        mark: (decisionId, mark) => {
          open.get(decisionId)?.marks.push(mark)
        },
        finish
      }
    })
  )
}
