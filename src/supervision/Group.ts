/**
 * A supervision tree as data: groups of children and groups, and what supervision says about them.
 * In: nothing. Out: the shapes of tree, event and status.
 * Here, apart from Supervisor.ts which exports them, so that the rooms beneath it share them without a circle.
 */
import type { Severity } from "../domain/severityTable.ts"
import type { Child } from "./Actor.ts"
import type { Backoff, Intensity } from "./RestartPolicy.ts"

export type Strategy = "one_for_one" | "one_for_all" | "rest_for_one"

/** One group of the tree: pure data, children in start order. A group is one child of the group above it. */
export interface Group<R> {
  /** Unique in the tree. */
  readonly name: string
  readonly strategy: Strategy
  readonly intensity: Intensity
  readonly backoff: Backoff
  /** rise: the group fails towards its parent. park: it stops, rests 60 s (doubling to 10 min), starts again. */
  readonly whenSpent: "rise" | "park"
  readonly severityWhenSpent: Severity
  readonly children: ReadonlyArray<Child<R> | Group<R>>
}

/** A failure as supervision sees it. */
export interface Failure {
  /** Tag of the fault, or "Defect". */
  readonly fault: string
  readonly severity: Severity
  readonly runbook: string
  /** The cause in one line, at most 300 characters. */
  readonly words: string
  readonly defect: boolean
}

/** What happened, in order; children are named as in the tree. */
export type SupervisionEvent =
  | { readonly _tag: "Started"; readonly child: string }
  | { readonly _tag: "Failed"; readonly child: string } & Failure
  | {
    readonly _tag: "Restarted"
    readonly group: string
    /** The child whose failure caused it, with the tag of that failure. */
    readonly child: string
    readonly fault: string
    /** Leaf children that were started again, in start order. */
    readonly children: ReadonlyArray<string>
    readonly delayMillis: number
    /** How many times `child` has been restarted by now, this time included. */
    readonly count: number
  }
  /** The budget is spent, everything in the group is stopped, the failure goes to the parent. */
  | { readonly _tag: "Rose"; readonly group: string; readonly severity: Severity; readonly words: string }
  | {
    readonly _tag: "Parked"
    readonly group: string
    readonly forMillis: number
    readonly severity: Severity
    readonly words: string
  }
  /** A parked group is about to start again. */
  | { readonly _tag: "Resumed"; readonly group: string }
  /** asked: stopped on purpose; ended: came to its normal end; abandoned: did not stop within its time. */
  | { readonly _tag: "Stopped"; readonly child: string; readonly how: "asked" | "ended" | "abandoned" }
  /** The root's budget is spent: nothing runs any more. */
  | { readonly _tag: "GaveUp"; readonly group: string; readonly severity: Severity; readonly words: string }

/** `restarting` = waits for its backoff; `parked` only for groups. */
export type TreeState = "running" | "restarting" | "parked" | "stopped" | "ended"

export interface LastFailure extends Failure {
  /** UTC milliseconds. */
  readonly atMillis: number
}

/** One look at the tree, a copy. */
export interface TreeStatus {
  readonly name: string
  readonly kind: "child" | "group"
  readonly state: TreeState
  /** Starts after the first one, for whatever reason. */
  readonly restarts: number
  readonly lastFailure: LastFailure | null
  /** UTC milliseconds at which `state` began. */
  readonly sinceMillis: number
  readonly children: ReadonlyArray<TreeStatus>
}

/** Tells a group from a leaf. */
export const isGroup = <R>(member: Child<R> | Group<R>): member is Group<R> => "children" in member

/** Names of the leaves beneath a member, in start order; a leaf names itself. */
export const leafNames = <R>(member: Child<R> | Group<R>): ReadonlyArray<string> =>
  isGroup(member) ? member.children.flatMap(leafNames) : [member.name]
