/**
 * What the command line may say: the part that becomes settings, and the part that only steers one run.
 * In: made by the commands from flags. Out: read by layers/settings (SettingsRequest) and by the trade run (TradeOptions).
 * Plain types: the runtime behind them is loaded only when a command needs it.
 */

/** Flags that settle settings; every field is absent unless the flag was given. */
export interface SettingFlags {
  readonly stage?: string
  readonly market?: string
  /** Candle file; implies market `file`. */
  readonly data?: string
  /** `venue:BASE/QUOTE`. */
  readonly instrument?: string
  readonly timeframe?: string
  readonly higher?: string
  readonly account?: string
  readonly capital?: string
  /** `maker,taker`, each a share (0.001) or a percentage (0.1%). */
  readonly fees?: string
  /** A share (0.0005) or a percentage (0.05%). */
  readonly slippage?: string
  readonly seed?: string
  readonly port?: string
}

export interface SettingsRequest {
  /** `balanced`, `aggressive`: a file of config/. */
  readonly profile: string
  /** Settings file of the user; null = ./daruma.config.jsonc when there is one. */
  readonly config: string | null
  readonly flags: SettingFlags
}

/** Closed base candles a second, the wall clock, or as fast as possible (decisions 23). */
export type Speed =
  | { readonly _tag: "PerSecond"; readonly candles: number }
  | { readonly _tag: "Real" }
  | { readonly _tag: "Max" }

export interface OutputOptions {
  /** One JSON object an event or result on stdout, nothing else. */
  readonly json: boolean
  /** Only warnings, errors and the final report. */
  readonly quiet: boolean
  /** False with --no-color; the terminal and NO_COLOR may still forbid colours. */
  readonly color: boolean
}

export interface TradeOptions extends OutputOptions {
  readonly data: string | null
  readonly speed: Speed
  /** Wall time from the first candle line, in milliseconds; null = until the market or the operator ends it. */
  readonly forMillis: number | null
  /** Folder of journals and ledgers; default ./.daruma or DARUMA_HOME (decisions 8). */
  readonly home: string
  /** A journal named explicitly; refused when it belongs to another key (exit 4). */
  readonly journal: string | null
  /** Starts a new journal and keeps the old. */
  readonly fresh: boolean
}
