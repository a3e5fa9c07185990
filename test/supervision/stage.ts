/**
 * A stage for supervision tests: leaves that log their starts and stops, groups with gentle defaults, all events kept.
 * In: nothing. Out: builders, the log (`+a` started, `-a` its finalizer ran) and the events so far.
 * Time is the TestClock's; `settle` lets everything that is due happen.
 */
import { Effect, Schema } from "effect"
import { TestClock } from "effect/testing"
import { Fault } from "../../src/domain/Fault.ts"
import { child } from "../../src/supervision/Actor.ts"
import type { Child } from "../../src/supervision/Actor.ts"
import { supervise } from "../../src/supervision/Supervisor.ts"
import type { Group, SupervisionEvent, TreeStatus } from "../../src/supervision/Supervisor.ts"

/** The failure that these tests crash children with. */
export class Stumble extends Fault<Stumble>()("Stumble", "Medium", "defect", { why: Schema.String }) {
  override get message() {
    return `stumbled: ${this.why}`
  }
}

export const stumble = new Stumble({ why: "a stone" })

export const settle = TestClock.adjust(0).pipe(Effect.andThen(Effect.yieldNow), Effect.repeat({ times: 5 }))

export const makeStage = () => {
  const log: Array<string> = []
  const events: Array<SupervisionEvent> = []
  const leaf = (name: string, options?: Parameters<typeof child>[2]): Child<never> =>
    child(
      name,
      Effect.ensuring(
        Effect.andThen(Effect.sync(() => log.push(`+${name}`)), Effect.never),
        Effect.sync(() => log.push(`-${name}`))
      ),
      options
    )
  const since = (): ReadonlyArray<string> => log.splice(0)
  const only = <T extends SupervisionEvent["_tag"]>(
    tag: T
  ): ReadonlyArray<SupervisionEvent & { readonly _tag: T }> =>
    events.filter((event): event is SupervisionEvent & { readonly _tag: T } => event._tag === tag)
  const run = (root: Group<never>) =>
    supervise(root, { onEvent: (event) => Effect.sync(() => void events.push(event)) })
  return { events, leaf, log, only, run, since }
}

/** A group that restarts at once, up to five times in ten seconds, and rises. */
export const group = (
  name: string,
  children: Group<never>["children"],
  options?: Partial<Group<never>>
): Group<never> => ({
  name,
  strategy: "one_for_one",
  intensity: { max: 5, withinMillis: 10_000 },
  backoff: { firstMillis: 0, maxMillis: 0 },
  whenSpent: "rise",
  severityWhenSpent: "High",
  children,
  ...options
})

/** The state of each member, flat. */
export const states = (status: TreeStatus): Readonly<Record<string, string>> =>
  Object.assign({ [status.name]: status.state }, ...status.children.map(states))
