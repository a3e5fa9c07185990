/**
 * The actor loop: start, bell, lanes, end, crash, and the fence around abandoned incarnations.
 * In: actors run bare or in a one-child tree. Out: verdicts.
 */
import { assert, describe, it } from "@effect/vitest"
import { Cause, Deferred, Effect, Exit, Fiber } from "effect"
import { CommandUnhandled } from "../../src/errors/SupervisionError.ts"
import { actor, child } from "../../src/supervision/Actor.ts"
import type { Behaviour } from "../../src/supervision/Actor.ts"
import { makeMailbox } from "../../src/supervision/Mailbox.ts"
import { group, makeStage, settle, stumble } from "./stage.ts"
import type { Stumble } from "./stage.ts"

const note = (log: Array<string>) => (words: string) => Effect.sync(() => void log.push(words))

describe("actor", () => {
  it.effect("onBell runs once right after start, before mail that came earlier", () =>
    Effect.gen(function*() {
      const log: Array<string> = []
      const write = note(log)
      const inbox = makeMailbox<string, string>({ name: "a", capacity: 4 })
      yield* inbox.tell("data")
      yield* inbox.command("control")
      yield* inbox.close
      const { run } = actor<string, string, never, never>({
        name: "a",
        inbox,
        start: Effect.as(write("start"), { onData: write, onControl: write, onBell: write("bell") })
      })
      yield* run
      assert.deepStrictEqual(log, ["start", "bell", "control", "data"])
    }))

  it.effect("a command sent by a data handler is handled before the next data message", () =>
    Effect.gen(function*() {
      const log: Array<string> = []
      const inbox = makeMailbox<number, string>({ name: "a", capacity: 4 })
      yield* Effect.forEach([1, 2], inbox.tell)
      const { run } = actor<number, string, never, never>({
        name: "a",
        inbox,
        start: Effect.succeed({
          onData: (n) =>
            Effect.andThen(note(log)(`data ${n}`), n === 1 ? inbox.command("halt") : inbox.close),
          onControl: note(log)
        })
      })
      yield* run
      assert.deepStrictEqual(log, ["data 1", "halt", "data 2"])
    }))

  it.effect("a crash loses only the message in hand; the next incarnation has fresh state and the rest of the mail", () =>
    Effect.gen(function*() {
      const log: Array<string> = []
      const stage = makeStage()
      const inbox = makeMailbox<number>({ name: "a", capacity: 8 })
      const counting = actor<number, never, Stumble, never>({
        name: "a",
        inbox,
        start: Effect.gen(function*() {
          let count = 0
          yield* Effect.addFinalizer(() => note(log)("closed"))
          const onData = (n: number): Effect.Effect<void, Stumble> => {
            count += 1
            return n === 3 ? Effect.fail(stumble) : note(log)(`${n} as number ${count}`)
          }
          return { onData } satisfies Behaviour<number, never, Stumble, never>
        })
      })
      const supervision = yield* stage.run(group("root", [counting]))
      yield* Effect.forEach([1, 2, 3, 4, 5], inbox.tell)
      yield* inbox.close
      assert.isTrue(Exit.isSuccess(yield* supervision.ended))
      assert.deepStrictEqual(log, [
        "1 as number 1",
        "2 as number 2",
        "closed",
        "4 as number 1",
        "5 as number 2",
        "closed"
      ])
    }))

  it.effect("drain: a closed mailbox is emptied, then the actor ends normally and is not restarted", () =>
    Effect.gen(function*() {
      const log: Array<string> = []
      const stage = makeStage()
      const inbox = makeMailbox<string>({ name: "a", capacity: 8 })
      const slow = actor<string, never, never, never>({
        name: "a",
        inbox,
        start: Effect.succeed({ onData: (m) => Effect.andThen(Effect.yieldNow, note(log)(m)) })
      })
      yield* Effect.forEach(["a", "b", "c"], inbox.tell)
      const supervision = yield* stage.run(group("root", [slow]))
      yield* inbox.close
      yield* supervision.ended
      assert.deepStrictEqual(log, ["a", "b", "c"])
      assert.isFalse(yield* inbox.tell("late"))
      assert.strictEqual(supervision.status().children[0]?.state, "ended")
      assert.strictEqual(supervision.status().children[0]?.restarts, 0)
    }))

  it.effect("a command to an actor that handles none is a defect, a ring to one without a bell is nothing", () =>
    Effect.gen(function*() {
      const inbox = makeMailbox<string, string>({ name: "a", capacity: 1 })
      const { run } = actor<string, string, never, never>({
        name: "a",
        inbox,
        start: Effect.succeed({ onData: () => Effect.void })
      })
      const fiber = yield* Effect.forkChild(run, { startImmediately: true })
      inbox.ring()
      yield* settle
      assert.isUndefined(fiber.pollUnsafe())
      yield* inbox.command("halt")
      const exit = yield* Fiber.await(fiber)
      assert.isTrue(Exit.isFailure(exit))
      const defect = Exit.isFailure(exit) && Cause.squash(exit.cause)
      assert.instanceOf(defect, CommandUnhandled)
      assert.strictEqual(defect.message, "a: got a command, but its behaviour handles none")
    }))

  it.effect("an abandoned incarnation that wakes late takes no further message", () =>
    Effect.gen(function*() {
      const log: Array<string> = []
      const inbox = makeMailbox<string>({ name: "a", capacity: 4 })
      let incarnation = 0
      let letGo = (): void => {}
      const stuck = Effect.callback<void>((resume) => {
        letGo = () => resume(Effect.void)
      })
      const { run } = actor<string, never, never, never>({
        name: "a",
        inbox,
        start: Effect.sync(() => {
          incarnation += 1
          const mine = incarnation
          return { onData: (m) => m === "hang" ? stuck : note(log)(`${m} by ${mine}`) }
        })
      })
      const old = yield* Effect.forkChild(Effect.uninterruptible(run), { startImmediately: true })
      yield* inbox.tell("hang")
      yield* Effect.forkChild(run, { startImmediately: true })
      yield* inbox.tell("a")
      letGo()
      yield* Fiber.join(old)
      yield* inbox.tell("b")
      assert.deepStrictEqual(log, ["a by 2", "b by 2"])
    }))

  it.effect("defaults: an actor is transient, a child permanent, both with five seconds to stop", () =>
    Effect.sync(() => {
      const inbox = makeMailbox<string>({ name: "a", capacity: 1 })
      const one = actor({ name: "a", inbox, start: Effect.succeed({ onData: () => Effect.void }) })
      const two = child("b", Effect.void)
      assert.deepStrictEqual([one.restart, one.shutdownMillis], ["transient", 5_000])
      assert.deepStrictEqual([two.restart, two.shutdownMillis], ["permanent", 5_000])
      assert.strictEqual(child("c", Effect.void, { shutdownMillis: 7 }).shutdownMillis, 7)
    }))
})

