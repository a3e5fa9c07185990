/**
 * The folder of parsed data files: a second run reads columns instead of text.
 * In: the folder, a key, columns to keep. Out: columns that were checked as a whole, and words about what went wrong.
 * Never a failure: whatever is wrong with the cache costs a second of parsing and one notice.
 */
import { Clock, Effect } from "effect"
import { randomUUID } from "node:crypto"
import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync
} from "node:fs"
import { join } from "node:path"
import { makeFolder } from "../makeFolder.ts"
import { decodeCache, encodeCache } from "./cacheFile.ts"
import type { CachedDataset } from "./cacheFile.ts"

/** What the folder may hold; beyond it the files that were not used for the longest time go. */
const BOUNDS = { files: 64, bytes: 2 * 1024 ** 3 } as const
const ENDING = ".columns"
const DRAFT = ".draft"
/** A draft this old belongs to a process that was killed. */
const LEFT_BEHIND_MILLIS = 3_600_000

export interface CacheFileFound {
  readonly name: string
  readonly bytes: number
  /** Machine time of the last use, UTC milliseconds. */
  readonly usedAt: number
}

/** The dataset of that key, or null; a file that is not believed is deleted, and `notice` says why. */
const readCached = Effect.fnUntraced(
  function*(folder: string, key: string): Effect.fn.Return<
    { readonly dataset: CachedDataset | null; readonly notice: string | null }
  > {
    const path = join(folder, `${key}${ENDING}`)
    const bytes = yield* Effect.result(Effect.try({ try: () => readWhole(path), catch: codeOf }))
    if (bytes._tag === "Failure") {
      const notice = bytes.failure === "ENOENT" || bytes.failure === "ENOTDIR"
        ? null
        : `the cache file ${path} cannot be read (${bytes.failure}): the data file is parsed again`
      return { dataset: null, notice }
    }
    const found = decodeCache(key, bytes.success)
    if (typeof found !== "string") {
      const now = (yield* Clock.currentTimeMillis) / 1000
      yield* Effect.ignore(Effect.try(() => utimesSync(path, now, now)))
      return { dataset: found, notice: null }
    }
    yield* remove(path)
    return {
      dataset: null,
      notice: `the cache file ${path} was not used, ${found}: it is deleted and made anew`
    }
  }
)

/** Keeps a dataset, whole or not at all; null, or in words why it could not be kept. */
const writeCached = Effect.fnUntraced(
  function*(folder: string, key: string, dataset: CachedDataset): Effect.fn.Return<string | null> {
    const draft = join(folder, `${key}.${randomUUID()}${DRAFT}`)
    const parts = encodeCache(key, dataset)
    if (parts.reduce((sum, part) => sum + part.length, 0) > BOUNDS.bytes) {
      return `the data file is too large for the cache (${BOUNDS.bytes} bytes): it is parsed again next time`
    }
    const keep = Effect.try({
      try: () => {
        makeFolder(folder)
        writeWhole(draft, parts)
        renameSync(draft, join(folder, `${key}${ENDING}`))
      },
      catch: codeOf
    })
    const words = yield* keep.pipe(
      Effect.as(null),
      Effect.catch((code) =>
        Effect.succeed(
          `the cache ${folder} cannot be written (${code}): the data file is parsed again next time`
        )
      ),
      Effect.ensuring(remove(draft))
    )
    if (words === null) yield* tidy(folder, `${key}${ENDING}`)
    return words
  }
)

/** The key in a cache file's name. */
const keyOf = (name: string): string => name.slice(0, -ENDING.length)

/** The cache files of a folder; none when it is absent. Throws what the system says. */
const cacheFilesOf = (folder: string, ending: string = ENDING): ReadonlyArray<CacheFileFound> => {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return []
  return readdirSync(folder).filter((name) => name.endsWith(ending)).toSorted().flatMap((name) => {
    const found = statSync(join(folder, name), { throwIfNoEntry: false })
    return found?.isFile() === true ? [{ name, bytes: found.size, usedAt: found.mtimeMs }] : []
  })
}

/** Names of the files that go: beyond the bounds, least recently used first; `newest` always stays. */
const surplusOf = (
  files: ReadonlyArray<CacheFileFound>,
  newest: string,
  bounds: { readonly files: number; readonly bytes: number }
): ReadonlyArray<string> => {
  const byUse = files.toSorted((one, other) =>
    Number(other.name === newest) - Number(one.name === newest) || other.usedAt - one.usedAt
  )
  let bytes = 0
  return byUse.filter((file, index) => {
    bytes += file.bytes
    return index > 0 && (index >= bounds.files || bytes > bounds.bytes)
  }).map((file) => file.name)
}

// What cannot be tidied now is tidied after the next file.
const tidy = (folder: string, newest: string): Effect.Effect<void> =>
  Clock.currentTimeMillis.pipe(
    Effect.flatMap((now) =>
      Effect.try(() => [
        ...surplusOf(cacheFilesOf(folder), newest, BOUNDS),
        ...cacheFilesOf(folder, DRAFT).filter((file) => now - file.usedAt > LEFT_BEHIND_MILLIS).map((file) =>
          file.name
        )
      ])
    ),
    Effect.flatMap((names) => Effect.forEach(names, (name) => remove(join(folder, name)), { discard: true })),
    Effect.ignore
  )

const remove = (path: string): Effect.Effect<void> =>
  Effect.ignore(Effect.try(() => rmSync(path, { force: true })))

const readWhole = (path: string): ArrayBuffer => {
  const file = openSync(path, "r")
  try {
    const bytes = new ArrayBuffer(Math.min(fstatSync(file).size, BOUNDS.bytes))
    const all = new Uint8Array(bytes)
    for (let at = 0; at < all.length;) {
      const read = readSync(file, all, at, Math.min(all.length - at, SLICE), null)
      // Somebody cut the file meanwhile: zeros remain, and no checksum holds.
      if (read === 0) break
      at += read
    }
    return bytes
  } finally {
    closeSync(file)
  }
}

const writeWhole = (path: string, parts: ReadonlyArray<Uint8Array>): void => {
  const file = openSync(path, "wx")
  try {
    for (const part of parts) {
      for (let at = 0; at < part.length;) at += writeSync(file, part, at, Math.min(part.length - at, SLICE))
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const SLICE = 2 ** 28

const codeOf = (cause: unknown): string =>
  cause instanceof Error && "code" in cause ? String(cause.code) : String(cause)

export { cacheFilesOf, keyOf, readCached, readWhole, surplusOf, writeCached }
