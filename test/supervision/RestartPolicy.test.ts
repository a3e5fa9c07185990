/**
 * The arithmetic of restarting, at its edges.
 * In: instants and steps. Out: windows and delays.
 */
import { assert, describe, it } from "@effect/vitest"
import {
  backoffMillis,
  isSpent,
  nextAttempt,
  nextParkStep,
  parkMillis,
  spend
} from "../../src/supervision/RestartPolicy.ts"

describe("RestartPolicy", () => {
  it("a failure leaves the window when it is exactly as old as the window is long", () => {
    const window = spend([{ atMillis: 0, weight: 1 }, { atMillis: 1, weight: 1 }], {
      atMillis: 1_000,
      weight: 1
    }, 1_000)
    assert.deepStrictEqual(window.map((one) => one.atMillis), [1, 1_000])
  })

  it("the budget is spent by more than max, not by max itself", () => {
    const window = [{ atMillis: 0, weight: 2 }, { atMillis: 0, weight: 1 }]
    assert.isFalse(isSpent(window, 3))
    assert.isTrue(isSpent(window, 2))
    assert.isTrue(isSpent([{ atMillis: 0, weight: 1 }], 0))
  })

  it("an attempt starts over only after a whole quiet window since the restart", () => {
    assert.strictEqual(nextAttempt(undefined, 0, 1_000), 0)
    assert.strictEqual(nextAttempt({ attempt: 3, restartedAtMillis: 500 }, 1_499, 1_000), 4)
    assert.strictEqual(nextAttempt({ attempt: 3, restartedAtMillis: 500 }, 1_500, 1_000), 0)
    assert.strictEqual(nextAttempt({ attempt: 3, restartedAtMillis: null }, 99_999, 1_000), 4)
  })

  it("a delay stays a number however often a child has failed, also where restarts are immediate", () => {
    assert.strictEqual(backoffMillis(1_024, { firstMillis: 0, maxMillis: 0 }, 0), 0)
    assert.strictEqual(backoffMillis(5_000, { firstMillis: 1, maxMillis: 30_000 }, 0.5), 15_000)
    assert.strictEqual(parkMillis(5_000), 600_000)
  })

  it("rests double from one minute to ten and start over after ten minutes of running", () => {
    assert.deepStrictEqual([0, 1, 2, 3, 4, 9].map(parkMillis), [
      60_000,
      120_000,
      240_000,
      480_000,
      600_000,
      600_000
    ])
    assert.deepStrictEqual([nextParkStep(4, 599_999), nextParkStep(4, 600_000)], [5, 0])
  })
})
