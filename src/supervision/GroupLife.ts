/**
 * One life of a group: starts its members in order, restarts them by its strategy, until all ended or the budget is spent.
 * In: a group, its nodes, a way to tell events. Out: a normal end, or `BudgetSpent` with every member stopped.
 * The restart itself is in restarting.ts; here are the loop and the starting and stopping of one member.
 */
import { Deferred, Effect, Fiber, Queue } from "effect"
import type { Exit } from "effect"
import type { AnyFault } from "../domain/Fault.ts"
import type { BudgetSpent } from "../errors/SupervisionError.ts"
import { ChildEnded } from "../errors/SupervisionError.ts"
import type { Child } from "./Actor.ts"
import { awaitWithin } from "./awaitWithin.ts"
import { classify, ofFault } from "./classify.ts"
import { isGroup } from "./Group.ts"
import type { Failure, Group, SupervisionEvent } from "./Group.ts"
import type { BackoffStep, Spend } from "./RestartPolicy.ts"
import { enter } from "./TreeNode.ts"
import type { TreeNode } from "./TreeNode.ts"

export type Announce<R> = (event: SupervisionEvent) => Effect.Effect<void, never, R>

/** How a group beneath this one is run; handed in, because groups hold groups. */
export type RunGroup<R> = (
  group: Group<R>,
  node: TreeNode,
  isUp: () => void
) => Effect.Effect<void, BudgetSpent, R>

export interface Slot<R> {
  readonly index: number
  readonly member: Child<R> | Group<R>
  readonly node: TreeNode
  /** Grows with each start and each stop: an exit of an older generation is stale and ignored. */
  generation: number
  fiber: Fiber.Fiber<void, AnyFault> | undefined
}

/** What waits for a backoff together: one child under one_for_one, else the group. */
export interface Unit extends BackoffStep {
  readonly token: number
  readonly timer: Fiber.Fiber<unknown, never> | undefined
}

export type Post<R> =
  | {
    readonly _tag: "Exited"
    readonly slot: Slot<R>
    readonly generation: number
    readonly exit: Exit.Exit<void, AnyFault>
  }
  | { readonly _tag: "Due"; readonly token: number; readonly restart: Effect.Effect<void, never, R> }
  | {
    readonly _tag: "Crash"
    readonly slot: Slot<R>
    readonly failure: Failure
    readonly answer: Deferred.Deferred<boolean>
  }

export interface Life<R> {
  readonly group: Group<R>
  readonly slots: ReadonlyArray<Slot<R>>
  readonly announce: Announce<R>
  readonly runGroup: RunGroup<R>
  /** Bounded by construction: an exit a start, a timer a unit, a crash a caller that waits. */
  readonly posts: Queue.Queue<Post<R>>
  readonly units: Map<number, Unit>
  readonly onFailure: (life: Life<R>, slot: Slot<R>, failure: Failure) => Effect.Effect<void, BudgetSpent, R>
  /** Positive, each once: tells a timer of now from one that was replaced. */
  readonly nextToken: () => number
  window: ReadonlyArray<Spend>
}

/** Runs until every member has ended; `isUp` is called once all have been started. Stops all of them on any way out. */
export const live = <R>(life: Life<R>, isUp: () => void): Effect.Effect<void, BudgetSpent, R> =>
  Effect.ensuring(attend(life, isUp), end(life))

const attend = Effect.fnUntraced(function*<R>(
  life: Life<R>,
  isUp: () => void
): Effect.fn.Return<void, BudgetSpent, R> {
  for (const slot of life.slots) {
    slot.node.crash = (failure) => crash(life, slot, failure)
    yield* startSlot(life, slot)
  }
  isUp()
  while (!life.slots.every((slot) => slot.node.state === "ended")) {
    yield* receive(life, yield* Queue.take(life.posts))
  }
})

