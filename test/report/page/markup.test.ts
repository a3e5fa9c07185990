/**
 * Text that goes into the page: what is escaped, and how figures are written.
 * In: any text, shares and prices at the edges. Out: HTML that holds it, words.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { escaped, html, jsonText, raw } from "../../../src/report/page/markup.ts"
import { priceDecimals, roughShare, signedShare } from "../../../src/report/page/words.ts"

describe("markup", () => {
  it.prop("never lets text become an element or leave its quotes", [Schema.String], ([text]) => {
    const { markup } = html`<p title="${text}">${text}${[text, null, raw("<b>")]}</p>`
    assert.strictEqual(markup.match(/</g)?.length, 3)
    assert.strictEqual(markup.match(/"/g)?.length, 2)
    assert.notInclude(jsonText({ text }).markup, "<")
    assert.deepStrictEqual(JSON.parse(jsonText({ text }).markup), { text })
  }, { arbitrary: { runs: 200, seed: 1 } })

  it("escapes every character that means something", () => {
    assert.strictEqual(escaped(`a<b>&"'`), "a&lt;b&gt;&amp;&quot;&#39;")
  })
})

describe("words", () => {
  it("write a sign where there is something to sign", () => {
    assert.deepStrictEqual([0.047, -0.0031, 0, 0.000001].map((share) => signedShare(share)), [
      "+4.70 %",
      "-0.31 %",
      "0.00 %",
      "0.00 %"
    ])
  })

  it("round shares as one says them, and never to nothing", () => {
    assert.deepStrictEqual([0, 0.0002, 0.0534, 0.9999, 1].map(roughShare), [
      "0 %",
      "< 0.1 %",
      "5.3 %",
      "100 %",
      "100 %"
    ])
  })

  it("show a price to the digits it has, about seven at most", () => {
    assert.deepStrictEqual(
      [[12_345_678], [60_123.4, 5], [1.1234567], [0.00001234], [100, 200.5], [0]].map(priceDecimals),
      [0, 1, 6, 8, 1, 2]
    )
  })
})
