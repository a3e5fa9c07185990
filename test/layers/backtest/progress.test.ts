/**
 * The progress line: where it appears, how often, what it says.
 * In: a test clock and a stream that keeps what it is told. Out: assertions on the text.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { makeProgress, progressWords } from "../../../layers/backtest/progress.ts"
import type { ProgressMode } from "../../../src/cli/BacktestOptions.ts"

const told = (mode: ProgressMode, isTTY: boolean) =>
  Effect.gen(function*() {
    const written: Array<string> = []
    const progress = makeProgress(mode, { isTTY, write: (text) => written.push(text) })
    progress.say("reading")
    for (const done of [0, 100, 200, 300]) {
      yield* progress.update(done, 300)
      yield* TestClock.adjust(60)
    }
    progress.clear()
    return written
  })

describe("makeProgress", () => {
  it.effect("says nothing where no person looks, unless a program asked", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* told("auto", false), [])
      assert.deepStrictEqual(yield* told("off", true), [])
      assert.isNotEmpty(yield* told("json", false))
    }))

  it.effect("on a terminal one line rewrites itself, at most ten times a second, and is wiped at the end", () =>
    Effect.gen(function*() {
      const written = yield* told("auto", true)
      assert.isTrue(written.every((text) => text.startsWith("\r\u001b[2K") && !text.includes("\n")))
      assert.strictEqual(written.at(-1), "\r\u001b[2K")
      assert.deepStrictEqual(written.slice(1, -1).map((text) => text.slice(5).trim().split("  ")[0]), [
        "0 %",
        "66 %",
        "100 %"
      ])
    }))

  it.effect("as JSON each update is one object a line, and nothing else is written", () =>
    Effect.gen(function*() {
      const written = yield* told("json", true)
      const updates = written.map((text) => JSON.parse(text) as Record<string, unknown>)
      assert.isTrue(written.every((text) => text.endsWith("\n")))
      assert.deepStrictEqual(updates.map((update) => update["done"]), [0, 200, 300])
      assert.deepStrictEqual(updates.at(-1), { kind: "Progress", done: 300, total: 300, left: 0 })
    }))

  it("words: share, bars, pace and what is left", () => {
    assert.strictEqual(
      progressWords(412_345, 1_030_000, 1_200_000, 0.5),
      " 40 %  412,345 of 1,030,000 bars  1,200,000 bars/s  500 ms left"
    )
    assert.strictEqual(progressWords(0, 10, 0, null), "  0 %  0 of 10 bars")
  })
})
