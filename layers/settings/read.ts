/**
 * The one reader of settings: defaults, then the profile, the user's file, the environment, the flags; later wins.
 * In: a request made of flags, the environment, the working directory. Out: effective settings with every value's origin.
 * All problems are found before any is reported; nothing is guessed, nothing unknown is passed over (L-15, L-16).
 */
import { Effect, Exit, FileSystem } from "effect"
import { basename, resolve } from "node:path"
import type { LoadedSettings, Origin, SettingRow } from "../../src/cli/LoadedSettings.ts"
import type { SettingFlags, SettingsRequest } from "../../src/cli/TradeOptions.ts"
import { instrumentById, INSTRUMENTS } from "../../src/domain/Instrument.ts"
import type { Settings } from "../../src/domain/Settings.ts"
import type { DatasetUnreadable } from "../../src/errors/FeedError.ts"
import type { Problem } from "../../src/errors/SettingsError.ts"
import { SettingsInvalid, SettingsUnreadable } from "../../src/errors/SettingsError.ts"
import { instrumentOf } from "../datasets/instrument.ts"
import { presentFile } from "../datasets/source.ts"
import { crossChecks } from "./crossChecks.ts"
import { decisionHash } from "./decisionHash.ts"
import type { Environment, FromEnvironment } from "./environment.ts"
import { fromEnvironment, STAGES } from "./environment.ts"
import { fromFile, fromProfile, USER_FILE } from "./files.ts"
import type { NamedInstrument } from "./flags.ts"
import { fromFlags } from "./flags.ts"
import { decode, emptyGroups, issuesOf, keyByPath, SETTING_KEYS, treeOf, valueAt } from "./keys.ts"
import { lowestStage } from "./stage.ts"
import type { Stated, Statements } from "./Stated.ts"
import { withoutCredentials, wrongValue } from "./Stated.ts"

export interface World {
  readonly env: Environment
  readonly cwd: string
  /** Folder of the profile files. */
  readonly profiles: string
}

/** Errors: SettingsInvalid, SettingsUnreadable (both High); DatasetUnreadable (Medium) for a data file that is not there. */
export const readSettings = Effect.fn("settings.read")(
  function*(
    request: SettingsRequest,
    world: World
  ): Effect.fn.Return<
    LoadedSettings,
    SettingsInvalid | SettingsUnreadable | DatasetUnreadable,
    FileSystem.FileSystem
  > {
    const profile = yield* fromProfile(world.profiles, request.profile)
    const file = yield* userFile(request.config, world.cwd)
    const environment = fromEnvironment(world.env)
    const flags = fromFlags(request.flags, yield* namedInstrument(request.flags, world.cwd))
    const sources = [profile, ...(file === null ? [] : [file]), environment, flags]
    const merged = new Map(
      sources.flatMap((source) => source.stated).map((statement) => [statement.path, statement])
    )
    const stage = stageOf(merged.get("stage"), environment, request)
    // A stage that is none stays as it was stated, so that decoding names it and its origin.
    if (stage.valid) merged.set("stage", { path: "stage", value: stage.stage, origin: stage.origin })
    const problems = [
      ...sources.flatMap((source) => source.problems),
      ...(stage.problem === undefined ? [] : [stage.problem])
    ]
    const settings = yield* decodeAll([...merged.values()], problems)
    return {
      settings,
      origins: new Map(SETTING_KEYS.map((key) => [key.path, {
        value: valueAt(settings, key.path),
        origin: merged.get(key.path)?.origin ?? DEFAULT
      }])),
      notes: [...sources.flatMap((source) => source.notes), ...stage.notes],
      mode: environment.mode,
      profile: request.profile,
      hash: decisionHash(settings)
    }
  }
)

/** The rows of `config show`; with `redact`, without credentials and addresses of this host. */
export const rowsOf = (loaded: LoadedSettings, redact: boolean): ReadonlyArray<SettingRow> =>
  SETTING_KEYS.map((key) => {
    const found = loaded.origins.get(key.path) ?? { value: null, origin: DEFAULT }
    return {
      path: key.path,
      value: redact ? redacted(key.path, found.value) : found.value,
      origin: found.origin,
      unit: key.unit,
      words: key.words,
      expected: key.expected
    }
  })

