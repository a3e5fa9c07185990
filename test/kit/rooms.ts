/**
 * Judges a tree of sources by the rules between the rooms.
 * In: the rules as data, files. Out: every break of a rule, in words, with the file that breaks it.
 * Apart from the rules themselves, so that test/architecture.test.ts reads as the rules and nothing else.
 */
import { isBarrel } from "./imports.ts"
import { circles, edgesOf } from "./sourceTree.ts"
import type { Edge, SourceFile } from "./sourceTree.ts"

export interface Room {
  /** Rooms it may import from, values and types; its own room always. `src/*` means every room of src. */
  readonly rooms: ReadonlyArray<string>
  /** Rooms from which it may import types only. */
  readonly types?: ReadonlyArray<string>
  /** Packages it may import: names, with everything under them, and single Node modules; `*` means any package. */
  readonly packages: ReadonlyArray<string>
  /** Whether it may import Node's own modules. */
  readonly node: boolean
}

export interface Rules {
  readonly rooms: Readonly<Record<string, Room>>
  /** Files that import nothing but types from one another; any room that may see their types may import their values. */
  readonly plain: ReadonlyArray<string>
  /** Names that no file and no folder bears. */
  readonly forbiddenNames: ReadonlyArray<string>
  /** Top folders whose files need a header. */
  readonly headed: ReadonlyArray<string>
}

export interface Break {
  readonly rule: "room" | "import" | "plain" | "circle" | "barrel" | "name" | "header"
  readonly file: string
  readonly words: string
}

/** The declared room a path stands in: the longest that contains it. */
export const roomOf = (rules: Rules, path: string): string | undefined =>
  Object.keys(rules.rooms)
    .filter((room) => path.startsWith(`${room}/`))
    .toSorted((a, b) => b.length - a.length)[0]

const includes = (allowed: ReadonlyArray<string>, room: string): boolean =>
  allowed.some((entry) => entry.endsWith("/*") ? room.startsWith(entry.slice(0, -1)) : entry === room)

const packageAllowed = (room: Room, specifier: string): boolean =>
  room.packages.includes(specifier) || (specifier.startsWith("node:")
    ? room.node
    : room.packages.some((name) => name === "*" || specifier.startsWith(`${name}/`)))

const judgeImport = (rules: Rules, name: string, room: Room, edge: Edge): string | undefined => {
  if (edge.to === undefined) {
    return packageAllowed(room, edge.specifier) ? undefined : `${name} may not import ${edge.specifier}`
  }
  const target = roomOf(rules, edge.to)
  if (target === undefined) return `${edge.to} stands in no declared room`
  if (target === name || includes(room.rooms, target)) return undefined
  if (!includes(room.types ?? [], target)) return `${name} may not import ${edge.to}`
  if (edge.typeOnly || rules.plain.includes(edge.to)) return undefined
  return `${name} may import only types of ${edge.to}`
}

const judgePlain = (rules: Rules, edge: Edge): string | undefined =>
  edge.typeOnly && edge.to !== undefined && rules.plain.includes(edge.to)
    ? undefined
    : `a plain file may import only types of plain files, not ${edge.specifier}`

const header =
  /^(?:#![^\n]*\n)?\/\*\*\n \* [^\n]+\n(?: \* [^\n]+\n)*? \* [^\n]*\bIn: [\s\S]*?\bOut: [\s\S]*?\*\//

const stem = (part: string): string => part.replace(/(\.test|\.prop|\.slow)*\.ts$/, "").toLowerCase()

const judgeFile = (rules: Rules, file: SourceFile): ReadonlyArray<Break> => {
  const broken = (rule: Break["rule"], words: string): Break => ({ rule, file: file.path, words })
  const top = file.path.split("/")[0] ?? ""
  const name = roomOf(rules, file.path)
  const breaks: Array<Break> = []
  for (const part of file.path.split("/").map(stem)) {
    if (rules.forbiddenNames.includes(part)) {
      breaks.push(broken("name", `"${part}" says nothing about what it holds`))
    }
  }
  const headed = rules.headed.includes(top)
  if (headed && !header.test(file.text)) {
    breaks.push(broken("header", "no header with what it is, In: and Out:"))
  }
  if (headed && (isBarrel(file.text) || edgesOf(file).some((edge) => edge.star))) {
    breaks.push(broken("barrel", "it only passes on other files' exports"))
  }
  const room = name === undefined ? undefined : rules.rooms[name]
  if (name === undefined || room === undefined) {
    return [...breaks, broken("room", "stands in no declared room")]
  }
  for (const edge of edgesOf(file)) {
    const words = judgeImport(rules, name, room, edge)
    if (words !== undefined) breaks.push(broken("import", words))
    const plain = rules.plain.includes(file.path) ? judgePlain(rules, edge) : undefined
    if (plain !== undefined) breaks.push(broken("plain", plain))
  }
  return breaks
}

export const judge = (rules: Rules, files: ReadonlyArray<SourceFile>): ReadonlyArray<Break> => [
  ...files.flatMap((file) => judgeFile(rules, file)),
  ...circles(files).map((words): Break => ({ rule: "circle", file: words.split(" -> ")[0] ?? "", words }))
]
