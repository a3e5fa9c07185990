/**
 * Budgets: intensity and window, weight of defects, backoff and its reset, rising and giving up, parking.
 * In: trees under the TestClock, chance fixed. Out: events and states at known instants.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Random } from "effect"
import { TestClock } from "effect/testing"
import { child } from "../../src/supervision/Actor.ts"
import { group, makeStage, settle, states, Stumble, stumble } from "./stage.ts"

/** Every delay is its longest (jitter 1 - epsilon, rounded). */
const unlucky = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.provideService(effect, Random.Random, {
    nextDoubleUnsafe: () => 1 - Number.EPSILON,
    nextIntUnsafe: () => 1
  })

const failing = (name: string, fault: Stumble = stumble) =>
  child(name, Effect.andThen(Effect.yieldNow, Effect.fail(fault)))

describe("supervise: intensity", () => {
  it.effect("max restarts within the window are granted, one more ends the tree with BudgetSpent", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(
        group("root", [failing("a")], { intensity: { max: 3, withinMillis: 10_000 } })
      )
      const exit = yield* supervision.ended
      assert.strictEqual(stage.only("Restarted").length, 3)
      assert.strictEqual(stage.only("Failed").length, 4)
      const [spent] = Exit.isFailure(exit) ? exit.cause.reasons : []
      assert.strictEqual(
        spent?._tag === "Fail" ? spent.error.message : "",
        "root: more than 3 failures in 10000 ms, the last: a: stumbled: a stone"
      )
      assert.deepStrictEqual(stage.events.at(-1)?._tag, "GaveUp")
      assert.deepStrictEqual(states(supervision.status()), { root: "stopped", a: "stopped" })
    }))

  it.effect("failures that have left the window are forgiven", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(
        group("root", [stage.leaf("a")], { intensity: { max: 1, withinMillis: 1_000 } })
      )
      for (let i = 0; i < 5; i += 1) {
        assert.isTrue(yield* supervision.crash("a", stumble))
        yield* TestClock.adjust(1_000)
      }
      assert.strictEqual(stage.only("Restarted").length, 5)
      yield* supervision.crash("a", stumble)
      yield* TestClock.adjust(999)
      yield* supervision.crash("a", stumble)
      assert.isTrue(Exit.isFailure(yield* supervision.ended))
    }))

  it.effect("a defect counts double", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const root = group("root", [stage.leaf("a")], { intensity: { max: 3, withinMillis: 10_000 } })
      const supervision = yield* stage.run(root)
      yield* supervision.crash("a", "defect")
      yield* settle
      assert.strictEqual(states(supervision.status())["a"], "running")
      yield* supervision.crash("a", "defect")
      assert.isTrue(Exit.isFailure(yield* supervision.ended))
      assert.deepStrictEqual(stage.only("Failed").map((e) => [e.fault, e.defect, e.severity]), [
        ["Defect", true, "High"],
        ["Defect", true, "High"]
      ])
    }))

  it.effect("a real defect, thrown or died with, is caught, reported in one line and restarted", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      let starts = 0
      const broken = child(
        "broken",
        Effect.suspend(() => {
          starts += 1
          if (starts === 1) throw new TypeError("x is not\n a function")
          return starts === 2 ? Effect.die(new Stumble({ why: "own fault as defect" })) : Effect.never
        })
      )
      yield* stage.run(group("root", [broken]))
      yield* settle
      assert.strictEqual(starts, 3)
      assert.deepStrictEqual(stage.only("Failed").map((e) => [e.words, e.severity, e.runbook]), [
        ["TypeError: x is not a function", "High", "defect"],
        ["Stumble: stumbled: own fault as defect", "High", "defect"]
      ])
    }))
})

describe("supervise: backoff", () => {
  it.effect("delays double from the first to the longest, and start over after a quiet window", () =>
    unlucky(Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(group("root", [stage.leaf("a")], {
        intensity: { max: 100, withinMillis: 5_000 },
        backoff: { firstMillis: 100, maxMillis: 350 }
      }))
      for (const wait of [100, 200, 350, 350]) {
        yield* supervision.crash("a", stumble)
        yield* TestClock.adjust(wait - 1)
        assert.strictEqual(states(supervision.status())["a"], "restarting")
        yield* TestClock.adjust(1)
        assert.strictEqual(states(supervision.status())["a"], "running")
      }
      yield* TestClock.adjust(5_000)
      yield* supervision.crash("a", stumble)
      yield* TestClock.adjust(100)
      assert.deepStrictEqual(stage.only("Restarted").map((e) => e.delayMillis), [100, 200, 350, 350, 100])
      assert.deepStrictEqual(stage.only("Restarted").map((e) => e.count), [1, 2, 3, 4, 5])
    })))

  it.effect("jitter is drawn from Effect's Random: one seed, one sequence of delays", () =>
    Effect.gen(function*() {
      const delays = Effect.gen(function*() {
        const stage = makeStage()
        const supervision = yield* stage.run(group("root", [stage.leaf("a")], {
          backoff: { firstMillis: 1_000, maxMillis: 4_000 }
        }))
        for (let i = 0; i < 4; i += 1) {
          yield* supervision.crash("a", stumble)
          yield* TestClock.adjust(4_000)
        }
        return stage.only("Restarted").map((e) => e.delayMillis)
      })
      const first = yield* Effect.scoped(Random.withSeed(delays, "one"))
      const again = yield* Effect.scoped(Random.withSeed(delays, "one"))
      const other = yield* Effect.scoped(Random.withSeed(delays, "two"))
      assert.strictEqual(first.length, 4)
      assert.deepStrictEqual(first, again)
      assert.notDeepEqual(first, other)
    }))
})

