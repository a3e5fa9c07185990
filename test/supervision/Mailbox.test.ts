/**
 * The mailbox: order of lanes, back-pressure, closing, and that a cycle with bells cannot deadlock.
 * In: mailboxes without a supervisor. Out: verdicts.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { CONTROL_CAPACITY, makeMailbox } from "../../src/supervision/Mailbox.ts"
import type { Inbox } from "../../src/supervision/Mailbox.ts"

/** One look, as words. */
const look = <D, C>(inbox: Inbox<D, C>): string =>
  inbox.turn<string>({
    control: (message) => `control ${message}`,
    bell: () => "bell",
    data: (message) => `data ${message}`,
    empty: () => "empty",
    closed: () => "closed"
  })

const looks = <D, C>(inbox: Inbox<D, C>, count: number): ReadonlyArray<string> =>
  Array.from({ length: count }, () => look(inbox))

describe("Mailbox", () => {
  it.effect("a control message is looked at before the bell, the bell before data told earlier", () =>
    Effect.gen(function*() {
      const box = makeMailbox<string, string>({ name: "box", capacity: 4 })
      yield* box.tell("one")
      yield* box.tell("two")
      box.ring()
      yield* box.command("halt")
      assert.deepStrictEqual(looks(box, 3), ["control halt", "bell", "data one"])
      yield* box.command("resume")
      assert.deepStrictEqual(looks(box, 3), ["control resume", "data two", "empty"])
    }))

  it.effect("any number of rings before one look are one bell", () =>
    Effect.sync(() => {
      const box = makeMailbox<string>({ name: "box", capacity: 1 })
      box.ring()
      box.ring()
      box.ring()
      assert.deepStrictEqual(looks(box, 2), ["bell", "empty"])
    }))

  it.effect("messages keep their order while the ring buffer wraps around", () =>
    Effect.gen(function*() {
      const box = makeMailbox<number>({ name: "box", capacity: 3 })
      const seen: Array<number> = []
      for (let i = 0; i < 100; i += 2) {
        yield* box.tell(i)
        yield* box.tell(i + 1)
        seen.push(...box.further(2))
      }
      assert.deepStrictEqual(seen, Array.from({ length: 100 }, (_, i) => i))
      assert.strictEqual(box.handled(), 100)
    }))

  it.effect("a teller suspends while the lane is full, and tellers are served in the order they came", () =>
    Effect.gen(function*() {
      const box = makeMailbox<string>({ name: "box", capacity: 1 })
      const accepted: Array<string> = []
      const teller = (message: string) =>
        Effect.map(box.tell(message), (ok) => accepted.push(`${message} ${ok}`))
      yield* teller("a")
      yield* Effect.forkChild(teller("b"), { startImmediately: true })
      yield* Effect.forkChild(teller("c"), { startImmediately: true })
      yield* Effect.yieldNow
      assert.deepStrictEqual(accepted, ["a true"])
      assert.strictEqual(box.depth(), 1)
      assert.strictEqual(look(box), "data a")
      yield* Effect.yieldNow
      yield* Effect.yieldNow
      assert.deepStrictEqual(accepted, ["a true", "b true"])
      assert.deepStrictEqual(looks(box, 3), ["data b", "data c", "empty"])
    }))

  it.effect("a teller that is interrupted while it waits leaves no message behind", () =>
    Effect.gen(function*() {
      const box = makeMailbox<string>({ name: "box", capacity: 1 })
      yield* box.tell("a")
      const gone = yield* Effect.forkChild(box.tell("gone"), { startImmediately: true })
      yield* Effect.forkChild(box.tell("b"), { startImmediately: true })
      yield* Fiber.interrupt(gone)
      assert.deepStrictEqual(looks(box, 3), ["data a", "data b", "empty"])
    }))

  it.effect("the control lane holds 64 commands and makes the next one wait, never sheds it", () =>
    Effect.gen(function*() {
      const box = makeMailbox<string, number>({ name: "box", capacity: 1 })
      yield* Effect.forEach(Array.from({ length: CONTROL_CAPACITY }, (_, i) => i), box.command)
      const late = yield* Effect.forkChild(box.command(64), { startImmediately: true })
      assert.isUndefined(late.pollUnsafe())
      assert.strictEqual(box.depth(), 64)
      const seen = looks(box, 66)
      assert.deepStrictEqual(seen.slice(-2), ["control 64", "empty"])
      assert.isTrue(yield* Fiber.join(late))
    }))

  it.effect("close: what is buffered and who waits is still delivered, later tells and commands return false", () =>
    Effect.gen(function*() {
      const box = makeMailbox<string, string>({ name: "box", capacity: 1 })
      yield* box.tell("a")
      yield* Effect.forkChild(box.tell("waits"), { startImmediately: true })
      yield* box.close
      assert.isFalse(yield* box.tell("late"))
      assert.isFalse(yield* box.command("late"))
      assert.deepStrictEqual(looks(box, 4), ["data a", "data waits", "closed", "closed"])
    }))

  it.effect("arrival waits for a tell, a command, a ring or the close", () =>
    Effect.gen(function*() {
      const box = makeMailbox<string, string>({ name: "box", capacity: 1 })
      const wakes: ReadonlyArray<Effect.Effect<unknown>> = [
        box.tell("a"),
        box.command("b"),
        Effect.sync(() => box.ring()),
        box.close
      ]
      for (const wake of wakes) {
        const waits = yield* Effect.forkChild(box.arrival, { startImmediately: true })
        yield* Effect.yieldNow
        assert.isUndefined(waits.pollUnsafe())
        yield* wake
        yield* Fiber.join(waits)
        look(box)
      }
      yield* box.arrival
    }))

  it.effect("a ring never runs the receiver inside the ringer's stack", () =>
    Effect.gen(function*() {
      const box = makeMailbox<string>({ name: "box", capacity: 1 })
      let isAwake = false
      const waits = yield* Effect.forkChild(
        Effect.map(box.arrival, () => {
          isAwake = true
        }),
        { startImmediately: true }
      )
      box.ring()
      assert.isFalse(isAwake)
      yield* Fiber.join(waits)
      assert.isTrue(isAwake)
    }))

  it.effect("a message runs through a chain of 3,000 parked receivers without overflowing the stack", () =>
    Effect.gen(function*() {
      const boxes = Array.from(
        { length: 3_000 },
        (_, i) => makeMailbox<number>({ name: `${i}`, capacity: 1 })
      )
      const hops = boxes.map((box, i) =>
        Effect.gen(function*() {
          yield* box.arrival
          const [message = -1] = box.further(1)
          yield* boxes[i + 1]?.tell(message + 1) ?? Effect.void
          return message
        })
      )
      const fibers = yield* Effect.forEach(hops, (hop) => Effect.forkChild(hop, { startImmediately: true }))
      yield* boxes[0]?.tell(0) ?? Effect.void
      const seen = yield* Fiber.joinAll(fibers)
      assert.strictEqual(seen.at(-1), 2_999)
    }))

  it("a capacity that is no positive whole number is refused at once", () => {
    assert.throws(() => makeMailbox({ name: "box", capacity: 0 }), RangeError)
    assert.throws(() => makeMailbox({ name: "box", capacity: 1.5 }), RangeError)
  })
})
