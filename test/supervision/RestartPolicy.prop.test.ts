/**
 * The backoff, over all steps, bounds and chances.
 * In: attempt, bounds, chance. Out: a delay within its bounds.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { backoffMillis } from "../../src/supervision/RestartPolicy.ts"

const whole = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

describe("RestartPolicy", () => {
  it.prop(
    "a delay is a whole number of milliseconds between 0 and the longest, and zero chance is zero delay",
    { attempt: whole(0, 2_000), first: whole(0, 100_000), extra: whole(0, 100_000), chance: whole(0, 999) },
    ({ attempt, chance, extra, first }) => {
      const backoff = { firstMillis: first, maxMillis: first + extra }
      const delay = backoffMillis(attempt, backoff, chance / 1_000)
      assert.isTrue(Number.isSafeInteger(delay) && delay >= 0 && delay <= backoff.maxMillis)
      assert.strictEqual(backoffMillis(attempt, backoff, 0), 0)
    },
    { arbitrary: { runs: 200 } }
  )
})
