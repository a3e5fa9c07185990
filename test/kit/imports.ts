/**
 * Finds the imports of a source file without compiling it.
 * In: the text of a TypeScript file. Out: each import's specifier, line, and whether it vanishes when types are stripped.
 * A small scanner, because the tools that draw import graphs do not read this compiler's TypeScript and report a false green.
 */

export interface Import {
  readonly specifier: string
  /** `import type` and `export type ... from`; `import { type A }` still loads its file and is none. */
  readonly typeOnly: boolean
  readonly dynamic: boolean
  /** `export ... from`. */
  readonly reexport: boolean
  /** `export * from`. */
  readonly star: boolean
}

const stringOrComment =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g

/** The text without comments, its strings replaced by `"0"`, `"1"`, ...: nothing inside a string looks like code. */
const reduce = (text: string): { readonly code: string; readonly strings: ReadonlyArray<string> } => {
  const strings: Array<string> = []
  const code = text.replace(stringOrComment, (part) => {
    if (part.startsWith("/")) return " "
    strings.push(part.slice(1, -1))
    return `"${strings.length - 1}"`
  })
  return { code, strings }
}

const patterns = {
  /** import x, import type { x }, import * as x, import "x" */
  statement:
    /^[ \t]*import\s+(type\s+(?=[\w*{]))?(?:[\w$*{][^"`;=()]*?\sfrom\s*|\{[^}]*\}\s*from\s*)?"(\d+)"/gm,
  reexport: /^[ \t]*export\s+(type\s+)?(\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*"(\d+)"/gm,
  dynamic: /\b(?:import|require)\s*\(\s*"(\d+)"/g
}

export const importsOf = (text: string): ReadonlyArray<Import> => {
  const { code, strings } = reduce(text)
  const specifier = (index: string | undefined) => strings[Number(index)] ?? ""
  const found: Array<Import> = []
  for (const [, type, index] of code.matchAll(patterns.statement)) {
    found.push({
      specifier: specifier(index),
      typeOnly: type !== undefined,
      dynamic: false,
      reexport: false,
      star: false
    })
  }
  for (const [, type, names = "", index] of code.matchAll(patterns.reexport)) {
    const star = names.startsWith("*")
    found.push({
      specifier: specifier(index),
      typeOnly: type !== undefined,
      dynamic: false,
      reexport: true,
      star
    })
  }
  for (const [, index] of code.matchAll(patterns.dynamic)) {
    found.push({ specifier: specifier(index), typeOnly: false, dynamic: true, reexport: false, star: false })
  }
  return found
}

/** True when every statement of the file passes on another file's exports. */
export const isBarrel = (text: string): boolean => {
  const { code } = reduce(text)
  const rest = code.replaceAll(patterns.reexport, "").replaceAll(/[\s;]/g, "")
  return code.trim() !== "" && rest === ""
}
