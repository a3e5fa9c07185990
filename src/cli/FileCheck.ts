/**
 * What `daruma data check` found in one file, as plain data.
 * In: made by layers/datasets. Out: read by the data command, as a table or as JSON.
 * Types and the one rule between them.
 */
import type { DatasetFacts } from "../domain/DatasetFacts.ts"
import { EXIT } from "./exitCodes.ts"
import type { ExitCode } from "./exitCodes.ts"

/** One thing that was looked at. */
export interface CheckRow {
  readonly check: string
  /** `look`: a backtest runs, and does what `effect` says; `refused`: it does not begin. */
  readonly state: "ok" | "look" | "refused"
  /** Rows, bars or runs found; 0 when ok. */
  readonly count: number
  /** What was found and where, first places first; empty when ok. */
  readonly places: ReadonlyArray<string>
  /** What a backtest does with it; empty when ok. */
  readonly effect: string
}

export interface FileCheck {
  /** As it was named. */
  readonly file: string
  readonly usable: boolean
  /** `venue:BASE/QUOTE` by sidecar or name; null when the file does not say. */
  readonly instrument: string | null
  /** Known of a usable file. */
  readonly facts: DatasetFacts | null
  /** Why the file is refused, as every command would say it; null when it is usable. */
  readonly refusal: string | null
  /** Id of the runbook of that refusal; null when the file is usable. */
  readonly runbook: string | null
  /** Rows looked at, flawed ones included; 0 when the file cannot be read as a whole. */
  readonly rows: number
  /** What cut the look short, in words; null when every row was looked at. */
  readonly unfinished: string | null
  readonly checks: ReadonlyArray<CheckRow>
}

/** 1 when any file would be refused, else 0: what only deserves a look is no failure. */
export const exitCodeOfChecks = (checks: ReadonlyArray<FileCheck>): ExitCode =>
  checks.every((check) => check.usable) ? EXIT.ok : EXIT.failed
