/**
 * The facts a log line may carry beside its words, by one set of names.
 * In: an effect. Out: the same effect, its lines labelled; `mustSee` lines are shown whatever the level is (conventions F4).
 * Contract only: layers/logging reads the names, everybody else writes them.
 */
import { Effect } from "effect"
import type { Severity } from "../domain/severityTable.ts"

export interface LogFacts {
  readonly actor?: string
  readonly epoch?: number
  readonly stage?: string
  readonly decisionId?: string
  readonly intentId?: string
  readonly incidentId?: string
  /** Overrules the log level: Critical is shown as CRITICAL, High as ERROR, and so on (severityTable). */
  readonly severity?: Severity
  readonly mustSee?: boolean
}

/** Names that become labels of a line; any other annotation becomes a plain field. */
const LOG_LABELS: ReadonlyArray<string> = ["actor", "epoch", "stage", "decisionId", "intentId", "incidentId"]

/** Labels every line that `self` writes. */
const withFacts = (facts: LogFacts) => <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.annotateLogs(self, { ...facts })

/** Lines of `self` are shown whatever the level is: orders, halts, incidents, start and end. */
const mustSee: <A, E, R>(self: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R> = withFacts({
  mustSee: true
})

export { LOG_LABELS, mustSee, withFacts }
