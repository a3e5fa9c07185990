/**
 * Csv cells and the spelling of figures.
 * In: texts and numbers. Out: assertions on the text of rows.
 */
import { assert, describe, it } from "@effect/vitest"
import { csvText, decimal, decimalOrEmpty, iso } from "../../../layers/backtest/csv.ts"

describe("csvText", () => {
  it("writes a header and one line a row, each ended by LF, and quotes only what must be", () => {
    const rows = [{ a: "plain", b: "with, comma" }, { a: "say \"no\"", b: "two\nlines" }, { a: "", b: "é" }]
    const text = csvText([{ name: "a", text: ({ a }) => a }, { name: "b", text: ({ b }) => b }], rows)
    assert.strictEqual(text, "a,b\nplain,\"with, comma\"\n\"say \"\"no\"\"\",\"two\nlines\"\n,é\n")
    assert.strictEqual(csvText([{ name: "a", text: String }], []), "a\n")
  })
})

describe("decimal", () => {
  it("has no float dust, no trailing zeros, no exponent and no negative zero", () => {
    assert.strictEqual(decimal(0.1 + 0.2, 8), "0.3")
    assert.strictEqual(decimal(1e-7, 8), "0.0000001")
    assert.strictEqual(decimal(12_000_000, 4), "12000000")
    assert.strictEqual(decimal(100, 0), "100")
    assert.strictEqual(decimal(-0.000_000_001, 8), "0")
    assert.strictEqual(decimal(-1.5, 8), "-1.5")
    assert.strictEqual(decimalOrEmpty(null, 8), "")
    assert.strictEqual(decimalOrEmpty(0, 8), "0")
  })

  it("an instant is ISO 8601 in UTC", () => {
    assert.strictEqual(iso(1_709_251_200_000), "2024-03-01T00:00:00.000Z")
  })
})
