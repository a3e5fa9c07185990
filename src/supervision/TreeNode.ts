/**
 * The living record beside each member of a tree: its state, its failures, and how to crash it.
 * In: a tree as data. Out: mutable nodes, written by the group above each member, and copies of them to look at.
 * It outlives incarnations, parkings and restarts of whole groups, which own nothing that must be remembered.
 */
import { Clock, Effect } from "effect"
import { TreeMalformed } from "../errors/SupervisionError.ts"
import type { Child } from "./Actor.ts"
import { isGroup } from "./Group.ts"
import type { Failure, Group, LastFailure, TreeState, TreeStatus } from "./Group.ts"

export interface TreeNode {
  readonly name: string
  readonly kind: "child" | "group"
  readonly children: ReadonlyArray<TreeNode>
  state: TreeState
  starts: number
  lastFailure: LastFailure | null
  sinceMillis: number
  /** Set while the group above is alive; false when no incarnation runs. */
  crash: ((failure: Failure) => Effect.Effect<boolean>) | undefined
}

/** One node a member, or a defect (`TreeMalformed`) if the tree cannot be supervised as written. */
export const makeTree = <R>(root: Group<R>): Effect.Effect<TreeNode> => {
  const words = faultOf(root, new Set())
  return words === undefined
    ? Effect.map(Clock.currentTimeMillis, (now) => grow(root, now))
    : Effect.die(new TreeMalformed({ group: root.name, words }))
}

export const enter = (node: TreeNode, state: TreeState): Effect.Effect<void> =>
  Effect.map(Clock.currentTimeMillis, (now) => {
    node.state = state
    node.sinceMillis = now
  })

export const findNode = (node: TreeNode, name: string): TreeNode | undefined => {
  if (node.name === name) return node
  for (const below of node.children) {
    const found = findNode(below, name)
    if (found !== undefined) return found
  }
  return undefined
}

export const statusOf = (node: TreeNode): TreeStatus => ({
  name: node.name,
  kind: node.kind,
  state: node.state,
  restarts: Math.max(0, node.starts - 1),
  lastFailure: node.lastFailure,
  sinceMillis: node.sinceMillis,
  children: node.children.map(statusOf)
})

const grow = <R>(member: Child<R> | Group<R>, nowMillis: number): TreeNode => ({
  name: member.name,
  kind: isGroup(member) ? "group" : "child",
  children: isGroup(member) ? member.children.map((below) => grow(below, nowMillis)) : [],
  state: "stopped",
  starts: 0,
  lastFailure: null,
  sinceMillis: nowMillis,
  crash: undefined
})

const faultOf = <R>(member: Child<R> | Group<R>, seen: Set<string>): string | undefined => {
  if (seen.has(member.name)) return `the name ${member.name} is taken twice`
  seen.add(member.name)
  if (!isGroup(member)) {
    return isMillis(member.shutdownMillis) ? undefined : `${member.name}: shutdownMillis is not a time`
  }
  const { backoff, intensity } = member
  if (member.children.length === 0) return `${member.name} has no children`
  if (!Number.isSafeInteger(intensity.max) || intensity.max < 0) {
    return `${member.name}: intensity.max is not a count`
  }
  if (!Number.isSafeInteger(intensity.withinMillis) || intensity.withinMillis < 1) {
    return `${member.name}: intensity.withinMillis is not a time`
  }
  if (
    !isMillis(backoff.firstMillis) || !isMillis(backoff.maxMillis) || backoff.maxMillis < backoff.firstMillis
  ) {
    return `${member.name}: backoff is not a rising pair of times`
  }
  for (const below of member.children) {
    const words = faultOf(below, seen)
    if (words !== undefined) return words
  }
  return undefined
}

const isMillis = (value: number): boolean => Number.isFinite(value) && value >= 0
