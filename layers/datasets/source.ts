/**
 * The bytes of a data file, unpacked when it is gzip, in pieces.
 * In: a path. Out: a stream of buffers; memory is bounded by one piece, the file is closed with the stream's scope.
 * Here because absent, empty, truncated and damaged files are told apart once, for every reader.
 */
import { Effect, Stream } from "effect"
import { createReadStream, statSync } from "node:fs"
import { pipeline } from "node:stream"
import { createGunzip } from "node:zlib"
import { DatasetUnreadable } from "../../src/errors/FeedError.ts"

const PIECE = 262_144

/** Errors: DatasetUnreadable (Medium). */
const bytesOf = (path: string): Stream.Stream<Buffer, DatasetUnreadable> =>
  Stream.unwrap(
    Effect.map(presentFile(path), () =>
      Stream.fromAsyncIterable<Buffer, DatasetUnreadable>(open(path), (cause) => unreadable(path, cause)))
  )

const open = (path: string): AsyncIterable<Buffer> => {
  const file = createReadStream(path, { highWaterMark: PIECE })
  if (!path.endsWith(".gz")) return file
  // pipeline destroys both ends on an error, which then reaches the reader of the unpacked side.
  return pipeline(file, createGunzip({ chunkSize: PIECE }), () => {})
}

/** Nothing when the path holds a file with something in it. Errors: DatasetUnreadable (Medium). */
const presentFile = (path: string): Effect.Effect<void, DatasetUnreadable> =>
  Effect.suspend(() => {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) return fail(path, "absent", "there is no such file")
    if (!found.isFile()) return fail(path, "notAFile", "this is not a file")
    return found.size === 0 ? fail(path, "empty", "the file is empty") : Effect.void
  })

const fail = (file: string, problem: DatasetUnreadable["problem"], words: string) =>
  Effect.fail(new DatasetUnreadable({ file, problem, words }))

const unreadable = (file: string, cause: unknown): DatasetUnreadable => {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause)
  if (code === "Z_BUF_ERROR") {
    return new DatasetUnreadable({
      file,
      problem: "truncated",
      words: "the gzip file ends before its data does"
    })
  }
  if (code === "Z_DATA_ERROR") {
    return new DatasetUnreadable({ file, problem: "damaged", words: "this is no intact gzip file" })
  }
  return new DatasetUnreadable({ file, problem: "unreadable", words: `it cannot be read (${code})` })
}

export { bytesOf, presentFile }
