/**
 * Stopping: reverse order, time budgets, abandonment, stale exits, hooks that misbehave.
 * In: trees under the TestClock. Out: the log of finalizers, events, states.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Scope } from "effect"
import { TestClock } from "effect/testing"
import { child } from "../../src/supervision/Actor.ts"
import { supervise } from "../../src/supervision/Supervisor.ts"
import { group, makeStage, settle, states, stumble } from "./stage.ts"

/** Its finalizer needs `millis`. */
const slow = (log: Array<string>, name: string, millis: number, shutdownMillis: number) =>
  child(
    name,
    Effect.onInterrupt(Effect.never, () =>
      Effect.andThen(Effect.sleep(millis), Effect.sync(() => void log.push(`-${name}`)))),
    { shutdownMillis }
  )

describe("supervise: stop", () => {
  it.effect("everything stops in reverse order, groups in their place, and the tree has ended well", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const { leaf } = stage
      const supervision = yield* stage.run(
        group("root", [leaf("a"), group("g", [leaf("b"), leaf("c")]), leaf("d")])
      )
      stage.since()
      yield* supervision.stop
      assert.deepStrictEqual(stage.since(), ["-d", "-c", "-b", "-a"])
      assert.isTrue(Exit.isSuccess(yield* supervision.ended))
      assert.deepStrictEqual(stage.only("Stopped").map((e) => [e.child, e.how]), [
        ["d", "asked"],
        ["c", "asked"],
        ["b", "asked"],
        ["g", "asked"],
        ["a", "asked"]
      ])
      yield* supervision.stop
      assert.deepStrictEqual(stage.since(), [])
    }))

  it.effect("closing the scope stops the tree", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const scope = yield* Scope.make()
      yield* Scope.provide(stage.run(group("root", [stage.leaf("a"), stage.leaf("b")])), scope)
      stage.since()
      yield* Scope.close(scope, Exit.void)
      assert.deepStrictEqual(stage.since(), ["-b", "-a"])
    }))

  it.effect("a child gets its shutdownMillis, then it is abandoned and the next one is stopped", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(
        group("root", [
          stage.leaf("a"),
          slow(stage.log, "quick", 300, 500),
          slow(stage.log, "hung", 90_000, 1_000)
        ])
      )
      stage.since()
      yield* settle
      const stopping = yield* Effect.forkChild(supervision.stop, { startImmediately: true })
      yield* TestClock.adjust(999)
      assert.deepStrictEqual(stage.since(), [])
      yield* TestClock.adjust(1)
      assert.deepStrictEqual(stage.only("Stopped"), [{ _tag: "Stopped", child: "hung", how: "abandoned" }])
      yield* TestClock.adjust(300)
      yield* Fiber.join(stopping)
      assert.deepStrictEqual(stage.since(), ["-quick", "-a"])
    }))

  it.effect("a restart that is due when the tree stops never happens", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(
        group("root", [stage.leaf("a")], { backoff: { firstMillis: 9_000, maxMillis: 9_000 } })
      )
      yield* supervision.crash("a", stumble)
      yield* settle
      assert.strictEqual(states(supervision.status())["a"], "restarting")
      yield* supervision.stop
      yield* TestClock.adjust("1 hour")
      assert.deepStrictEqual(stage.log, ["+a", "-a"])
      assert.strictEqual(states(supervision.status())["a"], "stopped")
    }))
})

