/**
 * What a person at the terminal is told of a run, as plain data.
 * In: made by the trade run from the session's facts, the journal's rows by cursor, and supervision. Out: read by layers/console.
 * Rows are enough for candles, votes, orders, fills and results: nothing is shown that was not written first.
 */
import type { JournalRow } from "../domain/Event.ts"
import type { Instrument } from "../domain/Instrument.ts"
import type { Settings } from "../domain/Settings.ts"
import type { Severity } from "../domain/severityTable.ts"

/** What does not change while a run lasts. */
export interface SessionFacts {
  /** Name of the account in rows, e.g. `paper-spot`. */
  readonly account: string
  /** Fees already replaced by the settings' own. */
  readonly instrument: Instrument
  readonly settings: Settings
  readonly baseMillis: number
  readonly realMoney: boolean
  readonly demo: boolean
  readonly profile: string
  readonly settingsHash: string
  readonly journal: string
  /** Disagreements of settings that were resolved by a rule. */
  readonly notes: ReadonlyArray<string>
}

export type ConsoleEvent =
  /** A row written by this run. */
  | { readonly _tag: "Row"; readonly row: JournalRow }
  /** A row of an earlier run: folded, counted nowhere, not shown. */
  | { readonly _tag: "Past"; readonly row: JournalRow }
  /** The health server answers here. */
  | { readonly _tag: "Listening"; readonly address: string }
  /** An actor failed, came back, or its group was parked, resumed or given up. */
  | {
    readonly _tag: "Supervised"
    readonly change: "failed" | "restarted" | "parked" | "resumed" | "gaveUp"
    readonly name: string
    readonly severity: Severity | null
    readonly words: string
    /** Machine time, UTC milliseconds. */
    readonly at: number
  }
  /** Something to know that is no row. */
  | { readonly _tag: "Notice"; readonly severity: Severity; readonly words: string }
