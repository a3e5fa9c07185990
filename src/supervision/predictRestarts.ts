/**
 * Says beforehand which leaves one failure restarts, from the tree data alone.
 * In: a tree and the name of the child that fails once (no defect). Out: leaf names in start order.
 * Here so that what a reader of the tree expects is a function, and a test can hold the supervisor to it.
 */
import type { Child } from "./Actor.ts"
import { isGroup, leafNames } from "./Group.ts"
import type { Group } from "./Group.ts"

type Member = Child<unknown> | Group<unknown>

/**
 * Leaves that are started again when `child` (a leaf, or a group whose budget is spent) fails once, backoff and
 * parking over; empty when nothing is restarted (a temporary child, or a root that gives up).
 * Errors: throws a RangeError for a name that the tree does not hold.
 */
export const predictRestarts = (root: Group<unknown>, child: string): ReadonlyArray<string> => {
  const path = pathTo(root, child)
  if (path === undefined) throw new RangeError(`the tree ${root.name} holds no ${child}`)
  return climb(path)
}

/** From the root down to the named member, both included. */
const pathTo = (member: Member, name: string): ReadonlyArray<Member> | undefined => {
  if (member.name === name) return [member]
  if (!isGroup(member)) return undefined
  for (const below of member.children) {
    const path = pathTo(below, name)
    if (path !== undefined) return [member, ...path]
  }
  return undefined
}

const climb = (path: ReadonlyArray<Member>): ReadonlyArray<string> => {
  const failed = path[path.length - 1]
  const parent = path[path.length - 2]
  if (failed === undefined || parent === undefined || !isGroup(parent) || isTemporary(failed)) return []
  if (parent.intensity.max < 1) {
    return parent.whenSpent === "park"
      ? leafNames(parent)
      : climb(path.slice(0, -1))
  }
  const from = parent.children.indexOf(failed)
  const restarted = {
    one_for_one: [failed],
    rest_for_one: parent.children.slice(from),
    one_for_all: parent.children
  }[parent.strategy]
  return restarted.filter((member) => !isTemporary(member)).flatMap(leafNames)
}

/** A temporary child is never restarted by its own group, not even for a sibling's failure (as in OTP). */
const isTemporary = (member: Member): boolean => !isGroup(member) && member.restart === "temporary"
