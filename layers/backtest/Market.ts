/**
 * One market of a backtest, loaded: its bars, its instrument, and what is known of where they came from.
 * In: made by markets.ts. Out: read by period, notices and files.
 * Types only.
 */
import type { Columns } from "../../src/domain/Columns.ts"
import type { DatasetFacts } from "../../src/domain/DatasetFacts.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"

export interface Market {
  /** The file's base name; `synthetic 15m, seed 42` for the demo market. */
  readonly name: string
  /** Fees already overridden by the settings. */
  readonly instrument: Instrument
  readonly columns: Columns
  /** Bars before this index only warm features, whatever the period. */
  readonly first: number
  /** Null for the demo market, which is no file. */
  readonly facts: DatasetFacts | null
  /** sha256 of the unpacked file, or of the demo market's columns. */
  readonly contentHash: string
  /** Of loading: what this machine's cache did. Never in a result. */
  readonly notices: ReadonlyArray<string>
}
