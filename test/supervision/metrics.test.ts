/**
 * What the actor kit measures, read back from a registry of its own.
 * In: a crash, a parking, a sampled mailbox. Out: metric values by name and attributes.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Metric } from "effect"
import { makeMailbox } from "../../src/supervision/Mailbox.ts"
import { sampleMailboxes } from "../../src/supervision/metrics.ts"
import { group, makeStage, settle, stumble } from "./stage.ts"

const readings = Effect.map(Metric.snapshot, (all) =>
  all.map(({ attributes, id, state }) => [
    id,
    Object.values(attributes ?? {}).join(" "),
    "count" in state ? state.count : "value" in state ? state.value : undefined
  ]).toSorted())

const isolated = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.provideService(effect, Metric.MetricRegistry, new Map())

describe("metrics", () => {
  it.effect("restarts are counted by actor and reason, siblings as such, parkings by group", () =>
    isolated(Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(
        group("root", [stage.leaf("a"), stage.leaf("b")], {
          strategy: "rest_for_one",
          intensity: { max: 1, withinMillis: 1_000 },
          whenSpent: "park"
        })
      )
      yield* supervision.crash("a", stumble)
      yield* settle
      yield* supervision.crash("b", "defect")
      yield* settle
      assert.deepStrictEqual(yield* readings, [
        ["daruma_actor_parkings_total", "root", 1],
        ["daruma_actor_restarts_total", "a Stumble", 1],
        ["daruma_actor_restarts_total", "b sibling", 1]
      ])
    })))

  it.effect("a sample tells the depth of each mailbox and counts each message once", () =>
    isolated(Effect.gen(function*() {
      const box = makeMailbox<number>({ name: "feed", capacity: 8 })
      const sample = sampleMailboxes([box])
      yield* Effect.forEach([1, 2, 3], box.tell)
      box.further(2)
      yield* sample
      yield* sample
      assert.deepStrictEqual(yield* readings, [
        ["daruma_actor_mailbox_depth", "feed", 1],
        ["daruma_actor_messages_total", "feed", 2]
      ])
    })))
})
