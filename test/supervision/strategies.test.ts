/**
 * The three OTP strategies and the three restart types, seen from the children.
 * In: small trees, one crash. Out: the order of stops and starts.
 */
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit } from "effect"
import { TestClock } from "effect/testing"
import { child } from "../../src/supervision/Actor.ts"
import { supervise } from "../../src/supervision/Supervisor.ts"
import { group, makeStage, settle, states, stumble } from "./stage.ts"

describe("supervise: strategies", () => {
  it.effect("children start in order, groups in their place", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const { leaf } = stage
      yield* stage.run(group("root", [leaf("a"), group("g", [leaf("b"), leaf("c")]), leaf("d")]))
      assert.deepStrictEqual(stage.since(), ["+a", "+b", "+c", "+d"])
      assert.deepStrictEqual(stage.only("Started").map((e) => e.child), ["a", "b", "c", "g", "d"])
    }))

  it.effect("a group has started its members before the next sibling starts, even if the hook is slow", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const { leaf } = stage
      yield* supervise(group("root", [group("g", [leaf("a"), leaf("b"), leaf("c")]), leaf("d")]), {
        onEvent: (event) => event._tag === "Started" ? Effect.sleep(100) : Effect.void
      })
      yield* settle
      assert.deepStrictEqual(stage.since(), ["+a"])
      yield* TestClock.adjust(500)
      assert.deepStrictEqual(stage.since(), ["+b", "+c", "+d"])
    }))

  it.effect("one_for_one restarts the failed child alone", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const { leaf } = stage
      const supervision = yield* stage.run(group("root", [leaf("a"), leaf("b"), leaf("c")]))
      stage.since()
      assert.isTrue(yield* supervision.crash("b", stumble))
      yield* settle
      assert.deepStrictEqual(stage.since(), ["-b", "+b"])
    }))

  it.effect("rest_for_one stops the later siblings in reverse and restarts from the failed child on", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const { leaf } = stage
      const members = [leaf("a"), leaf("b"), leaf("c"), leaf("d")]
      const supervision = yield* stage.run(group("root", members, { strategy: "rest_for_one" }))
      stage.since()
      yield* supervision.crash("b", stumble)
      yield* settle
      assert.deepStrictEqual(stage.since(), ["-b", "-d", "-c", "+b", "+c", "+d"])
      assert.deepStrictEqual(stage.only("Restarted").map((e) => [e.child, e.fault, e.children, e.count]), [
        ["b", "Stumble", ["b", "c", "d"], 1]
      ])
    }))

  it.effect("one_for_all stops all in reverse and restarts all in order", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const { leaf } = stage
      const members = [leaf("a"), leaf("b"), leaf("c")]
      const supervision = yield* stage.run(group("root", members, { strategy: "one_for_all" }))
      stage.since()
      yield* supervision.crash("b", stumble)
      yield* settle
      assert.deepStrictEqual(stage.since(), ["-b", "-c", "-a", "+a", "+b", "+c"])
    }))

  it.effect("a group is one child of its parent: crashed as a whole it takes its members with it", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const { leaf } = stage
      const members = [leaf("a"), group("g", [leaf("b"), leaf("c")]), leaf("d")]
      const supervision = yield* stage.run(group("root", members, { strategy: "rest_for_one" }))
      stage.since()
      assert.isTrue(yield* supervision.crash("g", stumble))
      yield* settle
      assert.deepStrictEqual(stage.since(), ["-c", "-b", "-d", "+b", "+c", "+d"])
    }))

  it.effect("under rest_for_one an earlier failure takes over a restart that is still due", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const { leaf } = stage
      const supervision = yield* stage.run(group("root", [leaf("a"), leaf("b"), leaf("c")], {
        strategy: "rest_for_one",
        backoff: { firstMillis: 1_000_000, maxMillis: 1_000_000 },
        intensity: { max: 9, withinMillis: 10_000_000 }
      }))
      stage.since()
      yield* supervision.crash("c", stumble)
      yield* supervision.crash("a", stumble)
      yield* settle
      assert.deepStrictEqual(states(supervision.status()), {
        root: "running",
        a: "restarting",
        b: "restarting",
        c: "restarting"
      })
      assert.isFalse(yield* supervision.crash("b", stumble))
      yield* TestClock.adjust(2_000_000)
      assert.deepStrictEqual(stage.since(), ["-c", "-a", "-b", "+a", "+b", "+c"])
      assert.strictEqual(stage.only("Restarted").length, 1)
    }))

  it.effect("under one_for_one two children wait for their restarts independently", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const { leaf } = stage
      const supervision = yield* stage.run(group("root", [leaf("a"), leaf("b")], {
        backoff: { firstMillis: 1_000, maxMillis: 1_000 }
      }))
      yield* supervision.crash("a", stumble)
      yield* supervision.crash("b", stumble)
      yield* TestClock.adjust(1_000)
      assert.deepStrictEqual(states(supervision.status()), { root: "running", a: "running", b: "running" })
      assert.strictEqual(stage.only("Restarted").length, 2)
    }))
})

