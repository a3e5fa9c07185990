/**
 * A folder, or a file, that appears whole or not at all.
 * In: where it shall stand, files one after the other. Out: it stands under its name, or nothing of it anywhere.
 * Files are written into a hidden sibling, which is renamed at the end and removed on every other way out (issue 2).
 */
import { Effect, FileSystem } from "effect"
import type { Scope } from "effect"
import { createHash } from "node:crypto"
import type { Hash } from "node:crypto"
import { hostname } from "node:os"
import { basename, dirname, join } from "node:path"
import type { OutputUnwritable } from "../../src/errors/BacktestError.ts"
import { unwritable } from "./unwritable.ts"

export interface WrittenFile {
  readonly name: string
  readonly bytes: number
  /** sha256 of its bytes, hex. */
  readonly sha256: string
}

/** A file that grows by whole lines; what `add` takes, without its line end, is kept in memory until the next `flush`. */
export interface LinesFile {
  readonly add: (line: string) => void
  readonly flush: Effect.Effect<void, OutputUnwritable>
  /** Flushes to the disk and says what was written. */
  readonly end: Effect.Effect<WrittenFile, OutputUnwritable>
}

export interface RunFolder {
  readonly write: (name: string, text: string) => Effect.Effect<WrittenFile, OutputUnwritable>
  readonly lines: (name: string) => Effect.Effect<LinesFile, OutputUnwritable, Scope.Scope>
  /** Gives one finished file its name outside; what else the folder holds goes. */
  readonly publishFile: (name: string, target: string) => Effect.Effect<void, OutputUnwritable>
  /** Gives the folder its name; `replace` says that what stands there now may go. */
  readonly publish: (target: string, replace: boolean) => Effect.Effect<void, OutputUnwritable>
}

/** What every unfinished folder's name begins with; the doctor looks for those that a kill left behind. */
export const PARTIAL = ".daruma-partial-"

/**
 * Opens a folder beside its later siblings, and removes those whose process was killed. `asked` is the place as the user named
 * it, which errors speak of. Errors: OutputUnwritable (Medium).
 */
export const openRunFolder = Effect.fn("RunFolder.open")(
  function*(
    parent: string,
    asked: string = parent
  ): Effect.fn.Return<RunFolder, OutputUnwritable, FileSystem.FileSystem | Scope.Scope> {
    const fs = yield* FileSystem.FileSystem
    const state = { published: false }
    const { staging } = yield* Effect.acquireRelease(
      make(fs, parent),
      ({ made, staging }) =>
        state.published ? Effect.void : Effect.andThen(removeAll(fs, staging), removeEmpty(fs, made))
    )
    const at = (name: string) => join(staging, name)
    const fault = (name: string) => unwritable(asked, basename(asked) === name ? null : name)
    return {
      write: (name, text) =>
        Effect.scoped(Effect.gen(function*() {
          const file = yield* openFile(fs, at(name), name, fault(name))
          yield* file.append(text)
          return yield* file.end
        })),
      lines: (name) => Effect.map(openFile(fs, at(name), name, fault(name)), linesOf),
      publishFile: (name, target) => Effect.uninterruptible(move(fs, at(name), target)),
      publish: (target, replace) =>
        Effect.tap(
          Effect.uninterruptible(replace ? swap(fs, staging, target) : move(fs, staging, target)),
          () => Effect.sync(() => (state.published = true))
        )
    }
  }
)

/** Makes missing parents one by one (Node's own recursion can hang) and the hidden folder; says which it made. */
const make = Effect.fnUntraced(function*(fs: FileSystem.FileSystem, parent: string) {
  const made: Array<string> = []
  const undo = Effect.suspend(() => removeEmpty(fs, made))
  const missing: Array<string> = []
  for (let path = parent; !(yield* exists(fs, path)) && dirname(path) !== path; path = dirname(path)) {
    missing.unshift(path)
  }
  for (const path of missing) {
    yield* fs.makeDirectory(path).pipe(Effect.mapError(unwritable(path)), Effect.tapError(() => undo))
    made.push(path)
  }
  yield* removeAbandoned(fs, parent)
  let number = 1
  while (yield* exists(fs, join(parent, nameOf(number)))) number += 1
  const staging = join(parent, nameOf(number))
  yield* fs.makeDirectory(staging).pipe(Effect.mapError(unwritable(parent)), Effect.tapError(() => undo))
  return { made, staging }
})

