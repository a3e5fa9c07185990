/**
 * Whether results of backtests can be kept, and what a killed run left behind.
 * In: a home. Out: findings; the folder is looked at, never made (L-45).
 * Apart from checks.ts because it knows what an unfinished folder is called.
 */
import { Effect } from "effect"
import { access, constants, readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import type { Finding } from "../../src/cli/Finding.ts"
import { PARTIAL } from "../backtest/RunFolder.ts"

/** One finding, or two when unfinished folders lie about. */
export const backtestFindings = Effect.fnUntraced(
  function*(home: string): Effect.fn.Return<ReadonlyArray<Finding>> {
    const folder = join(home, "backtests")
    const found = yield* Effect.tryPromise(() => stat(folder)).pipe(Effect.orElseSucceed(() => null))
    if (found === null) return [{ name: "backtests", state: "ok", words: "there are none yet", advice: "" }]
    if (!found.isDirectory()) {
      const advice = "move the file: the results of backtests are kept in a folder of that name"
      return [{ name: "backtests", state: "fail", words: `${folder} is a file`, advice }]
    }
    const names = yield* Effect.tryPromise(() => readdir(folder)).pipe(Effect.orElseSucceed(() => null))
    const writable = yield* Effect.tryPromise(() => access(folder, constants.W_OK | constants.X_OK)).pipe(
      Effect.as(true),
      Effect.orElseSucceed(() => false)
    )
    if (names === null || !writable) {
      const advice = "change its owner, or keep results elsewhere with --out"
      return [{ name: "backtests", state: "fail", words: `${folder} cannot be written by this user`, advice }]
    }
    const partial = names.filter((name) => name.startsWith(PARTIAL)).toSorted()
    const kept = names.filter((name) => !name.startsWith("."))
    const first: Finding = {
      name: "backtests",
      state: "ok",
      words: `${kept.length} kept in ${folder}`,
      advice: ""
    }
    return partial.length === 0 ? [first] : [first, {
      name: "backtests",
      state: "warn",
      words: `${partial.length} unfinished: ${partial.join(", ")}`,
      advice: `when no backtest runs, delete them: they are what a killed run left in ${folder}`
    }]
  }
)
