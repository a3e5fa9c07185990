/**
 * A crash injected into every actor, at three places: the tree's restarts and no others, and the run goes on.
 * In: the shipped tree, 260 synthetic bars. Out: restarts as predicted from the tree as data, an undisturbed run's decisions.
 */
import { it } from "@effect/vitest"
import { Deferred, Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { assert, describe } from "vitest"
import { Mailboxes } from "../../src/actors/Mailboxes.ts"
import { actorsLayer, pipelineTree } from "../../src/actors/Pipeline.ts"
import { Progress } from "../../src/actors/Progress.ts"
import type { JournalRow } from "../../src/domain/Event.ts"
import type { AnyFault } from "../../src/domain/Fault.ts"
import { Inference } from "../../src/ports/Inference.ts"
import { isGroup, leafNames } from "../../src/supervision/Group.ts"
import { predictRestarts } from "../../src/supervision/predictRestarts.ts"
import type { Group, SupervisionEvent, TreeStatus } from "../../src/supervision/Supervisor.ts"
import { servicesLayer } from "../../layers/test.ts"
import { Collapse, decisionsIn, desk, deskOn, holding, only, play, reached, SITES, Stumble } from "./stage.ts"
import type { Ran, Site } from "./stage.ts"

const BARS = 260
const HALFWAY = 120
const options = deskOn(11, BARS)
const tree = await Effect.runPromise(
  pipelineTree.pipe(Effect.provide(actorsLayer.pipe(Layer.provide(servicesLayer(options)))))
)
const LEAVES = leafNames(tree)
const GROUPS = ["core", "trading", "outer", "market", "decision"]
const undisturbed = await Effect.runPromise(play(desk(options)))

const stumble = new Stumble({ why: "the test asked for it" })

/** Crashes `name` at a place where the desk was held still, `times` times in a row. */
const crashed = (name: string, site: Site, fault: AnyFault | "defect", times = 1) =>
  Effect.gen(function*() {
    const held = yield* Deferred.make<void>()
    const released = yield* Deferred.make<void>()
    const answers: Array<boolean> = []
    const ran = yield* play(
      desk(options, holding({ site, bars: HALFWAY, held, released })),
      ({ supervision }) =>
        Effect.gen(function*() {
          yield* Deferred.await(held)
          yield* Effect.yieldNow
          for (let time = 1; time <= times; time++) {
            answers.push(yield* supervision.crash(name, fault))
            yield* reached(({ restarts }) => restarts >= time)
          }
          yield* Deferred.succeed(released, undefined)
        })
    )
    assert.deepStrictEqual(answers, Array.from({ length: times }, () => true), `${name} runs at ${site}`)
    return ran
  })

const restartsIn = (events: ReadonlyArray<SupervisionEvent>): ReadonlyArray<string> =>
  events.flatMap((event) => event._tag === "Restarted" ? event.children : [])

/** Everything was decided as if nothing had happened, both parties agree, and nothing is open. */
const assertGoneOn = (ran: Ran) => {
  assert.strictEqual(ran.how, "marketEnded")
  assert.deepStrictEqual(decisionsIn(ran.rows), decisionsIn(undisturbed.rows))
  assert.deepStrictEqual(ran.books.ours, ran.books.theirs)
  assert.deepStrictEqual(ran.books.ours, undisturbed.books.ours)
  assert.strictEqual(ran.progress.protection, undisturbed.progress.protection)
  assert.strictEqual(ran.progress.unresolved.size, 0)
  assert.strictEqual(ran.rows.at(-1)?.event._tag, "SessionEnded")
}

const find = (status: TreeStatus, name: string): TreeStatus | undefined =>
  status.name === name
    ? status
    : status.children.map((below) => find(below, name)).find((found) => found !== undefined)

/** A group as one line: strategy, what a spent budget does, members. */
const shape = (group: Group<never>): ReadonlyArray<string> => [
  `${group.name} ${group.strategy} ${group.whenSpent} {${group.children.map(({ name }) => name).join(" ")}}`,
  ...group.children.flatMap((member) => isGroup(member) ? shape(member) : [])
]

describe("pipelineTree", () => {
  it("is the tree of decisions 13", () => {
    assert.deepStrictEqual(shape(tree), [
      "root rest_for_one rise {core trading outer}",
      "core one_for_all rise {journal lease}",
      "trading rest_for_one rise {venue reconciler risk execution protection portfolio}",
      "outer one_for_one park {market decision incident control}",
      "market rest_for_one park {feed feature}",
      "decision rest_for_one park {inference strategy}"
    ])
  })
})

describe("a crash", () => {
  it("has a market to fall into: entries and exits on both sides of the crash, and a position at the end", () => {
    const orders = only(undisturbed.rows, "DecisionMade").map(({ record }) => record.order !== null)
    assert.isAtLeast(orders.slice(0, HALFWAY).filter(Boolean).length, 5)
    assert.isAtLeast(orders.slice(HALFWAY).filter(Boolean).length, 5)
    assert.strictEqual(LEAVES.length, 14)
  })

  for (const site of SITES) {
    it.live.each([...LEAVES, ...GROUPS])(
      `${site}: of %s restarts what the tree predicts, each once, and the run goes on`,
      (name) =>
        Effect.gen(function*() {
          const ran = yield* crashed(name, site, stumble)
          assert.deepStrictEqual(restartsIn(ran.events), predictRestarts(tree, name))
          const noted = only(ran.rows, "ActorRestarted")
          assert.deepStrictEqual(noted.map(({ actor, count }) => [actor, count]), [[name, 1]])
          assertGoneOn(ran)
        })
    )
  }
})

const isHalt = ({ event }: JournalRow) => event._tag === "ControlSet" && event.control === "halt"

describe("a Critical crash", () => {
  it.live.each(["journal", "risk", "execution", "protection", "strategy"])(
    "of %s halts before anything restarts: no entry after it, and the entry on its way is protected",
    (name) =>
      Effect.gen(function*() {
        const { books, how, progress, rows } = yield* crashed(
          name,
          "afterSubmit",
          new Collapse({ why: "the test asked for it" })
        )
        assert.strictEqual(how, "marketEnded")
        const halted = rows.findIndex(isHalt)
        assert.isAtLeast(halted, 0)
        assert.isAbove(rows.findIndex(({ event }) => event._tag === "ActorRestarted"), halted)
        assert.strictEqual(rows.filter(isHalt).length, 1)

        const sent = only(rows.slice(halted), "OrderSending").map(({ order }) => order.purpose)
        assert.isNotEmpty(sent)
        assert.isTrue(sent.every((purpose) => purpose === "protect"))
        const refused = only(rows.slice(halted), "DecisionMade").filter(({ record }) =>
          record.reason === "halted"
        )
        assert.isNotEmpty(refused)
        assert.notStrictEqual(progress.protection, "uncovered")
        assert.strictEqual(progress.tradingState, "Halted")
        assert.deepStrictEqual(books.ours, books.theirs)
        assert.deepStrictEqual(only(rows, "IncidentOpened").map(({ code, severity }) => [code, severity]), [[
          "Collapse",
          "Critical"
        ]])
      })
  )
})

describe("a defect", () => {
  const roseIn = (ran: Ran) => ran.events.flatMap((event) => event._tag === "Rose" ? [event.group] : [])

  it.live("counts double: two of them in `trading` spend what two failures do not, and everything from there on starts again", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(roseIn(yield* crashed("risk", "betweenBars", stumble, 2)), [])
      const ran = yield* crashed("risk", "betweenBars", "defect", 2)
      assert.deepStrictEqual(roseIn(ran), ["trading"])
      assert.deepStrictEqual(restartsIn(ran.events), [
        ...predictRestarts(tree, "risk"),
        ...predictRestarts(tree, "trading")
      ])
      assert.deepStrictEqual(ran.books.ours, ran.books.theirs)
    }))

  it.live("in the order path halts, in a derived stage it reduces until the stage runs again", () =>
    Effect.gen(function*() {
      const inRisk = yield* crashed("risk", "betweenBars", "defect")
      assert.deepStrictEqual(only(inRisk.rows, "ControlSet").map(({ by, control }) => [by, control]), [[
        "supervision/risk",
        "halt"
      ]])
      const inFeature = yield* crashed("feature", "betweenBars", "defect")
      assert.deepStrictEqual(only(inFeature.rows, "ControlSet").map(({ by, control }) => [by, control]), [
        ["supervision/feature", "reduce"],
        ["supervision/feature", "resume"]
      ])
      assert.deepStrictEqual(only(inFeature.rows, "IncidentOpened").map(({ severity }) => severity), ["High"])
      assertGoneOn(inFeature)
    }))
})