// The host stands in the name because a home may be shared, and a pid says nothing about another machine's processes.
const nameOf = (number: number): string => `${PARTIAL}${process.pid}-${number}@${hostname()}`

/** What a kill left of earlier runs here. A replaced folder that was put aside (`-old`) may be the only copy, and stays. */
const removeAbandoned = Effect.fnUntraced(function*(fs: FileSystem.FileSystem, parent: string) {
  for (const name of yield* Effect.orElseSucceed(fs.readDirectory(parent), () => [])) {
    if (!isAbandoned(name)) continue
    const path = join(parent, name)
    const found = yield* Effect.option(fs.stat(path))
    if (found._tag === "Some" && found.value.type === "Directory") yield* removeAll(fs, path)
  }
})

const isAbandoned = (name: string): boolean => {
  if (!name.startsWith(PARTIAL)) return false
  const found = /^(\d+)-\d+(?:@(.+))?$/.exec(name.slice(PARTIAL.length))
  if (found === null) return false
  const [, pid = "", host = hostname()] = found
  return host === hostname() && !isAlive(Number(pid))
}

/** Asks without a signal; one that belongs to somebody else lives, too. */
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH")
  }
}

const exists = (fs: FileSystem.FileSystem, path: string): Effect.Effect<boolean, OutputUnwritable> =>
  Effect.mapError(fs.exists(path), unwritable(path))

interface GrowingFile {
  readonly append: (text: string) => Effect.Effect<void, OutputUnwritable>
  readonly end: Effect.Effect<WrittenFile, OutputUnwritable>
}

const openFile = Effect.fnUntraced(function*(
  fs: FileSystem.FileSystem,
  path: string,
  name: string,
  fault: ReturnType<typeof unwritable>
) {
  const fail = Effect.mapError(fault)
  const file = yield* fs.open(path, { flag: "wx" }).pipe(fail)
  const hash: Hash = createHash("sha256")
  let bytes = 0
  const growing: GrowingFile = {
    append: (text) =>
      Effect.suspend(() => {
        const piece = Buffer.from(text, "utf8")
        hash.update(piece)
        bytes += piece.length
        return piece.length === 0 ? Effect.void : fail(file.writeAll(piece))
      }),
    end: Effect.map(fail(file.sync), (): WrittenFile => ({ name, bytes, sha256: hash.digest("hex") }))
  }
  return growing
})

const linesOf = (file: GrowingFile): LinesFile => {
  let waiting: Array<string> = []
  const flush = Effect.suspend(() => {
    if (waiting.length === 0) return Effect.void
    // The empty one makes the last line end like the others, without one more copy of them all.
    waiting.push("")
    const text = waiting.join("\n")
    waiting = []
    return file.append(text)
  })
  return { add: (line) => void waiting.push(line), flush, end: Effect.andThen(flush, file.end) }
}

const move = (fs: FileSystem.FileSystem, staging: string, target: string) =>
  Effect.mapError(fs.rename(staging, target), unwritable(target))

// The old folder steps aside and comes back when the new one cannot take its place.
const swap = Effect.fnUntraced(function*(fs: FileSystem.FileSystem, staging: string, target: string) {
  const aside = `${staging}-old`
  yield* move(fs, target, aside)
  yield* move(fs, staging, target).pipe(Effect.tapError(() => Effect.ignore(fs.rename(aside, target))))
  yield* removeAll(fs, aside)
})

const removeAll = (fs: FileSystem.FileSystem, path: string): Effect.Effect<void> =>
  Effect.ignore(fs.remove(path, { recursive: true, force: true }))

/** Parents that were made for this run and hold nothing, innermost first. */
const removeEmpty = Effect.fnUntraced(function*(fs: FileSystem.FileSystem, made: ReadonlyArray<string>) {
  for (const path of made.toReversed()) {
    const entries = yield* Effect.orElseSucceed(fs.readDirectory(path), () => ["unknown"])
    if (entries.length > 0) return
    yield* removeAll(fs, path)
  }
})
