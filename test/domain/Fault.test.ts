import { it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { assert, describe } from "vitest"
import { Fault } from "../../src/domain/Fault.ts"
import type { AnyFault } from "../../src/domain/Fault.ts"

class Stale extends Fault<Stale>()("Stale", "Medium", "feed-stale", { ageMillis: Schema.Finite }) {
  override get message() {
    return `the last candle is ${this.ageMillis} ms old`
  }
}

describe("Fault", () => {
  it.effect("carries severity and runbook with its facts, and is caught by its tag (decisions 19)", () =>
    Effect.gen(function*() {
      const failing: Effect.Effect<never, AnyFault> = Effect.fail(new Stale({ ageMillis: 7 }))
      const fault = yield* Effect.flip(failing)
      assert.deepStrictEqual([fault._tag, fault.severity, fault.runbook, fault.message], [
        "Stale",
        "Medium",
        "feed-stale",
        "the last candle is 7 ms old"
      ])
      const caught = yield* Effect.catchTag(
        new Stale({ ageMillis: 1 }),
        "Stale",
        (stale) => Effect.succeed(stale.ageMillis)
      )
      assert.strictEqual(caught, 1)
    }))

  it.effect("checks its facts against their schema", () =>
    Effect.sync(() => assert.throws(() => new Stale({ ageMillis: Number.NaN }))))
})