/** An Inference that fails from its `from`-th question on, `times` times. */
const failing = (from: number, times: number) => {
  let asked = 0
  return Layer.succeed(Inference, {
    predict: () =>
      Effect.suspend(() => {
        asked += 1
        return asked > from && asked <= from + times
          ? stumble
          : Effect.succeed({ _tag: "Missing", words: "rules only" } as const)
      })
  })
}

/** Machine time runs, a quarter of a second at a go, until `isOver`. */
const passing = (isOver: () => boolean) =>
  Effect.whileLoop({
    while: () => !isOver(),
    body: () => Effect.andThen(TestClock.adjust(250), Effect.yieldNow),
    step: () => {}
  })

describe("a model that fails", () => {
  it.effect("for ever parks `decision`: Reducing, and execution and protection never restart (decisions 13)", () =>
    Effect.gen(function*() {
      let restarts: ReadonlyArray<number | undefined> = []
      const parked: Array<string> = []
      const ran = yield* play(
        desk(options, failing(HALFWAY, Number.POSITIVE_INFINITY)),
        ({ supervision }) =>
          Effect.gen(function*() {
            const isParked = () => find(supervision.status(), "decision")?.state === "parked"
            yield* passing(isParked)
            yield* passing(() => !isParked())
            yield* passing(isParked)
            const status = supervision.status()
            restarts = LEAVES.map((name) => find(status, name)?.restarts)
            parked.push(
              ...status.children.flatMap(({ children }) => children).filter(({ state }) => state === "parked")
                .map(({ name }) => name)
            )
            yield* (yield* Mailboxes).feed.command("stop")
          })
      )
      assert.strictEqual(ran.how, "stopped")
      assert.deepStrictEqual(parked, ["decision"])
      const restarted = LEAVES.filter((_, index) => (restarts[index] ?? 0) > 0)
      assert.deepStrictEqual(restarted, ["inference", "strategy"])
      assert.strictEqual(ran.progress.tradingState, "Reducing")
      assert.deepStrictEqual(ran.books.ours, ran.books.theirs)
      const severities = only(ran.rows, "IncidentOpened").map(({ code, severity }) => [code, severity])
      assert.deepStrictEqual(severities, [["BudgetSpent/decision", "High"]])
    }))

  it.effect("until its group was parked once is waited for: trading resumes and decides what it would have decided", () =>
    Effect.gen(function*() {
      // Five restarts are the budget, the sixth failure spends it.
      const ran = yield* play(desk(options, failing(HALFWAY, 6)), () =>
        Effect.gen(function*() {
          const progress = yield* Progress
          yield* passing(() => progress.marketEnded)
        }))
      assert.strictEqual(ran.how, "marketEnded")
      const controls = only(ran.rows, "ControlSet").map(({ by, control }) => [by, control])
      assert.deepStrictEqual(controls, [["supervision/decision", "reduce"], [
        "supervision/decision",
        "resume"
      ]])
      assertGoneOn(ran)
    }))
})
