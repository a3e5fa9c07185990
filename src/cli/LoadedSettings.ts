/**
 * Effective settings with the place that each value came from.
 * In: made by layers/settings. Out: read by every command; `origins` is what `config show` prints.
 * Types only.
 */
import type { Settings } from "../domain/Settings.ts"

export type OriginKind = "default" | "profile" | "file" | "env" | "flag"

export interface Origin {
  readonly kind: OriginKind
  /** `default`, `profile balanced`, `./daruma.config.jsonc:4`, `env PORT`, `flag --capital`. */
  readonly words: string
}

export interface LoadedSettings {
  readonly settings: Settings
  /** Every key by dotted path. */
  readonly origins: ReadonlyMap<string, { readonly value: unknown; readonly origin: Origin }>
  /** Disagreements that were resolved by a stated rule; printed at the start. Never secret. */
  readonly notes: ReadonlyArray<string>
  /** What MODE said, null when it was not set. */
  readonly mode: "paper" | "live" | "backtest" | null
  readonly profile: string
  /** Hash of the settings that decide (decisions 31: no path, port, host or log level in it). */
  readonly hash: string
}

/** One line of `config show`. */
export interface SettingRow {
  readonly path: string
  readonly value: unknown
  readonly origin: Origin
  readonly unit: string
  readonly words: string
  readonly expected: string
}
