/**
 * The column reader equals the row reader, bit for bit and word for word, whatever a file holds.
 * In: generated rows, mostly sane, cut into pieces of any size. Out: the same numbers, or the same refusal.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { volumeDigits } from "../../../layers/datasets/aggregate.ts"
import { ColumnParser } from "../../../layers/datasets/ColumnParser.ts"
import { CsvRows } from "../../../layers/datasets/CsvRows.ts"
import type { Candle } from "../../../src/domain/Candle.ts"
import type { BadRow } from "../../../src/errors/FeedError.ts"
import { HEADER } from "../../kit/spoiltFiles.ts"

const within = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

/** Texts of numbers from `1` to `123.000456e-7`, beyond every limit of the fast way. */
const Text = Schema.Struct({
  whole: within(0, 99_999_999_999),
  zeros: Schema.NullOr(within(0, 12)),
  fraction: within(0, 9_999_999_999_999),
  exponent: Schema.NullOr(within(-40, 40)),
  big: Schema.Boolean
})
type Text = typeof Text.Type

const textOf = ({ big, exponent, fraction, whole, zeros }: Text): string =>
  String(whole) + (zeros === null ? "" : `.${"0".repeat(zeros)}${fraction}`) +
  (exponent === null ? "" : `${big ? "E" : "e"}${exponent}`)

const Row = Schema.Struct({
  step: within(0, 40),
  prices: Schema.Tuple([Text, Text, Text, Text]),
  volume: Text,
  spoilt: within(0, 150)
})
type Row = typeof Row.Type

const SPOILING: ReadonlyArray<(line: string) => string> = [
  (line) => line.replace(",", ",-"),
  (line) => line.replace(".", "x"),
  (line) => line.slice(0, line.lastIndexOf(",")),
  (line) => `${line},1`,
  () => "",
  (line) => line.replace(/\d,/, ","),
  (line) => line.replace(/,\d+/, ",0"),
  (line) => ` ${line}`
]

const csvOf = (rows: ReadonlyArray<Row>): string => {
  let time = 1_700_000_000_000
  const lines = rows.map(({ prices, spoilt, step, volume }) => {
    time += (step === 0 ? -1 : Math.min(step, 3)) * 60_000
    const [low, open, close, high] = prices.map(textOf).toSorted((one, other) => Number(one) - Number(other))
    const line = [time, open, high, low, close, textOf(volume)].join(",")
    return SPOILING[spoilt]?.(line) ?? line
  })
  return [HEADER, ...lines].join("\n")
}

const byColumns = (bytes: Buffer, size: number) => {
  const parser = new ColumnParser("m.csv")
  let bad: BadRow | null = null
  for (let at = 0; at < bytes.length && bad === null; at += size) {
    bad = parser.push(bytes.subarray(at, at + size))
  }
  return { bad: bad ?? parser.end(), columns: parser.columns.written() }
}

const byRows = (bytes: Buffer) => {
  const rows = new CsvRows("m.csv", 0)
  const candles: Array<Candle> = []
  return { bad: rows.push(bytes, candles) ?? rows.end(candles), candles }
}

describe("ColumnParser", () => {
  let good = 0
  let refused = 0

  it.prop("equals the row reader on any rows, cut anywhere", {
    rows: Schema.Array(Row).check(Schema.isMinLength(1), Schema.isMaxLength(20)),
    size: within(1, 200)
  }, ({ rows, size }) => {
    const bytes = Buffer.from(csvOf(rows))
    const { bad, columns } = byColumns(bytes, size)
    const expected = byRows(bytes)
    assert.strictEqual(bad?.message ?? null, expected.bad?.message ?? null)
    assert.strictEqual(columns.openTime.length, expected.candles.length)
    if (bad === null) good += 1
    else refused += 1
    for (const [index, candle] of expected.candles.entries()) {
      for (const name of ["openTime", "open", "high", "low", "close", "volume"] as const) {
        assert.isTrue(Object.is(columns[name][index], candle[name]), `${name} of ${candle.text}`)
      }
      const volume = candle.text.slice(candle.text.lastIndexOf(",") + 1)
      assert.strictEqual(columns.volumeDigits[index], volumeDigits(volume), volume)
    }
  }, { arbitrary: { runs: 200, seed: 7 } })

  it("saw files that were read and files that were refused", () => {
    assert.isAbove(good, 20)
    assert.isAbove(refused, 20)
  })
})
