/**
 * The sources as a graph: which file stands in which room and imports what.
 * In: files (path relative to the repository, text). Out: resolved imports and circles.
 * Works on any list of files, so that the rules can be run over small trees that break them.
 */
import { readdirSync, readFileSync } from "node:fs"
import { posix } from "node:path"
import { fileURLToPath } from "node:url"
import { importsOf } from "./imports.ts"
import type { Import } from "./imports.ts"

export interface SourceFile {
  /** With forward slashes, such as `src/engine/observe.ts`. */
  readonly path: string
  readonly text: string
}

export interface Edge extends Import {
  readonly from: string
  /** The imported file's path, or undefined for a package or a Node module. */
  readonly to: string | undefined
}

export const repository = fileURLToPath(new URL("../../", import.meta.url))

const ignored = new Set(["node_modules", ".git", "coverage", ".daruma"])

/** Every TypeScript file under the given top folders of the repository, sorted by path. */
export const readTree = (folders: ReadonlyArray<string>): ReadonlyArray<SourceFile> => {
  const walk = (folder: string): ReadonlyArray<string> =>
    readdirSync(repository + folder, { withFileTypes: true }).flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return ignored.has(entry.name) ? [] : walk(path)
      return path.endsWith(".ts") ? [path] : []
    })
  const present = new Set(readdirSync(repository))
  return folders
    .filter((folder) => present.has(folder))
    .flatMap(walk)
    .toSorted()
    .map((path) => ({ path, text: readFileSync(repository + path, "utf8") }))
}

export const edgesOf = (file: SourceFile): ReadonlyArray<Edge> =>
  importsOf(file.text).map((found) => ({
    ...found,
    from: file.path,
    to: found.specifier.startsWith(".") ? posix.join(posix.dirname(file.path), found.specifier) : undefined
  }))

/** One circle a strongly connected group, as `a -> b -> a`; dynamic imports count, they run later but close the ring. */
export const circles = (files: ReadonlyArray<SourceFile>): ReadonlyArray<string> => {
  const targets = new Map(files.map((file) => [file.path, edgesOf(file).flatMap(({ to }) => to ?? [])]))
  const done = new Set<string>()
  const found: Array<string> = []
  const visit = (path: string, trail: ReadonlyArray<string>): void => {
    const at = trail.indexOf(path)
    if (at >= 0) found.push([...trail.slice(at), path].join(" -> "))
    if (at >= 0 || done.has(path)) return
    for (const next of targets.get(path) ?? []) visit(next, [...trail, path])
    done.add(path)
  }
  for (const file of files) visit(file.path, [])
  return found
}