describe("supervise: rising", () => {
  it.effect("a spent group stops its members, rises, and its parent restarts it by its own strategy", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const { leaf } = stage
      const inner = group("inner", [leaf("b"), leaf("c")], {
        intensity: { max: 1, withinMillis: 10_000 },
        severityWhenSpent: "Critical"
      })
      const supervision = yield* stage.run(
        group("root", [leaf("a"), inner, leaf("d")], { strategy: "rest_for_one" })
      )
      yield* supervision.crash("b", stumble)
      yield* settle
      stage.since()
      yield* supervision.crash("b", stumble)
      yield* settle
      assert.deepStrictEqual(stage.since(), ["-b", "-c", "-d", "+b", "+c", "+d"])
      assert.deepStrictEqual(stage.only("Rose").map((e) => [e.group, e.severity]), [["inner", "Critical"]])
      const failed = stage.only("Failed").at(-1)
      assert.deepStrictEqual([failed?.child, failed?.fault, failed?.severity, failed?.runbook], [
        "inner",
        "BudgetSpent",
        "Critical",
        "supervision-budget-spent"
      ])
      assert.strictEqual(supervision.status().children[1]?.lastFailure?.fault, "BudgetSpent")
    }))

  it.effect("a group that rises again and again spends its parent's budget, up to the root", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const tight = { intensity: { max: 1, withinMillis: 10_000 } }
      const supervision = yield* stage.run(
        group(
          "root",
          [stage.leaf("calm"), group("middle", [group("inner", [failing("a")], tight)], tight)],
          tight
        )
      )
      assert.isTrue(Exit.isFailure(yield* supervision.ended))
      assert.strictEqual(stage.only("GaveUp").length, 1)
      assert.deepStrictEqual(stage.only("Rose").map((e) => e.group), [
        "inner",
        "inner",
        "middle",
        "inner",
        "inner",
        "middle"
      ])
      assert.strictEqual(stage.log.at(-1), "-calm")
      yield* supervision.stop
    }))
})

describe("supervise: parking", () => {
  const parked = (stage: ReturnType<typeof makeStage>, members = [stage.leaf("model"), stage.leaf("vote")]) =>
    group("decision", members, {
      strategy: "rest_for_one",
      intensity: { max: 1, withinMillis: 1_000 },
      whenSpent: "park"
    })

  it.effect("a spent group that parks rests 60 s while the others go on untouched, then starts again", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(group("root", [stage.leaf("execution"), parked(stage)]))
      yield* supervision.crash("model", "defect")
      yield* settle
      assert.deepStrictEqual(states(supervision.status()), {
        root: "running",
        execution: "running",
        decision: "parked",
        model: "stopped",
        vote: "stopped"
      })
      assert.deepStrictEqual(stage.only("Parked").map((e) => [e.group, e.forMillis, e.severity]), [
        ["decision", 60_000, "High"]
      ])
      yield* TestClock.adjust(59_999)
      assert.strictEqual(states(supervision.status())["decision"], "parked")
      yield* TestClock.adjust(1)
      assert.strictEqual(states(supervision.status())["model"], "running")
      assert.deepStrictEqual(stage.only("Resumed").map((e) => e.group), ["decision"])
      assert.deepStrictEqual(stage.log.filter((line) => line.endsWith("execution")), ["+execution"])
    }))

  it.effect("a child that fails for ever parks its group for 60 s doubling to 10 min, and nothing rises", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(
        group("root", [stage.leaf("execution"), parked(stage, [failing("model")])])
      )
      yield* settle
      yield* TestClock.adjust("2 hours")
      const rests = stage.only("Parked").map((e) => e.forMillis / 60_000)
      assert.deepStrictEqual(rests.slice(0, 7), [1, 2, 4, 8, 10, 10, 10])
      assert.deepStrictEqual(stage.only("Rose"), [])
      assert.strictEqual(supervision.status().children[0]?.restarts, 0)
    }))

  it.effect("ten minutes without a spent budget bring the first rest back", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(group("root", [parked(stage)]))
      for (const [ran, rest] of [[0, 60_000], [599_999, 120_000], [600_000, 60_000]] as const) {
        yield* TestClock.adjust(ran)
        yield* supervision.crash("model", "defect")
        yield* settle
        assert.strictEqual(stage.only("Parked").at(-1)?.forMillis, rest)
        yield* TestClock.adjust(rest)
      }
      assert.strictEqual(stage.only("Resumed").length, 3)
    }))

  it.effect("a parked group can be stopped, and a parent's restart ends the rest early", () =>
    Effect.gen(function*() {
      const stage = makeStage()
      const supervision = yield* stage.run(
        group("root", [stage.leaf("feed"), parked(stage)], { strategy: "rest_for_one" })
      )
      yield* supervision.crash("model", "defect")
      yield* settle
      assert.isFalse(yield* supervision.crash("model", stumble))
      yield* supervision.crash("feed", stumble)
      yield* settle
      assert.strictEqual(states(supervision.status())["model"], "running")
      yield* supervision.crash("model", "defect")
      yield* settle
      yield* supervision.stop
      assert.strictEqual(states(supervision.status())["decision"], "stopped")
    }))
})
