/**
 * Timelines on their way: each decision is handed on once, whatever becomes of its order.
 * In: records and marks of the kit. Out: assertions on what DecisionTraces was given.
 * A trace that is lost at the end of a process is the one that somebody will look for.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Layer, Scope } from "effect"
import * as Context from "effect/Context"
import { Desk } from "../../src/actors/Desk.ts"
import { Standing } from "../../src/actors/Standing.ts"
import { Timelines } from "../../src/actors/Timelines.ts"
import { DecisionTraces } from "../../src/ports/DecisionTraces.ts"
import type { DecisionTimeline } from "../../src/ports/DecisionTraces.ts"
import { MarketData } from "../../src/ports/MarketData.ts"
import { held, mark, record } from "../kit/timelines.ts"

/** Runs `use` on open timelines, ends the process, and returns what was handed on. */
const handedOn = Effect.fnUntraced(function*(use: (timelines: Timelines["Service"]) => void) {
  const given: Array<DecisionTimeline> = []
  const world = Layer.mergeAll(
    Standing.layer,
    Layer.succeed(DecisionTraces, { record: (timeline) => void given.push(timeline) }),
    Layer.succeed(Desk, { account: "paper" } as Desk["Service"]),
    Layer.mock(MarketData, {
      identity: {
        key: "test",
        demo: true,
        replayed: true,
        baseMillis: 900_000
      } as MarketData["Service"]["identity"]
    })
  )
  const scope = yield* Scope.make()
  const context = yield* Layer.buildWithScope(Layer.provide(Timelines.layer, world), scope)
  use(Context.get(context, Timelines))
  const before = given.length
  yield* Scope.close(scope, Exit.void)
  return { given, before }
})

describe("Timelines", () => {
  it.effect("a hold and a refusal are handed on at once, with their reason", () =>
    Effect.gen(function*() {
      const { before, given } = yield* handedOn((timelines) => {
        timelines.decided(held().record, [])
        timelines.decided(record({ id: "b", order: null, verdict: "Refused", reason: "coolDown" }), [])
      })
      assert.strictEqual(before, 2)
      assert.deepStrictEqual(given.map(({ outcome, words }) => [outcome, words]), [
        ["hold", "belowMinimum"],
        ["refused", "coolDown"]
      ])
    }))

  it.effect("an order is handed on when it ends, once, with the marks made meanwhile and none made later", () =>
    Effect.gen(function*() {
      const { before, given } = yield* handedOn((timelines) => {
        const made = record()
        timelines.decided(made, [mark("observe", 0, 1)])
        timelines.mark(made.id, mark("submit", 1, 1))
        timelines.finish(made.id, "ordered", "filled")
        timelines.mark(made.id, mark("fill", 2, 1))
        timelines.finish(made.id, "refused", "too late")
      })
      assert.strictEqual(before, 1)
      assert.strictEqual(given.length, 1)
      assert.strictEqual(given[0]?.outcome, "ordered")
      assert.deepStrictEqual(given[0]?.marks.map(({ stage }) => stage), ["observe", "submit"])
    }))

  it.effect("what still works when the process ends is handed on with what it has", () =>
    Effect.gen(function*() {
      const { before, given } = yield* handedOn((timelines) => {
        timelines.decided(record({ id: "a" }), [mark("observe", 0, 1)])
        timelines.decided(record({ id: "b" }), [mark("observe", 1, 1)])
      })
      assert.strictEqual(before, 0)
      assert.deepStrictEqual(
        given.map((timeline) => [timeline.record.id, timeline.outcome, timeline.words]),
        [
          ["a", "ordered", "still working when the process ended"],
          ["b", "ordered", "still working when the process ended"]
        ]
      )
    }))

  it.effect("of more than 256 open ones the oldest is handed on as an error, so that none waits for ever", () =>
    Effect.gen(function*() {
      const { before, given } = yield* handedOn((timelines) => {
        for (let index = 0; index < 257; index++) timelines.decided(record({ id: `d${index}` }), [])
      })
      assert.strictEqual(before, 1)
      assert.deepStrictEqual([given[0]?.record.id, given[0]?.outcome], ["d0", "error"])
      assert.strictEqual(given.length, 257)
    }))
})