describe("a cycle of two actors at capacity 1", () => {
  const MESSAGES = 100_000

  it.live("100,000 messages down by tell and back by bell and cursor never deadlock (decisions 3)", () =>
    Effect.gen(function*() {
      const journal: Array<number> = []
      const asker = makeMailbox<number>({ name: "asker", capacity: 1 })
      const keeper = makeMailbox<number>({ name: "keeper", capacity: 1 })
      const allRead = yield* Deferred.make<void>()
      let read = 0
      let sum = 0
      const pull = Effect.sync(() => {
        while (read < journal.length) {
          sum += journal[read] ?? 0
          read += 1
        }
        if (read === MESSAGES) Deferred.doneUnsafe(allRead, Effect.void)
      })
      const down = actor<number, never, never, never>({
        name: "asker",
        inbox: asker,
        start: Effect.succeed({ onData: (n) => Effect.asVoid(keeper.tell(n)), onBell: pull })
      })
      const back = actor<number, never, never, never>({
        name: "keeper",
        inbox: keeper,
        start: Effect.succeed({
          onData: (n) =>
            Effect.sync(() => {
              journal.push(n)
              asker.ring()
            })
        })
      })
      const [one, two] = [yield* Effect.forkChild(down.run), yield* Effect.forkChild(back.run)]
      for (let i = 1; i <= MESSAGES; i += 1) yield* asker.tell(i)
      yield* Deferred.await(allRead)
      yield* Effect.forEach([asker, keeper], (box) => box.close)
      yield* Fiber.joinAll([one, two])
      assert.strictEqual(sum, MESSAGES * (MESSAGES + 1) / 2)
    }))
})