describe("supervise: stale exits", () => {
  it.effect("the late exit of an abandoned incarnation does not fail its successor", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      let starts = 0
      const hung = child(
        "hung",
        Effect.suspend(() => {
          starts += 1
          const late = Effect.andThen(Effect.sleep(60_000), Effect.die("much too late"))
          return starts === 1 ? Effect.onInterrupt(Effect.never, () => late) : Effect.never
        }),
        { shutdownMillis: 1_000 }
      )
      const supervision = yield* stage.run(group("root", [hung]))
      const crashing = yield* Effect.forkChild(supervision.crash("hung", stumble), { startImmediately: true })
      yield* settle
      yield* TestClock.adjust(1_000)
      assert.isTrue(yield* Fiber.join(crashing))
      assert.deepStrictEqual(stage.only("Stopped").map((e) => e.how), ["abandoned"])
      assert.strictEqual(starts, 2)
      yield* TestClock.adjust(120_000)
      assert.strictEqual(starts, 2)
      assert.strictEqual(stage.only("Failed").length, 1)
    }))

  it.effect("a crash asked for while the group is going down is answered, not left waiting", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(
        group("root", [stage.leaf("a"), slow(stage.log, "b", 700, 1_000)])
      )
      const first = yield* Effect.forkChild(supervision.crash("b", stumble), { startImmediately: true })
      const second = yield* Effect.forkChild(supervision.crash("a", stumble), { startImmediately: true })
      const third = yield* Effect.forkChild(supervision.crash("b", stumble), { startImmediately: true })
      yield* settle
      yield* Effect.forkChild(supervision.stop, { startImmediately: true })
      yield* TestClock.adjust(5_000)
      assert.isTrue(yield* Fiber.join(first))
      assert.isFalse(yield* Fiber.join(second))
      assert.isFalse(yield* Fiber.join(third))
    }))

  it.effect("a second crash of the same incarnation says false", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(
        group("root", [slow(stage.log, "a", 500, 1_000)], {
          backoff: { firstMillis: 9_000, maxMillis: 9_000 }
        })
      )
      const crash = Effect.forkChild(supervision.crash("a", stumble), { startImmediately: true })
      const [first, second] = [yield* crash, yield* crash]
      yield* settle
      yield* TestClock.adjust(500)
      assert.deepStrictEqual([yield* Fiber.join(first), yield* Fiber.join(second)], [true, false])
      assert.strictEqual(stage.only("Failed").length, 1)
    }))
})

describe("supervise: hooks", () => {
  it.effect("the hook has finished with a failure before the restart begins (halt first, then fail)", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* supervise(group("root", [stage.leaf("a")]), {
        onEvent: (event) =>
          event._tag === "Failed"
            ? Effect.andThen(Effect.sleep(500), Effect.sync(() => void stage.log.push("halted")))
            : Effect.void
      })
      yield* supervision.crash("a", stumble)
      yield* settle
      yield* TestClock.adjust(500)
      yield* settle
      assert.deepStrictEqual(stage.since(), ["+a", "-a", "halted", "+a"])
    }))

  it.effect("a hook that hangs delays supervision by a second, a hook that dies not at all", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* supervise(group("root", [stage.leaf("a"), stage.leaf("b")]), {
        onEvent: (event) =>
          event._tag !== "Failed" ? Effect.void : event.child === "a" ? Effect.never : Effect.die("hook")
      })
      yield* supervision.crash("a", stumble)
      yield* settle
      yield* TestClock.adjust(999)
      assert.deepStrictEqual(stage.since(), ["+a", "+b", "-a"])
      yield* TestClock.adjust(1)
      yield* settle
      assert.deepStrictEqual(stage.since(), ["+a"])
      yield* supervision.crash("b", stumble)
      yield* settle
      assert.deepStrictEqual(stage.since(), ["-b", "+b"])
    }))
})

describe("supervise: status", () => {
  it.effect("tells name, kind, state, restarts, last failure and since when", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(group("root", [group("g", [stage.leaf("a")])]))
      yield* TestClock.adjust(7_000)
      yield* supervision.crash("a", stumble)
      yield* settle
      const status = supervision.status()
      assert.deepStrictEqual([status.name, status.kind, status.state, status.sinceMillis], [
        "root",
        "group",
        "running",
        0
      ])
      assert.deepStrictEqual(status.children[0]?.children, [{
        name: "a",
        kind: "child",
        state: "running",
        restarts: 1,
        lastFailure: {
          fault: "Stumble",
          severity: "Medium",
          runbook: "defect",
          words: "stumbled: a stone",
          defect: false,
          atMillis: 7_000
        },
        sinceMillis: 7_000,
        children: []
      }])
    }))
})
