/**
 * Every mailbox holds one message and more than 100,000 pass: no deadlock, and the decisions of the bare loop (decisions 3).
 * In: 20,000 synthetic bars. Out: equal records; the count of messages taken.
 */
import { it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { assert } from "vitest"
import { Mailboxes } from "../../src/actors/Mailboxes.ts"
import { byLoop } from "../kit/drivers.ts"
import { decisionsIn, desk, deskOn, play } from "./stage.ts"

const BARS = 20_000

it.live(
  "mailboxes of one move more than 100,000 messages and decide what the bare loop decides",
  () =>
    Effect.gen(function*() {
      const options = { ...deskOn(3, BARS), capacity: 1 }
      const boxes = yield* Effect.provide(Mailboxes, Mailboxes.layer(1))
      const ran = yield* play(desk(options, Layer.succeed(Mailboxes, boxes)))
      const taken = Object.values(boxes).reduce((sum, box) => sum + box.handled(), 0)
      assert.isAbove(taken, 100_000)
      const decisions = decisionsIn(ran.rows)
      const expected = byLoop(options).decisions
      assert.strictEqual(decisions.length, BARS)
      decisions.forEach((record, index) => assert.strictEqual(record, expected[index]))
      assert.deepStrictEqual(ran.books.ours, ran.books.theirs)
    }),
  120_000
)
