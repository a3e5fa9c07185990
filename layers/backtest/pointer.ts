/**
 * `.last_result.json`: which of the kept runs is the newest.
 * In: the folder of kept runs and one of them. Out: the file, replaced in one step.
 * Names only, so that a home may move. Source: freqtrade's pointer of the same name.
 */
import { Effect, FileSystem } from "effect"
import { basename, join } from "node:path"
import { unwritable } from "./unwritable.ts"

export const POINTER = ".last_result.json"

/** Returns what to say when it could not be written: the results stand already, and a pointer is no reason to fail. */
export const pointAt = Effect.fnUntraced(
  function*(
    runs: string,
    target: string
  ): Effect.fn.Return<ReadonlyArray<string>, never, FileSystem.FileSystem> {
    const fs = yield* FileSystem.FileSystem
    const path = join(runs, POINTER)
    const next = `${path}.${process.pid}`
    return yield* fs.writeFileString(next, `${JSON.stringify({ latest_backtest: basename(target) })}\n`).pipe(
      Effect.andThen(fs.rename(next, path)),
      Effect.tapError(() => Effect.ignore(fs.remove(next, { force: true }))),
      Effect.as<ReadonlyArray<string>>([]),
      Effect.catch((error) =>
        Effect.succeed([`${path}: ${unwritable(path)(error).words}; it was left as it was`])
      ),
      Effect.uninterruptible
    )
  }
)
