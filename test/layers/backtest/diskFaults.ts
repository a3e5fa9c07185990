/**
 * A file system on which chosen steps fail as a real one fails: no room, no permission.
 * In: which step on which path. Out: the platform's own FileSystem with those steps refused, and a count of them.
 * In tests alone: the code under test takes any FileSystem.
 */
import { NodeFileSystem } from "@effect/platform-node"
import { Effect, FileSystem, Layer, PlatformError } from "effect"

export type Step = "makeDirectory" | "open" | "write" | "sync" | "rename"

export const diskFaults = (
  fails: (step: Step, path: string) => string | null
): Layer.Layer<FileSystem.FileSystem> =>
  Layer.effect(FileSystem.FileSystem)(Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const guarded = <A>(step: Step, path: string, effect: Effect.Effect<A, PlatformError.PlatformError>) =>
      Effect.suspend(() => {
        const code = fails(step, path)
        if (code === null) return effect
        const cause = Object.assign(new Error(code), { code })
        return Effect.fail(
          PlatformError.systemError({ _tag: "Unknown", module: "FileSystem", method: step, cause })
        )
      })
    return FileSystem.FileSystem.of({
      ...fs,
      makeDirectory: (path, options) => guarded("makeDirectory", path, fs.makeDirectory(path, options)),
      rename: (from, to) => guarded("rename", to, fs.rename(from, to)),
      open: (path, options) =>
        Effect.andThen(
          guarded("open", path, Effect.void),
          Effect.map(fs.open(path, options), (file) =>
            Object.create(file, {
              writeAll: { value: (bytes: Uint8Array) => guarded("write", path, file.writeAll(bytes)) },
              sync: { value: guarded("sync", path, file.sync) }
            }) as FileSystem.File)
        )
    })
  })).pipe(Layer.provide(NodeFileSystem.layer))
