/**
 * Everything a command needs from outside, behind one service whose parts are loaded when they are first used.
 * In: requests made of flags. Out: lazy effects; layers/main.ts provides them by dynamic import (decisions 10).
 * Contract only, so that `daruma --help` loads neither SQLite nor telemetry, and a test can stand in for all of it.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { JournalRow } from "../domain/Event.ts"
import type { AnyFault } from "../domain/Fault.ts"
import type { BacktestOptions, FeaturesOptions } from "./BacktestOptions.ts"
import type { ExitCode } from "./exitCodes.ts"
import type { FileCheck } from "./FileCheck.ts"
import type { Finding } from "./Finding.ts"
import type { LoadedSettings, SettingRow } from "./LoadedSettings.ts"
import type { SettingsRequest, TradeOptions } from "./TradeOptions.ts"

export interface JournalCheck {
  readonly path: string
  readonly rows: number
  /** Sequence of the first row whose hash is wrong, or null. */
  readonly brokenAt: number | null
  readonly words: string
}

export interface LoadedForCommand {
  readonly loaded: LoadedSettings
  readonly rows: ReadonlyArray<SettingRow>
}

export class Profiles extends Context.Service<Profiles, {
  /** Where state lies unless --home says otherwise: DARUMA_HOME or ./.daruma. */
  readonly defaultHome: string
  /** Reads and checks settings; refuses nothing for safety. With `redact`, rows hold no credentials and addresses. */
  readonly settings: (request: SettingsRequest, redact?: boolean) => Effect.Effect<LoadedForCommand, AnyFault>
  /** docs/settings.md as text, made of the schema. */
  readonly settingsPage: Effect.Effect<string, AnyFault>
  /** Fails with StartRefused or MarketUnavailable before anything is opened; else runs until it is over. */
  readonly trade: (options: TradeOptions, loaded: LoadedSettings) => Effect.Effect<ExitCode, AnyFault>
  /** Fails before anything is written, or writes all of its files; prints what it found. */
  readonly backtest: (options: BacktestOptions, loaded: LoadedSettings) => Effect.Effect<ExitCode, AnyFault>
  /** Writes the whole csv, or nothing. */
  readonly features: (options: FeaturesOptions) => Effect.Effect<ExitCode, AnyFault>
  /** What is in a candle file; reads it whole, writes nothing. */
  readonly checkFile: (file: string) => Effect.Effect<FileCheck>
  /** Looks, never writes (L-45). */
  readonly doctor: (request: SettingsRequest, home: string) => Effect.Effect<ReadonlyArray<Finding>>
  /** Journals under a home, or the one named. */
  readonly journals: (home: string, path: string | null) => Effect.Effect<ReadonlyArray<string>, AnyFault>
  readonly verifyJournal: (path: string) => Effect.Effect<JournalCheck, AnyFault>
  /** The newest rows, oldest first. */
  readonly tailJournal: (path: string, count: number) => Effect.Effect<ReadonlyArray<JournalRow>, AnyFault>
}>()("daruma/cli/Profiles") {}