describe("supervise: restart types", () => {
  it.effect("a temporary child is never restarted, and its failure spends no budget", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const { leaf } = stage
      const once = leaf("once", { restart: "temporary" })
      const supervision = yield* stage.run(
        group("root", [once, leaf("a")], {
          strategy: "one_for_all",
          intensity: { max: 0, withinMillis: 1_000 }
        })
      )
      stage.since()
      yield* supervision.crash("once", stumble)
      yield* settle
      assert.deepStrictEqual(stage.since(), ["-once"])
      assert.strictEqual(states(supervision.status())["once"], "ended")
    }))

  it.effect("a temporary child that a sibling's failure stopped stays away", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const { leaf } = stage
      const once = leaf("once", { restart: "temporary" })
      const supervision = yield* stage.run(group("root", [leaf("a"), once], { strategy: "one_for_all" }))
      stage.since()
      yield* supervision.crash("a", stumble)
      yield* settle
      assert.deepStrictEqual(stage.since(), ["-a", "-once", "+a"])
    }))

  it.effect("a permanent child that comes to an end is restarted and says so, a transient one is not", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      let ends = 0
      const brief = child("brief", Effect.suspend(() => ++ends < 3 ? Effect.void : Effect.never))
      const done = child("done", Effect.void, { restart: "transient" })
      const supervision = yield* stage.run(group("root", [brief, done]))
      yield* settle
      assert.strictEqual(ends, 3)
      assert.deepStrictEqual(stage.only("Failed").map((e) => [e.child, e.fault, e.severity]), [
        ["brief", "ChildEnded", "Medium"],
        ["brief", "ChildEnded", "Medium"]
      ])
      assert.deepStrictEqual(stage.only("Stopped"), [{ _tag: "Stopped", child: "done", how: "ended" }])
      assert.deepStrictEqual(states(supervision.status()), {
        root: "running",
        brief: "running",
        done: "ended"
      })
    }))

  it.effect("a transient sibling that ended is started again when its group restarts, as in OTP", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      let starts = 0
      const done = child("done", Effect.sync(() => void (starts += 1)), { restart: "transient" })
      const supervision = yield* stage.run(
        group("root", [done, stage.leaf("a")], { strategy: "one_for_all" })
      )
      yield* settle
      yield* supervision.crash("a", stumble)
      yield* settle
      assert.strictEqual(starts, 2)
    }))

  it.effect("a group whose members have all ended ends, and so does the tree", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const done = (name: string) => child(name, Effect.yieldNow, { restart: "transient" })
      const supervision = yield* stage.run(group("root", [done("a"), group("g", [done("b")])]))
      assert.isTrue(Exit.isSuccess(yield* supervision.ended))
      assert.deepStrictEqual(states(supervision.status()), {
        root: "ended",
        a: "ended",
        g: "ended",
        b: "ended"
      })
    }))

  it.effect("an incarnation that a stranger interrupts is restarted as a failure", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      let starts = 0
      const odd = child("odd", Effect.suspend(() => ++starts === 1 ? Effect.interrupt : Effect.never))
      yield* stage.run(group("root", [odd]))
      yield* settle
      assert.strictEqual(starts, 2)
      assert.deepStrictEqual(stage.only("Failed").map((e) => e.fault), ["ChildInterrupted"])
    }))
})

describe("supervise: the tree as data", () => {
  it.effect("a tree that cannot be supervised dies before anything starts", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const { leaf } = stage
      const malformed = [
        group("root", [leaf("a"), group("g", [leaf("a")])]),
        group("root", []),
        group("root", [leaf("a", { shutdownMillis: NaN })]),
        group("root", [leaf("a")], { intensity: { max: -1, withinMillis: 1 } }),
        group("root", [leaf("a")], { intensity: { max: 1, withinMillis: 0 } }),
        group("root", [leaf("a")], { backoff: { firstMillis: 2, maxMillis: 1 } })
      ]
      for (const root of malformed) {
        const exit = yield* Effect.exit(stage.run(root))
        assert.isTrue(Exit.isFailure(exit) && Cause.hasDies(exit.cause))
        assert.match(String(Exit.isFailure(exit) && Cause.squash(exit.cause)), /^TreeMalformed: root: ./)
      }
      assert.deepStrictEqual(stage.since(), [])
    }))

  it.effect("crash says false for the root, for a stranger and for a child that does not run", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(
        group("root", [stage.leaf("a"), child("b", Effect.void, { restart: "transient" })])
      )
      yield* settle
      assert.isFalse(yield* supervision.crash("root", stumble))
      assert.isFalse(yield* supervision.crash("nobody", stumble))
      assert.isFalse(yield* supervision.crash("b", stumble))
      yield* supervision.stop
      assert.isFalse(yield* supervision.crash("a", stumble))
    }))
})
