/**
 * The import scanner reads what a compiler would.
 * In: single lines, and every source of the repository. Out: specifiers and whether they vanish with the types.
 * The rules between the rooms are only as good as this scanner: an import it misses is an import that is allowed.
 */
import { assert, describe, it } from "@effect/vitest"
import { importsOf } from "../kit/imports.ts"
import { readTree } from "../kit/sourceTree.ts"

const CASES: ReadonlyArray<readonly [line: string, specifier: string, typeOnly: boolean]> = [
  ["import { a } from \"./a.ts\"", "./a.ts", false],
  ["import a from './a.ts'", "./a.ts", false],
  ["import * as a from \"./a.ts\"", "./a.ts", false],
  ["import a, { type B } from \"./a.ts\"", "./a.ts", false],
  ["import { type A } from \"./a.ts\"", "./a.ts", false],
  ["import \"./a.ts\"", "./a.ts", false],
  ["import {\n  a,\n  b\n} from \"./a.ts\"", "./a.ts", false],
  ["import { a } from \"./a.ts\" with { type: \"json\" }", "./a.ts", false],
  ["import { a } from \"./a.ts\"; import.meta.url", "./a.ts", false],
  ["import type { A } from \"./a.ts\"", "./a.ts", true],
  ["import type A from \"./a.ts\"", "./a.ts", true],
  ["import type * as A from \"./a.ts\"", "./a.ts", true],
  ["import type from \"./a.ts\"", "./a.ts", false],
  ["export { a } from \"./a.ts\"", "./a.ts", false],
  ["export * from \"./a.ts\"", "./a.ts", false],
  ["export * as a from \"./a.ts\"", "./a.ts", false],
  ["export type { A } from \"./a.ts\"", "./a.ts", true],
  ["const a = await import(\"./a.ts\")", "./a.ts", false],
  ["const a = import(\n  \"./a.ts\"\n)", "./a.ts", false],
  ["const a = require(\"./a.ts\")", "./a.ts", false]
]

const NONE: ReadonlyArray<string> = [
  "// import { a } from \"./a.ts\"",
  "/* import { a } from \"./a.ts\" */",
  "/**\n * import { a } from \"./a.ts\"\n */",
  "const words = \"import { a } from './a.ts'\"",
  "const words = `\nimport { a } from \"./a.ts\"\n`",
  "export const from = \"./a.ts\"",
  "export const glob = \"src/**/*.ts\"",
  "const url = import.meta.url"
]

describe("importsOf", () => {
  it.each(CASES)("finds the import of %s", (line, specifier, typeOnly) => {
    const found = importsOf(line)
    assert.deepStrictEqual(found.map((each) => [each.specifier, each.typeOnly]), [[specifier, typeOnly]])
  })

  it.each(NONE)("finds no import in %s", (text) => {
    assert.deepStrictEqual(importsOf(text), [])
  })

  it("an exported value before an import does not lend it its words", () => {
    const found = importsOf("export type A = number\nimport { b } from \"./b.ts\"\n")
    assert.deepStrictEqual(found.map((each) => [each.specifier, each.typeOnly]), [["./b.ts", false]])
  })

  it("misses no line of the repository that ends like an import", () => {
    const tree = readTree(["src", "layers", "observability", "bin"])
    const missed = tree.flatMap((file) => {
      const found = new Set(importsOf(file.text).map((each) => each.specifier))
      return [...file.text.matchAll(/^(?:import|export|\}) ?.*from "([^"]+)"$|^import "([^"]+)"$/gm)]
        .map(([, named, bare]) => named ?? bare ?? "")
        .filter((specifier) => !found.has(specifier))
        .map((specifier) => `${file.path}: ${specifier}`)
    })
    assert.isAbove(tree.length, 0, "sources were found")
    assert.deepStrictEqual(missed, [])
  })
})
