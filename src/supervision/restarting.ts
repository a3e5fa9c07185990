/**
 * What one failure does to a group: budget, who stops, how long to wait, who starts again.
 * In: a life, the member that failed, its failure. Out: restarted members, or `BudgetSpent`.
 * Here so that the OTP strategies stand in one place, apart from the bookkeeping of fibers.
 */
import { Clock, Effect, Queue, Random } from "effect"
import { BudgetSpent } from "../errors/SupervisionError.ts"
import { isGroup, leafNames } from "./Group.ts"
import type { Failure } from "./Group.ts"
import { startSlot, stopSlot } from "./GroupLife.ts"
import type { Life, Slot } from "./GroupLife.ts"
import { countRestart } from "./metrics.ts"
import { backoffMillis, DEFECT_WEIGHT, FAILURE_WEIGHT, isSpent, nextAttempt, spend } from "./RestartPolicy.ts"
import { enter } from "./TreeNode.ts"

/** Key of the unit under strategies that restart members together; under one_for_one it is the member's index. */
const WHOLE_GROUP = -1

export const onFailure = Effect.fnUntraced(function*<R>(
  life: Life<R>,
  slot: Slot<R>,
  failure: Failure
): Effect.fn.Return<void, BudgetSpent, R> {
  const { group } = life
  const { node } = slot
  const atMillis = yield* Clock.currentTimeMillis
  node.lastFailure = { ...failure, atMillis }
  yield* enter(node, isTemporary(slot) ? "ended" : "restarting")
  yield* life.announce({ _tag: "Failed", child: node.name, ...failure })
  if (isTemporary(slot)) return
  const weight = failure.defect ? DEFECT_WEIGHT : FAILURE_WEIGHT
  life.window = spend(life.window, { atMillis: yield* machineMillis, weight }, group.intensity.withinMillis)
  if (isSpent(life.window, group.intensity.max)) {
    return yield* new BudgetSpent({
      group: group.name,
      declared: group.severityWhenSpent,
      ...group.intensity,
      lastFailure: `${node.name}: ${failure.words}`
    })
  }
  for (const other of affected(life, slot).toReversed()) {
    yield* stopSlot(life, other)
    yield* enter(other.node, isTemporary(other) ? "ended" : "restarting")
  }
  yield* schedule(life, slot, failure)
})

/** The other members that this failure stops, in start order. */
const affected = <R>(life: Life<R>, failed: Slot<R>): ReadonlyArray<Slot<R>> => {
  switch (life.group.strategy) {
    case "one_for_one":
      return []
    case "rest_for_one":
      return life.slots.slice(failed.index + 1)
    case "one_for_all":
      return life.slots.filter((other) => other !== failed)
  }
}

/** Replaces a restart that is still due: under rest_for_one an earlier member may fail while later ones wait. */
const schedule = Effect.fnUntraced(function*<R>(
  life: Life<R>,
  slot: Slot<R>,
  failure: Failure
): Effect.fn.Return<void, never, R> {
  const key = life.group.strategy === "one_for_one" ? slot.index : WHOLE_GROUP
  const before = life.units.get(key)
  before?.timer?.interruptUnsafe()
  const attempt = nextAttempt(before, yield* machineMillis, life.group.intensity.withinMillis)
  const delayMillis = backoffMillis(attempt, life.group.backoff, yield* Random.next)
  const token = life.nextToken()
  const now = restart(life, key, attempt, slot, failure, delayMillis)
  if (delayMillis === 0) return yield* now
  const timer = yield* Effect.forkDetach(
    Effect.andThen(
      Effect.sleep(delayMillis),
      Effect.sync(() => Queue.offerUnsafe(life.posts, { _tag: "Due", token, restart: now }))
    ),
    { startImmediately: true }
  )
  life.units.set(key, { attempt, restartedAtMillis: null, token, timer })
})

const restart = Effect.fnUntraced(function*<R>(
  life: Life<R>,
  key: number,
  attempt: number,
  failed: Slot<R>,
  failure: Failure,
  delayMillis: number
): Effect.fn.Return<void, never, R> {
  const due = life.slots.filter((slot) =>
    slot.node.state === "restarting" && (key === WHOLE_GROUP || slot.index === key)
  )
  const restartedAtMillis = yield* machineMillis
  life.units.set(key, { attempt, restartedAtMillis, token: 0, timer: undefined })
  for (const slot of due) {
    yield* startSlot(life, slot)
    const reason = slot === failed ? failure.fault : "sibling"
    yield* Effect.forEach(leafNames(slot.member), (leaf) => countRestart(leaf, reason), { discard: true })
  }
  yield* life.announce({
    _tag: "Restarted",
    group: life.group.name,
    child: failed.node.name,
    fault: failure.fault,
    children: due.flatMap((slot) => leafNames(slot.member)),
    delayMillis,
    count: failed.node.starts - 1
  })
})

const isTemporary = <R>(slot: Slot<R>): boolean =>
  !isGroup(slot.member) && slot.member.restart === "temporary"

/** Monotonic, so that a step of the wall clock can neither spend a budget nor save one. */
const machineMillis = Effect.map(Clock.monotonicTimeNanos, (nanos) => Number(nanos / 1_000_000n))