const receive = Effect.fnUntraced(function*<R>(
  life: Life<R>,
  post: Post<R>
): Effect.fn.Return<void, BudgetSpent, R> {
  if (post._tag === "Due") {
    const isCurrent = [...life.units.values()].some((unit) => unit.token === post.token)
    return isCurrent ? yield* post.restart : undefined
  }
  const { slot } = post
  if (post._tag === "Crash") {
    if (slot.fiber === undefined) return yield* Effect.asVoid(Deferred.succeed(post.answer, false))
    yield* Effect.ensuring(haltSlot(life, slot), Deferred.succeed(post.answer, true))
    return yield* life.onFailure(life, slot, post.failure)
  }
  if (post.generation !== slot.generation) return
  slot.fiber = undefined
  if (post.exit._tag === "Failure") {
    return yield* life.onFailure(life, slot, classify(slot.node.name, post.exit.cause))
  }
  if (!isGroup(slot.member) && slot.member.restart === "permanent") {
    return yield* life.onFailure(life, slot, ofFault(new ChildEnded({ child: slot.node.name })))
  }
  yield* enter(slot.node, "ended")
  yield* life.announce({ _tag: "Stopped", child: slot.node.name, how: "ended" })
})

/** A new incarnation. A leaf has begun when this returns; a group has started its own members. */
export const startSlot = Effect.fnUntraced(function*<R>(
  life: Life<R>,
  slot: Slot<R>
): Effect.fn.Return<void, never, R> {
  const { member, node } = slot
  const up = Deferred.makeUnsafe<void>()
  const isUp = () => void Deferred.doneUnsafe(up, Effect.void)
  const run: Effect.Effect<void, AnyFault, R> = isGroup(member)
    ? life.runGroup(member, node, isUp)
    : member.run
  slot.generation += 1
  const { generation } = slot
  node.starts += 1
  yield* enter(node, "running")
  yield* Effect.uninterruptible(Effect.map(Effect.forkDetach(run, { startImmediately: true }), (fiber) => {
    slot.fiber = fiber
    fiber.addObserver((exit) => {
      isUp()
      Queue.offerUnsafe(life.posts, { _tag: "Exited", slot, generation, exit })
    })
  }))
  if (isGroup(member)) yield* Deferred.await(up)
  yield* life.announce({ _tag: "Started", child: node.name })
})

/** Stops a member on purpose; nothing happens if none runs. */
export const stopSlot = Effect.fnUntraced(function*<R>(
  life: Life<R>,
  slot: Slot<R>
): Effect.fn.Return<void, never, R> {
  if (slot.fiber === undefined) return
  const isGone = yield* haltSlot(life, slot)
  if (isGone) yield* life.announce({ _tag: "Stopped", child: slot.node.name, how: "asked" })
})

/** Ends an incarnation within its time, or leaves it behind and says so; a group takes what its members take. */
const haltSlot = Effect.fnUntraced(function*<R>(
  life: Life<R>,
  slot: Slot<R>
): Effect.fn.Return<boolean, never, R> {
  const { fiber, member, node } = slot
  if (fiber === undefined) return true
  slot.generation += 1
  fiber.interruptUnsafe()
  const isGone = isGroup(member)
    ? yield* Effect.as(Fiber.await(fiber), true)
    : yield* awaitWithin(fiber, member.shutdownMillis)
  slot.fiber = undefined
  yield* enter(node, "stopped")
  if (!isGone) yield* life.announce({ _tag: "Stopped", child: node.name, how: "abandoned" })
  return isGone
})

const crash = <R>(life: Life<R>, slot: Slot<R>, failure: Failure): Effect.Effect<boolean> =>
  Effect.suspend(() => {
    if (slot.fiber === undefined) return Effect.succeed(false)
    const answer = Deferred.makeUnsafe<boolean>()
    Queue.offerUnsafe(life.posts, { _tag: "Crash", slot, failure, answer })
    return Deferred.await(answer)
  })

/** Stops everything in reverse order and answers whoever still waits. */
const end = Effect.fnUntraced(function*<R>(life: Life<R>): Effect.fn.Return<void, never, R> {
  for (const unit of life.units.values()) unit.timer?.interruptUnsafe()
  for (const slot of life.slots.toReversed()) {
    slot.node.crash = undefined
    yield* stopSlot(life, slot)
    if (slot.node.state !== "ended" && slot.node.state !== "stopped") yield* enter(slot.node, "stopped")
  }
  for (const post of yield* Queue.clear(life.posts)) {
    if (post._tag === "Crash") yield* Deferred.succeed(post.answer, false)
  }
})
