/**
 * The one constructor of error classes: an error without severity and runbook does not compile (decisions 19).
 * In: tag, severity, runbook id, facts. Out: a yieldable, schema-backed error class that carries all of them.
 * Here because severity is the spine: supervisor, trading state, stage and notification read it off the type.
 */
import { Schema } from "effect"
import type { Cause } from "effect"
import type { Severity } from "./severityTable.ts"

/** What every failure of this runtime is; ports, actors and mailboxes constrain their `E` to it. */
export interface AnyFault extends Cause.YieldableError {
  readonly _tag: string
  readonly severity: Severity
  readonly runbook: string
}

interface Classified<S extends Severity> {
  readonly severity: S
  readonly runbook: string
}

/** `class Stale extends Fault<Stale>()("Stale", "Medium", "feed-stale", { ageMillis: Schema.Finite }) {}` */
export const Fault =
  <Self = never>() =>
  <const Tag extends string, const S extends Severity, const Fields extends Schema.Struct.Fields>(
    tag: Tag,
    severity: S,
    runbook: string,
    fields: Fields
  ): Schema.Class<Self, Schema.TaggedStruct<Tag, Fields>, Cause.YieldableError & Classified<S>> => {
    const Tagged = Schema.TaggedError<Self, Classified<S>>()(tag, fields) as unknown as Schema.Class<
      Self,
      Schema.TaggedStruct<Tag, Fields>,
      Cause.YieldableError & Classified<S>
    >
    Object.defineProperty(Tagged.prototype, "severity", { value: severity, enumerable: true })
    Object.defineProperty(Tagged.prototype, "runbook", { value: runbook, enumerable: true })
    return Tagged
  }
