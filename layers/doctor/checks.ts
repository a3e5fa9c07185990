/**
 * What the doctor looks at: program, features, settings, home, disk, journals, backtests, cache.
 * In: a settings request, a home, what the process says of itself. Out: findings; a check that cannot be made says so.
 * Reads only: a home that is absent stays absent, a journal is opened read-only (L-45).
 */
import type { FileSystem } from "effect"
import { Effect } from "effect"
import { access, constants, stat, statfs } from "node:fs/promises"
import { dirname, resolve } from "node:path"
import type { Finding } from "../../src/cli/Finding.ts"
import type { JournalCheck } from "../../src/cli/Profiles.ts"
import type { SettingsRequest } from "../../src/cli/TradeOptions.ts"
import type { AnyFault } from "../../src/domain/Fault.ts"
import { specHash } from "../../src/engine/features/registry.ts"
import type { World } from "../settings/read.ts"
import { readSettings } from "../settings/read.ts"
import { backtestFindings } from "./backtests.ts"
import { datasetCacheFindings } from "./datasetCache.ts"

export interface DoctorWorld extends World {
  readonly nodeVersion: string
  readonly journals: (home: string) => Effect.Effect<ReadonlyArray<string>, AnyFault>
  readonly verifyJournal: (path: string) => Effect.Effect<JournalCheck, AnyFault>
}

/** Every finding, in the order in which a person would ask. */
export const examine = Effect.fn("doctor.examine")(
  function*(
    request: SettingsRequest,
    home: string,
    world: DoctorWorld
  ): Effect.fn.Return<ReadonlyArray<Finding>, never, FileSystem.FileSystem> {
    const settings = yield* settingsFindings(request, world)
    const folder = yield* homeFindings(resolve(world.cwd, home))
    const journals = yield* journalFindings(resolve(world.cwd, home), world)
    const backtests = yield* backtestFindings(resolve(world.cwd, home))
    const cache = yield* datasetCacheFindings(resolve(world.cwd, home))
    return [nodeFinding(world.nodeVersion), ...settings, ...folder, ...journals, ...backtests, ...cache]
  }
)

const ok = (name: string, words: string): Finding => ({ name, state: "ok", words, advice: "" })

/** package.json asks for at least this. */
const NEEDED = [24, 14] as const

export const nodeFinding = (version: string): Finding => {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number)
  const enough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])
  if (enough) return ok("node", `Node ${version}`)
  return {
    name: "node",
    state: "fail",
    words: `Node ${version} is older than ${NEEDED.join(".")}`,
    advice: "run it as node_modules/.bin/daruma, which brings its own Node"
  }
}

const settingsFindings = Effect.fnUntraced(
  function*(
    request: SettingsRequest,
    world: DoctorWorld
  ): Effect.fn.Return<ReadonlyArray<Finding>, never, FileSystem.FileSystem> {
    return yield* readSettings(request, world).pipe(
      Effect.map((loaded): ReadonlyArray<Finding> => [
        ok(
          "settings",
          `profile ${loaded.profile}, stage ${loaded.settings.stage}, decision hash ${
            loaded.hash.slice(0, 16)
          }`
        ),
        ...loaded.notes.map((words): Finding => ({
          name: "settings",
          state: "warn",
          words,
          advice: "remove the setting that is not meant"
        })),
        ok("features", `spec ${loaded.settings.spec}, hash ${specHash(loaded.settings.spec)}`)
      ]),
      Effect.catch((fault) =>
        Effect.succeed<ReadonlyArray<Finding>>([
          {
            name: "settings",
            state: "fail",
            words: fault.message,
            advice: `see observability/runbooks/${fault.runbook}.md`
          }
        ])
      )
    )
  }
)

const MEBIBYTE = 1_048_576
/** A journal row is about 1 kB and two rows are written a bar; below these the disk fills within days or hours. */
const WARN_FREE = 1_024 * MEBIBYTE
const FAIL_FREE = 64 * MEBIBYTE

const homeFindings = Effect.fnUntraced(function*(home: string): Effect.fn.Return<ReadonlyArray<Finding>> {
  const kind = yield* kindOf(home)
  if (kind === "file") {
    return [{
      name: "home",
      state: "fail",
      words: `${home} is a file`,
      advice: "choose another --home, or move the file"
    }]
  }
  const existing = kind === "folder" ? home : yield* nearestFolder(home)
  const writable = yield* succeeds(() => access(existing, constants.W_OK | constants.X_OK))
  const words = kind === "folder" ? home : `${home} does not exist yet; the first run makes it`
  const folder: Finding = writable
    ? ok("home", words)
    : {
      name: "home",
      state: "fail",
      words: `${existing} cannot be written by this user`,
      advice: "change its owner, or choose another --home"
    }
  return [folder, yield* diskFinding(existing)]
})

const diskFinding = (folder: string): Effect.Effect<Finding> =>
  Effect.tryPromise(() => statfs(folder)).pipe(
    Effect.map((disk) => diskFindingOf(disk.bavail * disk.bsize)),
    Effect.orElseSucceed((): Finding => ({
      name: "disk",
      state: "warn",
      words: `the free space of ${folder} cannot be read`,
      advice: "look at it with df"
    }))
  )

/** Judges free bytes. */
export const diskFindingOf = (free: number): Finding => {
  const words = `${Math.floor(free / MEBIBYTE)} MiB free`
  if (free >= WARN_FREE) return ok("disk", words)
  return {
    name: "disk",
    state: free >= FAIL_FREE ? "warn" : "fail",
    words,
    advice: "free some space: a full disk stops the journal, and with it trading"
  }
}

const journalFindings = Effect.fnUntraced(
  function*(home: string, world: DoctorWorld): Effect.fn.Return<ReadonlyArray<Finding>> {
    const unread = (fault: AnyFault): ReadonlyArray<Finding> => [
      {
        name: "journal",
        state: "fail",
        words: fault.message,
        advice: `see observability/runbooks/${fault.runbook}.md`
      }
    ]
    return yield* world.journals(home).pipe(
      Effect.flatMap((paths) =>
        Effect.forEach(paths, (path) =>
          world.verifyJournal(path).pipe(
            Effect.map(chainFinding),
            Effect.catch((fault) => Effect.succeed(unread(fault)))
          ))
      ),
      Effect.map((found) => found.length === 0 ? [ok("journal", "there is none yet")] : found.flat()),
      Effect.catch((fault) => Effect.succeed(unread(fault)))
    )
  }
)

const chainFinding = (check: JournalCheck): ReadonlyArray<Finding> => [
  check.brokenAt === null
    ? ok("journal", `${check.path}: ${check.words}`)
    : {
      name: "journal",
      state: "fail",
      words: `${check.path}: ${check.words}`,
      advice: "do not trade on it: keep the file, and start a new one with --fresh"
    }
]

const kindOf = (path: string): Effect.Effect<"folder" | "file" | "absent"> =>
  Effect.tryPromise(() => stat(path)).pipe(
    Effect.map((found) => found.isDirectory() ? "folder" as const : "file" as const),
    Effect.orElseSucceed(() => "absent" as const)
  )

const nearestFolder = (path: string): Effect.Effect<string> => {
  const parent = dirname(path)
  return Effect.flatMap(
    kindOf(parent),
    (kind) => kind === "absent" && parent !== path ? nearestFolder(parent) : Effect.succeed(parent)
  )
}

const succeeds = (look: () => Promise<unknown>): Effect.Effect<boolean> =>
  Effect.tryPromise(look).pipe(Effect.as(true), Effect.orElseSucceed(() => false))
