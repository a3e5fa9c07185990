/**
 * The column reader on small files: what it reads, what it refuses, and that nobody sees where the bytes were cut.
 * In: good and spoilt texts in pieces of every size. Out: columns, or the row reader's own refusal.
 */
import { assert, describe, it } from "@effect/vitest"
import { ColumnParser } from "../../../layers/datasets/ColumnParser.ts"
import { CsvRows } from "../../../layers/datasets/CsvRows.ts"
import { MAX_LINE } from "../../../layers/datasets/row.ts"
import type { BadRow } from "../../../src/errors/FeedError.ts"
import { good, HEADER, row, SPOILT_ROWS } from "../../kit/spoiltFiles.ts"

const read = (bytes: Buffer, size: number) => {
  const parser = new ColumnParser("m.csv")
  let bad: BadRow | null = null
  for (let at = 0; at < bytes.length && bad === null; at += size) {
    bad = parser.push(bytes.subarray(at, at + size))
  }
  bad ??= parser.end()
  const { close, openTime, volume, volumeDigits } = parser.columns.written()
  return { bad: bad?.message ?? null, columns: [[...openTime], [...close], [...volume], [...volumeDigits]] }
}

const rowReaderSays = (bytes: Buffer): string | null => {
  const rows = new CsvRows("m.csv", 60_000)
  return (rows.push(bytes, []) ?? rows.end([]))?.message ?? null
}

/** Every size that cuts differently, and the whole. */
const sizesOf = (bytes: Buffer): ReadonlyArray<number> => [1, 2, 3, 7, 41, 43, 4_096, bytes.length]

describe("ColumnParser", () => {
  const four = [[0, 1, 2, 3].map((index) => 1_700_000_100_000 + index * 60_000), [11, 11, 11, 11], [
    5,
    5,
    5,
    5
  ], [
    0,
    0,
    0,
    0
  ]]
  const same: ReadonlyArray<readonly [string, string]> = [
    ["a line break at the end", good.join("\n") + "\n"],
    ["no line break at the end", good.join("\n")],
    ["CRLF", good.join("\r\n") + "\r\n"],
    ["CRLF and none at the end", good.join("\r\n")],
    ["the UTF-8 mark before the header", "\uFEFF" + good.join("\n")]
  ]
  it.each(same)("reads four rows wherever the bytes are cut: %s", (_, text) => {
    const bytes = Buffer.from(text)
    for (let size = 1; size <= bytes.length; size++) {
      assert.deepStrictEqual(read(bytes, size), { bad: null, columns: four }, `pieces of ${size}`)
    }
    assert.isNull(rowReaderSays(bytes))
  })

  const rows = SPOILT_ROWS.filter(({ kind }) => kind !== "grid")
  it.each(rows)(
    "refuses $words in the row reader's words, at line $line, $column",
    ({ column, content, line }) => {
      const bytes = Buffer.from(content)
      const words = rowReaderSays(bytes)
      assert.isTrue(words?.startsWith(`m.csv, line ${line}, ${column}: expected `), words ?? "not refused")
      for (const size of sizesOf(bytes)) assert.strictEqual(read(bytes, size).bad, words, `pieces of ${size}`)
    }
  )

  it("a mark elsewhere, or a header in other letters, is refused in words that show it", () => {
    const told = (text: string) => read(Buffer.from(text), 5).bad
    assert.strictEqual(
      told(HEADER.replace("open", "Open")),
      "m.csv, line 1, open: expected the column name open, found Open"
    )
    assert.include(told(`${HEADER}\n\uFEFF${row(0)}`), "found \"\uFEFF1700000100000\"")
    assert.include(told(`${HEADER}\n${row(0, "10,12,9,十一,5")}`), "found \"十一\"")
    assert.include(told(`\u0000\u001B[2J${HEADER}`), "found \"\\u0000\\u001b[2Jtimestamp_ms\"")
  })

  it("a line may have 4,096 characters and not one more, also when it never ends", () => {
    const long = (length: number) => row(1, "10,12,9,11,5.").padEnd(length, "0")
    for (
      const [length, isRead] of [[MAX_LINE, true], [MAX_LINE + 1, false], [3 * MAX_LINE, false]] as const
    ) {
      for (const rest of ["", "\n", "\r\n", `\n${row(2)}\n`]) {
        const bytes = Buffer.from(`${HEADER}\n${row(0)}\n${long(length)}${rest}`)
        const words = rowReaderSays(bytes)
        assert.strictEqual(words === null, isRead, `${length} characters, then ${JSON.stringify(rest)}`)
        for (const size of sizesOf(bytes)) assert.strictEqual(read(bytes, size).bad, words)
      }
    }
  })

  it("a text without line breaks is refused before it is read to its end", () => {
    const parser = new ColumnParser("m.csv")
    const rows = new CsvRows("m.csv", 60_000)
    const piece = Buffer.alloc(65_536, "x")
    assert.include(parser.push(piece)?.message, "line 1, row: expected a line of at most 4096 characters")
    assert.include(rows.push(piece, [])?.message, "line 1, row: expected a line of at most 4096 characters")
  })

  it("columns grow with the file, and no row is lost on the way", () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => row(index, `10,12,9,11,${index}`))
    const { bad, columns } = read(Buffer.from([HEADER, ...lines].join("\n")), 65_536)
    assert.isNull(bad)
    assert.deepStrictEqual(columns[2], lines.map((_, index) => index))
  })

  it("times of sixteen digits are read, too, and those of seventeen are not", () => {
    const bytes = (time: string) => Buffer.from(`${HEADER}\n${time},10,12,9,11,5.25\n`)
    assert.deepStrictEqual(read(bytes("1700000100000000"), 9).columns, [
      [1_700_000_100_000_000],
      [11],
      [5.25],
      [2]
    ])
    assert.include(read(bytes("17000001000000000"), 9).bad, "whole milliseconds")
    assert.include(read(bytes("9999999999999999"), 9).bad, "a time after 1970")
  })
})

describe("numbers of a column", () => {
  const texts = [
    "0",
    "0.0",
    "00012",
    "1e5",
    "1E+5",
    "5e-05",
    "0.1",
    "0.30000000000000004",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "123456789012345678901234567890",
    "0.0000000000000000000000001",
    "1234567.00000000000000000",
    "4.35",
    "1e22",
    "1e23",
    "8.5e-23",
    "2.2250738585072011e-308",
    "5e-324",
    "1e-400",
    "1.7976931348623157e308",
    "179769313486231580e291",
    "1e0000000000000000000001",
    "0e99999999999999999999"
  ]
  it.each(texts)("%s is the double that Number gives", (text) => {
    const parser = new ColumnParser("m.csv")
    assert.isNull(parser.push(Buffer.from(`${HEADER}\n${row(0, `10,12,9,11,${text}`)}\n`)))
    assert.isTrue(Object.is(parser.columns.written().volume[0], Number(text)))
  })
})
