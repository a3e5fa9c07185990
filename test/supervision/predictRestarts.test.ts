/**
 * What a reader of the tree may expect, worked out by hand.
 * In: trees as data. Out: the leaves that one failure restarts.
 */
import { assert, describe, it } from "@effect/vitest"
import { leafNames } from "../../src/supervision/Group.ts"
import { predictRestarts } from "../../src/supervision/predictRestarts.ts"
import { group, makeStage } from "./stage.ts"

const { leaf } = makeStage()
const none = { max: 0, withinMillis: 1_000 }

/** The shape of the trading runtime. */
const runtime = group("root", [
  group("core", [leaf("journal"), leaf("lease")], { strategy: "one_for_all" }),
  group("trading", [leaf("venue"), leaf("risk"), leaf("execution")], { strategy: "rest_for_one" }),
  group("outer", [
    group("market", [leaf("feed"), leaf("feature")], { strategy: "rest_for_one" }),
    leaf("control")
  ])
], { strategy: "rest_for_one" })

describe("predictRestarts", () => {
  it("each strategy restarts what OTP would", () => {
    assert.deepStrictEqual(predictRestarts(runtime, "lease"), ["journal", "lease"])
    assert.deepStrictEqual(predictRestarts(runtime, "risk"), ["risk", "execution"])
    assert.deepStrictEqual(predictRestarts(runtime, "feature"), ["feature"])
    assert.deepStrictEqual(predictRestarts(runtime, "feed"), ["feed", "feature"])
    assert.deepStrictEqual(predictRestarts(runtime, "control"), ["control"])
  })

  it("a group counts as one child of its parent", () => {
    assert.deepStrictEqual(predictRestarts(runtime, "market"), ["feed", "feature"])
    assert.deepStrictEqual(predictRestarts(runtime, "trading"), leafNames(runtime).slice(2))
    assert.deepStrictEqual(predictRestarts(runtime, "root"), [])
  })

  it("temporary children stay away, except where their whole group starts again", () => {
    const once = leaf("once", { restart: "temporary" })
    const inner = group("inner", [leaf("a"), once], { strategy: "one_for_all" })
    const root = group("root", [inner])
    assert.deepStrictEqual(predictRestarts(root, "a"), ["a"])
    assert.deepStrictEqual(predictRestarts(root, "once"), [])
    assert.deepStrictEqual(predictRestarts(root, "inner"), ["a", "once"])
  })

  it("a group without any budget rises to its parent or parks as a whole; a root without one restarts nothing", () => {
    const members = () => [leaf("a"), leaf("b")]
    const rising = group("root", [group("g", members(), { intensity: none }), leaf("c")], {
      strategy: "rest_for_one"
    })
    assert.deepStrictEqual(predictRestarts(rising, "b"), ["a", "b", "c"])
    const parking = group("root", [group("g", members(), { intensity: none, whenSpent: "park" }), leaf("c")])
    assert.deepStrictEqual(predictRestarts(parking, "b"), ["a", "b"])
    assert.deepStrictEqual(predictRestarts(group("root", members(), { intensity: none }), "a"), [])
  })

  it("a name that the tree does not hold is refused", () => {
    assert.throws(() => predictRestarts(runtime, "nobody"), RangeError)
  })
})
