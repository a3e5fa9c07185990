/**
 * Random trees, one crash: what the supervisor starts again is what the tree data says.
 * In: trees up to three levels deep, any strategy, restart type, budget and end of budget. Out: agreement.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { TestClock } from "effect/testing"
import type { Child } from "../../src/supervision/Actor.ts"
import { leafNames } from "../../src/supervision/Group.ts"
import { predictRestarts } from "../../src/supervision/predictRestarts.ts"
import type { Group } from "../../src/supervision/Supervisor.ts"
import { group, makeStage, settle, stumble } from "./stage.ts"

type Leaf = "permanent" | "transient" | "temporary"
interface Branch {
  readonly strategy: Group<never>["strategy"]
  readonly whenSpent: Group<never>["whenSpent"]
  readonly max: number
  readonly members: ReadonlyArray<Leaf | Branch>
}

const leafKind = Schema.Literals(["permanent", "permanent", "transient", "temporary"])
const shape = {
  strategy: Schema.Literals(["one_for_one", "one_for_all", "rest_for_one"]),
  whenSpent: Schema.Literals(["rise", "park"]),
  max: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 }))
}
const members = <S extends Schema.Top>(member: S) =>
  Schema.Array(member).check(Schema.isMinLength(1), Schema.isMaxLength(4))
const twig = Schema.Struct({ ...shape, members: members(leafKind) })
const branch = Schema.Struct({ ...shape, members: members(Schema.Union([leafKind, twig])) })
const tree = Schema.Struct({ ...shape, members: members(Schema.Union([leafKind, branch])) })

const grow = (
  branch: Branch,
  name: string,
  leaf: (name: string, options: { restart: Leaf }) => Child<never>
): Group<never> =>
  group(
    name,
    branch.members.map((member, i) =>
      typeof member === "string"
        ? leaf(`${name}.${i}`, { restart: member })
        : grow(member, `${name}.${i}`, leaf)
    ),
    {
      strategy: branch.strategy,
      whenSpent: branch.whenSpent,
      intensity: { max: branch.max, withinMillis: 5_000 },
      backoff: { firstMillis: 100, maxMillis: 1_000 }
    }
  )

const groupNames = (root: Group<never>): ReadonlyArray<string> =>
  root.children.flatMap((member) => "children" in member ? [member.name, ...groupNames(member)] : [])

describe("predictRestarts", () => {
  it.effect.prop(
    "the observed restarts of one crash, of a leaf or a group, are those that the tree predicts, in that order",
    { tree, pick: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000 })) },
    ({ pick, tree }) =>
      Effect.scoped(Effect.gen(function*() {
        const stage = makeStage()
        const root = grow(tree, "root", stage.leaf)
        const names = [...leafNames(root), ...groupNames(root)]
        const victim = names[pick % names.length] ?? "root"
        const supervision = yield* stage.run(root)
        assert.deepStrictEqual(stage.since(), leafNames(root).map((name) => `+${name}`))
        assert.isTrue(yield* supervision.crash(victim, stumble))
        yield* settle
        yield* TestClock.adjust(61_000)
        yield* settle
        const observed = stage.since().filter((line) => line.startsWith("+")).map((line) => line.slice(1))
        assert.deepStrictEqual(observed, predictRestarts(root, victim))
        yield* supervision.stop
      })),
    { arbitrary: { runs: 150 } }
  )
})
