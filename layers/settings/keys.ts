/**
 * Every settings key as data, read off the schema: path, unit, meaning, what is expected, and the default if it has one.
 * In: src/domain/Settings.ts. Out: `SETTING_KEYS`, `keyByPath`, `GROUPS`. Nothing about a key is written twice (L-16).
 * Here and not in domain: only the reader, the documentation and the tests walk a schema.
 */
import { Exit, Option, Schema, SchemaAST, SchemaIssue } from "effect"
import { Settings } from "../../src/domain/Settings.ts"

export type KeyKind = "number" | "boolean" | "text" | "choice"

export interface SettingKey {
  readonly path: string
  readonly unit: string
  readonly words: string
  /** What a value has to be, in words. */
  readonly expected: string
  readonly kind: KeyKind
  readonly choices: ReadonlyArray<string>
  readonly nullable: boolean
  /** Absent when the profile file sets the key. */
  readonly otherwise?: unknown
}

/** Plain settings-shaped data, before anything is known of it. */
export interface Tree {
  [key: string]: unknown
}

interface Leaf {
  readonly path: string
  readonly ast: SchemaAST.AST
}

const leavesOf = (ast: SchemaAST.AST, prefix: string): ReadonlyArray<Leaf> =>
  SchemaAST.isObjects(ast)
    ? ast.propertySignatures.flatMap((signature) =>
      leavesOf(signature.type, join(prefix, String(signature.name)))
    )
    : [{ path: prefix, ast }]

const join = (prefix: string, name: string): string => prefix === "" ? name : `${prefix}.${name}`

const LEAVES = leavesOf(SchemaAST.toType(Settings.ast), "")

/** Paths that hold other keys, such as `strategies.atrBased`. */
export const GROUPS: ReadonlySet<string> = new Set(
  LEAVES.flatMap(({ path }) =>
    path.split(".").slice(0, -1).map((_, index, names) => names.slice(0, index + 1).join("."))
  )
)

const isGroupValue = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Builds nested data from dotted paths. */
export const treeOf = (entries: Iterable<readonly [path: string, value: unknown]>): Tree => {
  const root: Tree = {}
  for (const [path, value] of entries) {
    const names = path.split(".")
    let node = root
    for (const name of names.slice(0, -1)) {
      const inner = (node[name] ?? {}) as Tree
      node[name] = inner
      node = inner
    }
    // A copy: what a later entry adds to a group must not reach into the statement it came from.
    node[names.at(-1) ?? path] = isGroupValue(value) ? { ...value } : value
  }
  return root
}

/** The value at a dotted path, or undefined. */
export const valueAt = (tree: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>(
    (node, name) => typeof node === "object" && node !== null ? (node as Tree)[name] : undefined,
    tree
  )

const formatIssues = SchemaIssue.makeFormatterStandardSchemaV1()

/** What the schema finds wrong, each with its dotted path. */
export const issuesOf = (
  input: unknown
): ReadonlyArray<{ readonly path: string; readonly words: string }> => {
  const exit = decode(input)
  if (Exit.isSuccess(exit)) return []
  const error = exit.cause.reasons.find((reason) => reason._tag === "Fail")?.error
  return error === undefined ? [] : formatIssues(error.issue).issues.map((issue) => ({
    path: (issue.path ?? []).map((part) => String(typeof part === "object" ? part.key : part)).join("."),
    words: issue.message
  }))
}

/** Decodes settings data; all errors, no excess keys. */
export const decode = (input: unknown) =>
  Schema.decodeUnknownExit(Settings)(input, { errors: "all", onExcessProperty: "error" })

/** Every group present and empty: then exactly the keys without a default are missing. */
export const emptyGroups = (): ReadonlyArray<readonly [string, unknown]> =>
  [...GROUPS].map((path) => [path, {}] as const)

const withoutDefault = new Set(issuesOf(treeOf(emptyGroups())).map((issue) => issue.path))

/** One valid value a key, only to let the schema fill in the others' defaults. */
const sample = (ast: SchemaAST.AST): unknown => {
  if (SchemaAST.isUnion(ast)) return sample(ast.types[0] ?? ast)
  if (SchemaAST.isLiteral(ast)) return ast.literal
  if (SchemaAST.isBoolean(ast)) return false
  return boundsOf(ast)?.minimum ?? ""
}

interface Bounds {
  readonly minimum: number
  readonly maximum: number
  readonly whole: boolean
}

const boundsOf = (ast: SchemaAST.AST): Bounds | undefined => {
  const notes = (ast.checks ?? []).map((check) => check.annotations as Record<string, unknown> | undefined)
  const range = notes.map((note) => note?.["arbitraryConstraint"] as Partial<Bounds> | undefined)
    .find((constraint) => constraint?.minimum !== undefined && constraint.maximum !== undefined)
  if (range?.minimum === undefined || range.maximum === undefined) return undefined
  return {
    minimum: range.minimum,
    maximum: range.maximum,
    whole: notes.some((note) => note?.["expected"] === "an integer")
  }
}

const describe = ({ ast, path }: Leaf, defaults: unknown): SettingKey => {
  const options = SchemaAST.isUnion(ast) ? ast.types : [ast]
  const literals = options.filter(SchemaAST.isLiteral).map((literal) => String(literal.literal))
  const value = options.find((option) => !SchemaAST.isNull(option)) ?? ast
  const note = (name: string) =>
    [ast, value].map((node) => SchemaAST.resolve(node)?.[name]).find((text) => typeof text === "string")
  const shape = literals.length > 0
    ? { kind: "choice" as const, expected: `one of ${literals.join(", ")}` }
    : shapeOf(value)
  const nullable = options.some(SchemaAST.isNull)
  return {
    path,
    unit: String(note("unit") ?? ""),
    words: String(note("description") ?? ""),
    expected: nullable ? `${shape.expected}, or null` : shape.expected,
    kind: shape.kind,
    choices: literals,
    nullable,
    ...(withoutDefault.has(path) ? {} : { otherwise: valueAt(defaults, path) })
  }
}

const shapeOf = (ast: SchemaAST.AST): { readonly kind: KeyKind; readonly expected: string } => {
  if (SchemaAST.isBoolean(ast)) return { kind: "boolean", expected: "true or false" }
  if (SchemaAST.isString(ast)) {
    const symbol = (ast.checks ?? []).length > 0
    return { kind: "text", expected: symbol ? "text of the form BASE/QUOTE in capitals" : "text" }
  }
  const bounds = boundsOf(ast)
  if (bounds === undefined) throw new RangeError("settings: every number has a range")
  return {
    kind: "number",
    expected: `${bounds.whole ? "a whole number" : "a number"} from ${bounds.minimum} to ${bounds.maximum}`
  }
}

const samples = LEAVES.filter(({ path }) => withoutDefault.has(path)).map(({ ast, path }) =>
  [path, sample(ast)] as const
)
const defaults = Option.getOrThrow(Exit.getSuccess(decode(treeOf([...emptyGroups(), ...samples]))))

/** Every key, in schema order. */
export const SETTING_KEYS: ReadonlyArray<SettingKey> = LEAVES.map((leaf) => describe(leaf, defaults))

/** The key of a dotted path. */
export const keyByPath: ReadonlyMap<string, SettingKey> = new Map(SETTING_KEYS.map((key) => [key.path, key]))
