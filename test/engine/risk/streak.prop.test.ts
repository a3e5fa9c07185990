/**
 * Every pause has an exit.
 * In: any run of wins and losses. Out: no pause longer than its length.
 * L-9: the predecessor paused for ever.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { advanceStreak, isPaused, makeStreak, recordResult } from "../../../src/engine/risk/streak.ts"
import { settingsOf } from "../desk.ts"

const { risk } = settingsOf()
const HOUR = 3_600_000

describe("streak", () => {
  it.prop(
    "L-9: from any history a pause ends within its length",
    { results: Schema.Array(Schema.Boolean) },
    ({ results }) => {
      const streak = makeStreak()
      results.forEach((lost, index) => recordResult(streak, lost, index * HOUR, risk))
      assert.isFalse(isPaused(streak, (results.length + 24) * HOUR))
      advanceStreak(streak, (results.length + 24) * HOUR, risk)
      assert.isBelow(streak.losses, risk.lossStreak)
    },
    { arbitrary: { runs: 200, seed: 3 } }
  )
})
