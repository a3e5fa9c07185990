/**
 * Whether the parsed data files of a home are whole.
 * In: a home. Out: findings; every cache file is read and checked as a backtest would, none is touched (L-45).
 * A damaged one is no danger, it would be made anew; but a disk that damages files is worth knowing.
 */
import { Effect } from "effect"
import { join } from "node:path"
import type { Finding } from "../../src/cli/Finding.ts"
import { decodeCache } from "../datasets/cacheFile.ts"
import { cacheFilesOf, keyOf, readWhole } from "../datasets/cacheFolder.ts"
import { cacheFolder } from "../datasets/dataset.ts"

const NAME = "dataset cache"
const MEBIBYTE = 1_048_576

/** One finding. */
export const datasetCacheFindings = (home: string): Effect.Effect<ReadonlyArray<Finding>> => {
  const folder = cacheFolder(home)
  return Effect.try(() => cacheFilesOf(folder)).pipe(
    Effect.flatMap((files) =>
      Effect.map(
        Effect.forEach(files, ({ name }) => problemOf(join(folder, name), keyOf(name))),
        (problems) => {
          const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
          return [findingOf(folder, files.length, bytes, problems.filter((problem) => problem !== null))]
        }
      )
    ),
    Effect.orElseSucceed(() => [
      {
        name: NAME,
        state: "warn" as const,
        words: `${folder} cannot be listed`,
        advice: "change its owner, or move it away: it is made anew"
      }
    ])
  )
}

const findingOf = (
  folder: string,
  count: number,
  bytes: number,
  problems: ReadonlyArray<string>
): Finding => {
  if (count === 0) return { name: NAME, state: "ok", words: "there is none yet", advice: "" }
  const size = `${count} ${count === 1 ? "file" : "files"}, ${Math.ceil(bytes / MEBIBYTE)} MiB`
  if (problems.length === 0) return { name: NAME, state: "ok", words: `${size}, all whole`, advice: "" }
  return {
    name: NAME,
    state: "warn",
    words: [`${size}, ${problems.length} not whole`, ...problems].join("\n"),
    advice: `delete ${folder}: it is made anew, and look after the disk if this comes again`
  }
}

// One after the other: a cache may hold more than the memory does.
const problemOf = (path: string, key: string): Effect.Effect<string | null> =>
  Effect.try(() => decodeCache(key, readWhole(path))).pipe(
    Effect.map((found) => typeof found === "string" ? `${path}: ${found}` : null),
    Effect.orElseSucceed(() => `${path}: it cannot be read`)
  )
