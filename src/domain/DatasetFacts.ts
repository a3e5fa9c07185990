/**
 * What is known of a data file once every row of it was read.
 * In: counted by layers/datasets. Out: read by the backtest's files, its notices and `daruma data check`; kept in the cache.
 * Types only; in domain because commands, files and datasets share it. `thinBars` alone is not about the file's own bars.
 */

export interface GapFacts {
  /** Runs of missing bars. */
  readonly runs: number
  /** Bars missing in all of them. */
  readonly missing: number
  /** Bars missing in the longest run; 0 without a gap. */
  readonly longest: number
  /** Open time of the first bar that the longest run lacks, UTC milliseconds; null without a gap. */
  readonly longestAt: number | null
}

/** A bar whose close stands more than 20 % from the close before it. */
export interface Spike {
  /** Open time of the bar, UTC milliseconds. */
  readonly at: number
  /** close / previous close - 1. */
  readonly change: number
}

export interface SpikeFacts {
  readonly count: number
  /** The largest moves, largest first; at most five. */
  readonly largest: ReadonlyArray<Spike>
}

export interface DatasetFacts {
  /** The file's base name. */
  readonly name: string
  /** SHA-256 of the file's bytes as they lie on disk, hex. */
  readonly fileHash: string
  /** SHA-256 of the unpacked content, hex. */
  readonly contentHash: string
  /** Rows of the file, which are its own bars. */
  readonly rows: number
  /** Length of the file's own bars, milliseconds. */
  readonly baseMillis: number
  /** Open time of the first and of the last row, UTC milliseconds. */
  readonly first: number
  readonly last: number
  readonly gaps: GapFacts
  /** Bars without volume. */
  readonly zeroVolume: number
  readonly spikes: SpikeFacts
  /** Bars whose high stands above their low by more than 20 % of the close. */
  readonly wideBars: number
  /** Bars of the wanted timeframe made of fewer than half their base bars; 0 at the file's own. */
  readonly thinBars: number
}
