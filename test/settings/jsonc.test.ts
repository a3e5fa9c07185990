/**
 * The reader of JSON with comments: what it accepts, and where it says a mistake is.
 * In: texts. Out: entries with lines, or line and column.
 */
import { assert, describe, it } from "@effect/vitest"
import { parseJsonc } from "../../layers/settings/jsonc.ts"
import { nearest, nearestPath } from "../../layers/settings/nearest.ts"

const entries = (text: string) => {
  const parsed = parseJsonc(text)
  return parsed._tag === "Entries"
    ? parsed.entries.map((entry) => [entry.path, entry.value, entry.line])
    : parsed
}

const where = (text: string) => {
  const parsed = parseJsonc(text)
  return parsed._tag === "Malformed" ? `${parsed.line}:${parsed.column} ${parsed.words}` : "accepted"
}

describe("parseJsonc", () => {
  it("reads comments, trailing commas, escapes, a byte order mark and nested groups, with lines", () => {
    const text =
      "\uFEFF// head\n{ /* a\n b */ \"a\": 1, // tail\n \"b\": { \"c\": \"x // \\\"y\\\" \\u0041\", \"d\": [1, [true],], }, \"e\": null, \"f\": -1.5e3,\n\"g\": {} }\n"
    assert.deepStrictEqual(entries(text), [
      ["a", 1, 3],
      ["b.c", "x // \"y\" A", 4],
      ["b.d", [1, [true]], 4],
      ["e", null, 4],
      ["f", -1_500, 4],
      ["g", {}, 5]
    ])
  })

  const mistakes: ReadonlyArray<readonly [text: string, words: string]> = [
    ["", "1:1 a settings file is one object in braces"],
    ["[1]", "1:1 a settings file is one object in braces"],
    ["{} x", "1:4 something follows the closing brace"],
    ["{ \"a\": 1, \"a\": 2 }", "1:11 a is written twice"],
    ["{ a: 1 }", "1:3 a value is expected: text in double quotes, a number, true, false or null"],
    ["{ 1: 1 }", "1:3 a key in double quotes is expected"],
    ["{ \"a\" 1 }", "1:7 a colon is expected after a"],
    ["{ \"a\": }", "1:8 a value is expected: text in double quotes, a number, true, false or null"],
    ["{ \"a\": 01 }", "1:9 a comma or the closing brace is expected"],
    ["{\n \"a\": 1\n", "3:1 a comma or the closing brace is expected"],
    ["{", "1:2 the file ends before its closing brace"],
    ["{ \"a\": [1 2] }", "1:11 a comma or the closing bracket is expected"],
    ["{ \"a.b\": 1 }", "1:3 a.b: groups are written as objects inside each other"],
    [
      "{ \"a\": \"line\nend\" }",
      "1:8 a value is expected: text in double quotes, a number, true, false or null"
    ],
    [`${"{\"a\":".repeat(18)}1${"}".repeat(18)}`, "1:86 more than 16 levels deep"],
    [`{"a":${"[".repeat(20)}1${"]".repeat(20)}}`, "1:22 more than 16 levels deep"],
    [
      "{ /* never closed \"a\": 1 }",
      "1:3 a value is expected: text in double quotes, a number, true, false or null"
    ]
  ]
  it.each(mistakes)(
    "%j is refused where it goes wrong",
    (text, words) => assert.strictEqual(where(text), words)
  )
})

describe("nearest", () => {
  it("finds the name a person meant, and none when nothing is near", () => {
    assert.strictEqual(nearest("capitol", ["capital", "symbol"]), "capital")
    assert.strictEqual(nearest("sybmol", ["capital", "symbol"]), "symbol")
    assert.strictEqual(nearest("PORT", ["port"]), "port")
    assert.isNull(nearest("telemetry", ["capital", "symbol"]))
  })

  it("finds a key whose group was left out, only when one key has that name", () => {
    const known = ["risk.maxDayLoss", "strategies.a.weight", "strategies.b.weight"]
    assert.strictEqual(nearestPath("maxDayLos", known), "risk.maxDayLoss")
    assert.isNull(nearestPath("weight", known))
  })
})
