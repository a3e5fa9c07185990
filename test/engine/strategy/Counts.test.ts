/**
 * Counting a few words without a Map, held against a Map.
 * In: words in any order. Out: equal counts in equal order; a bound on distinct words.
 */
import { it } from "@effect/vitest"
import { Schema } from "effect"
import { assert, describe } from "vitest"
import { count, countsOf, makeCounts } from "../../../src/engine/strategy/Counts.ts"

const Words = Schema.Array(Schema.Literals(["a", "b", "c", "d", "e"])).check(Schema.isMaxLength(40))

describe("count", () => {
  it.prop("counts as a Map does, in the order of first appearance", { words: Words }, ({ words }) => {
    const counts = makeCounts<string>()
    const map = new Map<string, number>()
    for (const word of words) {
      count(counts, word)
      map.set(word, (map.get(word) ?? 0) + 1)
    }
    assert.deepStrictEqual([...countsOf(counts)], [...map])
  }, { arbitrary: { runs: 100 } })

  it("keeps the first words up to the bound and counts all others together", () => {
    const counts = makeCounts<string>(2, "rest")
    for (const word of ["a", "b", "c", "b", "d", "a", "c"]) count(counts, word)
    assert.deepStrictEqual([...countsOf(counts)], [["a", 2], ["b", 2], ["rest", 3]])
  })

  it("gives a copy that later counts leave alone", () => {
    const counts = makeCounts<string>()
    count(counts, "a")
    const before = countsOf(counts)
    count(counts, "a")
    assert.deepStrictEqual([before.get("a"), countsOf(counts).get("a")], [1, 2])
  })
})
