/**
 * The bytes of a data file, unpacked when it is gzip, in pieces.
 * In: a path. Out: a stream of buffers; memory is bounded by one piece, the file is closed with the stream's scope.
 * Here because absent, empty, truncated and damaged files are told apart once, for every reader.
 */
import { Effect, Stream } from "effect"
import { createReadStream, statSync } from "node:fs"
import { pipeline, Transform } from "node:stream"
import { createGunzip } from "node:zlib"
import { DatasetUnreadable } from "../../src/errors/FeedError.ts"

const PIECE = 262_144

/** Is the file gzip? By its name alone, so that the same bytes are always read the same way. */
const isPacked = (path: string): boolean => path.endsWith(".gz")

/** `seen` meets each piece as it lies on disk, before it is unpacked. Errors: DatasetUnreadable (Medium). */
const bytesOf = (path: string, seen?: (raw: Buffer) => void): Stream.Stream<Buffer, DatasetUnreadable> =>
  stream(path, () => open(path, seen))

/** The bytes as they lie on disk. Errors: DatasetUnreadable (Medium). */
const rawBytesOf = (path: string): Stream.Stream<Buffer, DatasetUnreadable> => stream(path, () => read(path))

const stream = (
  path: string,
  start: () => AsyncIterable<Buffer>
): Stream.Stream<Buffer, DatasetUnreadable> =>
  Stream.unwrap(
    Effect.map(presentFile(path), () =>
      Stream.fromAsyncIterable<Buffer, DatasetUnreadable>(start(), (cause) => unreadable(path, cause)))
  )

const read = (path: string) => createReadStream(path, { highWaterMark: PIECE })

// pipeline destroys every part on an error, which then reaches the reader of the last one.
const open = (path: string, seen: ((raw: Buffer) => void) | undefined): AsyncIterable<Buffer> => {
  const file = seen === undefined ? read(path) : pipeline(read(path), tap(seen), () => {})
  return isPacked(path) ? pipeline(file, createGunzip({ chunkSize: PIECE }), () => {}) : file
}

const tap = (seen: (raw: Buffer) => void): Transform =>
  new Transform({
    transform: (raw: Buffer, _, done) => {
      seen(raw)
      done(null, raw)
    }
  })

/** Nothing when the path holds a file with something in it. Errors: DatasetUnreadable (Medium). */
const presentFile = (path: string): Effect.Effect<void, DatasetUnreadable> =>
  Effect.try({
    try: () => statSync(path, { throwIfNoEntry: false }),
    catch: (cause) => unreadable(path, cause)
  }).pipe(Effect.flatMap((found) => {
    if (found === undefined) return fail(path, "absent", "there is no such file")
    if (!found.isFile()) return fail(path, "notAFile", "this is not a file")
    return found.size === 0 ? fail(path, "empty", "the file is empty") : Effect.void
  }))

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

export { bytesOf, isPacked, presentFile, rawBytesOf }
