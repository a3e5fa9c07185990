/**
 * Keeps a tree of children running: the root group, its status, and the two ways to end it.
 * In: a tree as data, a hook for events. Out: `Supervision`, alive until it is stopped, ends, or gives up.
 * Semantics are OTP's, except for what docs/supervision.md lists: jittered backoff, double weight of defects, parking.
 */
import { Cause, Duration, Effect, Exit, Fiber, Queue } from "effect"
import type { Scope } from "effect"
import type { AnyFault } from "../domain/Fault.ts"
import type { BudgetSpent } from "../errors/SupervisionError.ts"
import { awaitWithin } from "./awaitWithin.ts"
import { ofDefect, ofFault } from "./classify.ts"
import type { Group, SupervisionEvent, TreeStatus } from "./Group.ts"
import { live } from "./GroupLife.ts"
import type { Announce, Life, Post } from "./GroupLife.ts"
import { countParking } from "./metrics.ts"
import { onFailure } from "./restarting.ts"
import { nextParkStep, parkMillis } from "./RestartPolicy.ts"
import { enter, findNode, makeTree, statusOf } from "./TreeNode.ts"
import type { TreeNode } from "./TreeNode.ts"

export type {
  Failure,
  Group,
  LastFailure,
  Strategy,
  SupervisionEvent,
  TreeState,
  TreeStatus
} from "./Group.ts"

/** A tree under supervision. */
export interface Supervision {
  readonly status: () => TreeStatus
  /**
   * Ends the running incarnation of a child (or of a group) as if it had failed with that; true once it has ended,
   * false when none runs, for the root, and for a name that the tree does not hold.
   */
  readonly crash: (child: string, fault: AnyFault | "defect") => Effect.Effect<boolean>
  /** Reverse order, each child within its shutdownMillis, then abandoned. Again is harmless. */
  readonly stop: Effect.Effect<void>
  /** Waits: success when stopped or when every child came to its normal end, failure when the root gave up. */
  readonly ended: Effect.Effect<Exit.Exit<void, BudgetSpent>>
}

export interface Hooks<R> {
  /** Waited for, in order, before supervision goes on, but at most a second: what halts must be halted first. */
  readonly onEvent: (event: SupervisionEvent) => Effect.Effect<void, never, R>
}

/** A hook that takes longer is interrupted and logged; the tree is more important than the news of it. */
const HOOK_MILLIS = 1_000

/** Starts the tree in order and keeps it until the scope closes. Errors: dies with `TreeMalformed`, Critical. */
export const supervise = Effect.fnUntraced(function*<R>(
  root: Group<R>,
  hooks: Hooks<R>
): Effect.fn.Return<Supervision, never, R | Scope.Scope> {
  const node = yield* makeTree(root)
  const announce = announcer(hooks)
  node.starts = 1
  yield* enter(node, "running")
  const run = runGroup(root, node, announce, () => {}, true).pipe(
    Effect.onExit((exit) => enter(node, Exit.isSuccess(exit) ? "ended" : "stopped"))
  )
  const fiber = yield* Effect.acquireRelease(
    Effect.forkDetach(run, { startImmediately: true }),
    (running) => Fiber.interrupt(running)
  )
  return {
    status: () => statusOf(node),
    crash: (child, fault) =>
      Effect.suspend(() => {
        const crash = findNode(node, child)?.crash
        return crash === undefined
          ? Effect.succeed(false)
          : crash(fault === "defect" ? ofDefect("crashed on request, as by a defect") : ofFault(fault))
      }),
    stop: Fiber.interrupt(fiber),
    ended: Effect.map(Fiber.await(fiber), (exit) => isStop(exit) ? Exit.void : exit)
  }
})

/** All lives of one group: the only one if it rises, one after another if it parks. */
const runGroup = <R>(
  group: Group<R>,
  node: TreeNode,
  announce: Announce<R>,
  isUp: () => void,
  isRoot: boolean
): Effect.Effect<void, BudgetSpent, R> => {
  const oneLife = Effect.flatMap(makeLife(group, node, announce), (life) => live(life, isUp))
  if (group.whenSpent === "park") return runParking(group, node, announce, oneLife)
  return Effect.tapError(oneLife, (spent) =>
    announce({
      _tag: isRoot ? "GaveUp" : "Rose",
      group: group.name,
      severity: spent.severity,
      words: spent.message
    }))
}

const runParking = Effect.fnUntraced(function*<R>(
  group: Group<R>,
  node: TreeNode,
  announce: Announce<R>,
  oneLife: Effect.Effect<void, BudgetSpent, R>
): Effect.fn.Return<void, never, R> {
  for (let step = 0, isResumed = false;; isResumed = true) {
    const [ran, spent] = yield* Effect.timed(
      Effect.match(oneLife, { onFailure: (e) => e, onSuccess: () => undefined })
    )
    if (spent === undefined) return
    if (isResumed) step = nextParkStep(step, Duration.toMillis(ran))
    const forMillis = parkMillis(step)
    yield* enter(node, "parked")
    yield* countParking(group.name)
    yield* announce({
      _tag: "Parked",
      group: group.name,
      forMillis,
      severity: spent.severity,
      words: spent.message
    })
    yield* Effect.sleep(forMillis)
    node.starts += 1
    yield* enter(node, "running")
    yield* announce({ _tag: "Resumed", group: group.name })
  }
})

const makeLife = <R>(group: Group<R>, node: TreeNode, announce: Announce<R>): Effect.Effect<Life<R>> =>
  Effect.map(Queue.unbounded<Post<R>>(), (posts) => {
    let tokens = 0
    return {
      group,
      announce,
      onFailure,
      slots: group.children.map((member, index) => ({
        index,
        member,
        node: node.children[index] as TreeNode,
        generation: 0,
        fiber: undefined
      })),
      runGroup: (below, belowNode, isUp) => runGroup(below, belowNode, announce, isUp, false),
      posts,
      units: new Map(),
      nextToken: () => tokens += 1,
      window: []
    }
  })

/** A hook neither fails nor delays supervision: its defects and its lateness are logged. */
const announcer = <R>(hooks: Hooks<R>): Announce<R> => (event) =>
  Effect.uninterruptible(Effect.gen(function*() {
    const fiber = yield* Effect.forkDetach(hooks.onEvent(event), { startImmediately: true })
    const isDone = yield* awaitWithin(fiber, HOOK_MILLIS)
    if (!isDone) {
      fiber.interruptUnsafe()
      return yield* Effect.logError(
        `supervision: the hook did not finish with ${event._tag} within ${HOOK_MILLIS} ms`
      )
    }
    const exit = yield* Fiber.await(fiber)
    if (Exit.isFailure(exit)) {
      yield* Effect.logError(`supervision: the hook failed on ${event._tag}`, exit.cause)
    }
  }))

const isStop = (exit: Exit.Exit<void, BudgetSpent>): boolean =>
  Exit.isFailure(exit) && Cause.hasInterruptsOnly(exit.cause)
