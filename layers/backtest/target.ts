/**
 * Whether the place for the results may be used: what stands there, and whose it is.
 * In: a path, and what the run is made of. Out: free, replaceable, or a refusal (exit 4).
 * Files that no backtest wrote are never replaced, whatever was forced.
 */
import { Effect, FileSystem, Option, Schema } from "effect"
import { relative } from "node:path"
import { OutputTaken } from "../../src/errors/BacktestError.ts"
import type { OutputUnwritable } from "../../src/errors/BacktestError.ts"
import { unwritable } from "./unwritable.ts"

export const FILES = {
  result: "result.json",
  trades: "trades.csv",
  orders: "orders.csv",
  equity: "equity.csv",
  decisions: "decisions.jsonl",
  report: "report.html"
} as const

export const SCHEMA_VERSION = 1

/** What tells one run from another: everything that decides, and what came of it. */
export interface RunIdentity {
  readonly inputsHash: string
  readonly fingerprint: string
}

/** What stands at a path. */
export type Standing =
  | { readonly _tag: "Free" }
  | { readonly _tag: "Run"; readonly identity: RunIdentity }

const Kept = Schema.fromJsonString(
  Schema.Struct({ kind: Schema.Literal("backtest"), inputsHash: Schema.String, fingerprint: Schema.String })
)

/**
 * Looks at a path. Errors: OutputTaken when it holds anything but a run of ours, or is somebody's working folder (it would be
 * pulled from under their shell); OutputUnwritable (both Medium).
 */
export const standingAt = Effect.fnUntraced(
  function*(
    path: string,
    cwd: string
  ): Effect.fn.Return<Standing, OutputTaken | OutputUnwritable, FileSystem.FileSystem> {
    const fs = yield* FileSystem.FileSystem
    const fail = Effect.mapError(unwritable(path))
    if (!relative(path, cwd).startsWith("..")) {
      return yield* new OutputTaken({ path, words: "is the folder you work in, or one above it" })
    }
    if (!(yield* fs.exists(path).pipe(fail))) return { _tag: "Free" }
    if ((yield* fs.stat(path).pipe(fail)).type !== "Directory") {
      return yield* new OutputTaken({ path, words: "is a file; --out names a folder" })
    }
    const entries = yield* fs.readDirectory(path).pipe(fail)
    if (entries.length === 0) return { _tag: "Free" }
    const ours: ReadonlySet<string> = new Set(Object.values(FILES))
    const foreign = entries.filter((name) => !ours.has(name)).toSorted()
    if (foreign.length > 0) {
      const words = foreign.slice(0, 3).join(", ") + (foreign.length > 3 ? " and more" : "")
      return yield* new OutputTaken({ path, words: `holds files that no backtest wrote (${words})` })
    }
    const kept = yield* Effect.option(fs.readFileString(`${path}/${FILES.result}`)).pipe(
      Effect.map(Option.flatMap(Schema.decodeUnknownOption(Kept)))
    )
    if (Option.isNone(kept)) {
      return yield* new OutputTaken({ path, words: `has no ${FILES.result} that says whose files these are` })
    }
    const { fingerprint, inputsHash } = kept.value
    return { _tag: "Run", identity: { inputsHash, fingerprint } }
  }
)

/** Refuses to replace a run that is neither the same nor given up. */
export const mayReplace = (
  path: string,
  standing: Standing,
  isSame: (identity: RunIdentity) => boolean,
  force: boolean
): Effect.Effect<void, OutputTaken> =>
  standing._tag === "Free" || force || isSame(standing.identity)
    ? Effect.void
    : Effect.fail(
      new OutputTaken({ path, words: "holds the results of another run; --force replaces them" })
    )
