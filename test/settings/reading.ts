/**
 * Reading settings in a test as a user would: files in a scratch folder, an environment, flags.
 * In: what each of them says. Out: loaded settings, or the fault, with the repository's own profiles.
 * Here because every test of the reader begins with this sentence.
 */
import { NodeServices } from "@effect/platform-node"
import { Effect } from "effect"
import { fileURLToPath } from "node:url"
import type { Environment } from "../../layers/settings/environment.ts"
import { readSettings } from "../../layers/settings/read.ts"
import type { LoadedSettings } from "../../src/cli/LoadedSettings.ts"
import type { SettingFlags } from "../../src/cli/TradeOptions.ts"
import type { DatasetUnreadable } from "../../src/errors/FeedError.ts"
import type { SettingsInvalid, SettingsUnreadable } from "../../src/errors/SettingsError.ts"
import { scratch } from "../kit/scratch.ts"

export const PROFILES = fileURLToPath(new URL("../../config", import.meta.url))

export interface Said {
  readonly files?: Readonly<Record<string, string>>
  readonly config?: string
  readonly profile?: string
  readonly env?: Environment
  readonly flags?: SettingFlags
}

export const read = (
  said: Said = {}
): Effect.Effect<LoadedSettings, SettingsInvalid | SettingsUnreadable | DatasetUnreadable> =>
  Effect.suspend(() =>
    readSettings(
      { profile: said.profile ?? "balanced", config: said.config ?? null, flags: said.flags ?? {} },
      { env: said.env ?? {}, cwd: scratch(said.files ?? {}), profiles: PROFILES }
    )
  ).pipe(Effect.provide(NodeServices.layer))

/** The message of the fault that reading ends in. */
export const complaint = (said: Said): Effect.Effect<string, LoadedSettings> =>
  Effect.map(Effect.flip(read(said)), (fault) => fault.message)

export const originOf = (loaded: LoadedSettings, path: string): string | undefined =>
  loaded.origins.get(path)?.origin.words
