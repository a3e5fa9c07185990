/**
 * The losing streak's states, each way in and each way out.
 * In: results and market time. Out: paused or not, reduced or not.
 * L-9: the predecessor paused again for ever.
 */
import { assert, describe, it } from "@effect/vitest"
import {
  advanceStreak,
  isPaused,
  isRecovering,
  lossesNow,
  makeStreak,
  recordResult
} from "../../../src/engine/risk/streak.ts"
import { settingsOf } from "../desk.ts"

const { risk } = settingsOf()
const HOUR = 3_600_000

const losing = (count: number, at = 0) => {
  const streak = makeStreak()
  for (let index = 0; index < count; index++) recordResult(streak, true, at, risk)
  return streak
}

describe("streak", () => {
  it("four losses do not pause, five do, for 24 hours of market time", () => {
    assert.isFalse(isPaused(losing(4), 0))
    const streak = losing(5)
    assert.isTrue(isPaused(streak, 0))
    assert.isTrue(isPaused(streak, 24 * HOUR - 1))
    assert.isFalse(isPaused(streak, 24 * HOUR))
  })

  it("a win breaks the row", () => {
    const streak = losing(4)
    recordResult(streak, false, 0, risk)
    recordResult(streak, true, 0, risk)
    assert.strictEqual(streak.losses, 1)
  })

  it("L-9: the pause ends with a streak of zero and two reduced trades, then full size", () => {
    const streak = losing(5)
    assert.strictEqual(lossesNow(streak, HOUR), 5)
    assert.strictEqual(lossesNow(streak, 24 * HOUR), 0)
    assert.isTrue(isRecovering(streak, risk))
    advanceStreak(streak, 24 * HOUR, risk)
    assert.deepEqual(streak, { losses: 0, pausedUntil: -1, recovering: 2 })
    recordResult(streak, true, 25 * HOUR, risk)
    assert.isTrue(isRecovering(streak, risk))
    recordResult(streak, true, 26 * HOUR, risk)
    assert.isFalse(isRecovering(streak, risk))
    assert.strictEqual(streak.losses, 2)
  })

  it("L-9: another five losses pause again, and that pause ends too", () => {
    const streak = losing(5)
    for (let index = 0; index < 5; index++) recordResult(streak, true, 30 * HOUR + index, risk)
    assert.isTrue(isPaused(streak, 31 * HOUR))
    assert.isFalse(isPaused(streak, 30 * HOUR + 4 + 24 * HOUR))
  })

  it("a loss while paused neither prolongs the pause nor counts after it", () => {
    const streak = losing(5)
    recordResult(streak, true, HOUR, risk)
    assert.strictEqual(streak.pausedUntil, 24 * HOUR)
    advanceStreak(streak, 24 * HOUR, risk)
    assert.strictEqual(streak.losses, 0)
  })
})