const redacted = (path: string, value: unknown): unknown => {
  if (typeof value !== "string") return value
  if (path === "server.host") return "***"
  return path === "telemetry.endpoint" ? withoutCredentials(value) : value
}

const DEFAULT: Origin = { kind: "default", words: "default" }

const userFile = Effect.fnUntraced(
  function*(
    config: string | null,
    cwd: string
  ): Effect.fn.Return<Statements | null, SettingsUnreadable, FileSystem.FileSystem> {
    if (config !== null) return yield* fromFile(resolve(cwd, config), config, "file")
    const fs = yield* FileSystem.FileSystem
    const path = resolve(cwd, USER_FILE)
    const present = yield* fs.exists(path).pipe(
      Effect.mapError((error) => new SettingsUnreadable({ path: `./${USER_FILE}`, words: error.message }))
    )
    return present ? yield* fromFile(path, `./${USER_FILE}`, "file") : null
  }
)

// A data file names its instrument itself unless --instrument does; datasets knows the ways (decisions 20).
const namedInstrument = Effect.fnUntraced(
  function*(flags: SettingFlags, cwd: string): Effect.fn.Return<NamedInstrument | null, DatasetUnreadable> {
    const written = flags.instrument?.trim() ?? null
    if (written !== null) {
      const known = INSTRUMENTS.map((row) => row.id).join(", ")
      return {
        flag: "instrument",
        words: "flag --instrument",
        instrument: instrumentById(written) ?? null,
        expected: `expected one of ${known}`,
        written
      }
    }
    if (flags.data === undefined) return null
    const words = basename(flags.data)
    const file = resolve(cwd, flags.data)
    return yield* instrumentOf(file, null).pipe(
      Effect.map((instrument): NamedInstrument => ({
        flag: "data",
        words,
        instrument,
        expected: "",
        written: null
      })),
      // What is not there is said as such: asking for its instrument would only mislead.
      Effect.catch((fault) =>
        Effect.map(presentFile(file), (): NamedInstrument => ({
          flag: "data",
          words,
          instrument: null,
          expected: fault.words,
          written: null
        }))
      )
    )
  }
)

const stageOf = (stated: Stated | undefined, environment: FromEnvironment, request: SettingsRequest) => {
  const text = request.flags.stage?.trim().toLowerCase()
  const flag = STAGES.find((stage) => stage === text) ?? null
  const claimed = STAGES.find((stage) => stage === stated?.value)
  const problem = text !== undefined && flag === null
    ? wrongValue("flag --stage", "stage", request.flags.stage, `one of ${STAGES.join(", ")}`)
    : undefined
  const lowest = lowestStage({
    settings: stated === undefined || claimed === undefined
      ? null
      : { stage: claimed, origin: stated.origin },
    deployMode: environment.deployMode,
    flag,
    mode: environment.mode
  })
  return { ...lowest, problem, valid: stated === undefined || claimed !== undefined }
}

const decodeAll = Effect.fnUntraced(
  function*(
    stated: ReadonlyArray<Stated>,
    known: ReadonlyArray<Problem>
  ): Effect.fn.Return<Settings, SettingsInvalid> {
    const originOf = (path: string): Origin =>
      stated.find((statement) => statement.path === path)?.origin ?? DEFAULT
    const input = treeOf([...emptyGroups(), ...stated.map((one) => [one.path, one.value] as const)])
    const wrong = issuesOf(input).map((issue): Problem => {
      const key = keyByPath.get(issue.path)
      if (valueAt(input, issue.path) === undefined) {
        return {
          origin: "default",
          key: issue.path,
          value: null,
          expected: "has no value: the profile file has to set it",
          suggestion: null
        }
      }
      return wrongValue(
        originOf(issue.path).words,
        issue.path,
        valueAt(input, issue.path),
        key?.expected ?? issue.words
      )
    })
    const problems = [...known, ...wrong]
    const exit = decode(input)
    const contradictions = problems.length === 0 && Exit.isSuccess(exit)
      ? crossChecks(exit.value, originOf)
      : []
    if (problems.length + contradictions.length > 0 || Exit.isFailure(exit)) {
      return yield* new SettingsInvalid({ problems: [...problems, ...contradictions] })
    }
    return exit.value
  }
)
