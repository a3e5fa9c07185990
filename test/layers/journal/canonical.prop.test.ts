/**
 * Canonical JSON: one text for one value.
 * In: arbitrary plain data, strings of any kind. Out: laws.
 * The chain rests on it: two texts for one value would be two histories.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { canonicalJson } from "../../../layers/journal/canonical.ts"

const Leaf = Schema.Union([Schema.String, Schema.Int, Schema.Finite, Schema.Boolean, Schema.Null])
// Names without escapes, as all fields of rows are: JSON.parse of Node 24 misreads escaped keys (nodejs/node#63785).
const Name = Schema.String.check(Schema.isPattern(/^[a-zA-Z_]{0,6}$/))
const Inner = Schema.Record(Name, Leaf)
const Value = Schema.Record(
  Name,
  Schema.Union([Leaf, Schema.Array(Leaf), Inner, Schema.Array(Inner)])
)

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).toReversed().map(([key, field]) => [key, reversed(field)]))
}

const isSorted = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.every(isSorted)
  if (typeof value !== "object" || value === null) return true
  const keys = Object.keys(value)
  const rising = keys.every((key, index) => index === 0 || (keys[index - 1] as string) < key)
  return rising && Object.values(value).every(isSorted)
}

describe("canonicalJson", () => {
  it.prop("parses back to the value", { value: Value }, ({ value }) => {
    assert.deepStrictEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)))
  }, { arbitrary: { runs: 200 } })

  it.prop("does not depend on the order of keys, and writes them sorted", { value: Value }, ({ value }) => {
    const text = canonicalJson(value)
    assert.strictEqual(canonicalJson(reversed(value)), text)
    assert.isTrue(isSorted(JSON.parse(text)))
  }, { arbitrary: { runs: 200 } })

  it("leaves out undefined fields and the omitted tag of the outermost object only", () => {
    assert.strictEqual(
      canonicalJson({ b: 1, _tag: "X", a: undefined, c: { _tag: "Y" } }, "_tag"),
      "{\"b\":1,\"c\":{\"_tag\":\"Y\"}}"
    )
  })

  it("refuses what JSON would turn into null or drop", () => {
    for (const value of [Number.NaN, Infinity, -Infinity, () => 1, 1n, Symbol("s")]) {
      assert.throws(() => canonicalJson({ a: [value] }))
    }
  })
})
