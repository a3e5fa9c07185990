/**
 * What the command line of `backtest` and `features` may say beyond the settings.
 * In: made by the commands from flags. Out: read by layers/backtest.
 * Plain types: nothing that computes is loaded for `--help`.
 */
import type { OutputOptions } from "./TradeOptions.ts"

/** When progress is shown, always on stderr: `auto` on a terminal, `json` one line an update, `off` never. */
export type ProgressMode = "auto" | "json" | "off"

export interface BacktestOptions extends OutputOptions {
  /** Candle files, one a market; none = the synthetic market. */
  readonly data: ReadonlyArray<string>
  /** `venue:BASE/QUOTE` of each file, in order; none = sidecars and file names say it. */
  readonly instruments: ReadonlyArray<string>
  /** UTC milliseconds; bars that open at or after `from` and close at or before `to` are traded. Null = all. */
  readonly from: number | null
  readonly to: number | null
  /** Bars of the synthetic market that are traded; null = about a year of them. */
  readonly bars: number | null
  /** Which decisions become lines of decisions.jsonl: all but plain holds, or all (decisions 32). */
  readonly decisions: "acted" | "all"
  /** Folder of the results; null = one under the home, named after market and fingerprint. */
  readonly out: string | null
  readonly home: string
  /** Replaces another run's results in `out`. */
  readonly force: boolean
  /** False: data files are parsed anew and not remembered. */
  readonly cache: boolean
  /** False: no report.html. */
  readonly report: boolean
  /** Variants tried before this one is shown, 1 or more: what deflates a Sharpe ratio. */
  readonly trials: number
  readonly progress: ProgressMode
}

export interface FeaturesOptions extends OutputOptions {
  readonly data: string
  readonly spec: "phase19" | "stationary"
  /** As written: `sma(20),macd(12,26,9)`; null = none. */
  readonly indicators: string | null
  /** Bar length wanted, milliseconds; null = the file's own. */
  readonly timeframeMillis: number | null
  readonly out: string
  readonly home: string
  readonly force: boolean
  readonly cache: boolean
}
