/**
 * Longer bars of columns equal those made of candles, bit for bit, volumes included.
 * In: generated minutes with holes. Out: the same bars as the candle stream's, and how many of them are thin.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { Aggregate } from "../../../layers/datasets/aggregate.ts"
import { aggregateColumns } from "../../../layers/datasets/aggregateColumns.ts"
import { ColumnParser } from "../../../layers/datasets/ColumnParser.ts"
import { CsvRows } from "../../../layers/datasets/CsvRows.ts"
import type { Candle } from "../../../src/domain/Candle.ts"
import { HEADER } from "../../kit/spoiltFiles.ts"

const MINUTE = 60_000
const within = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

const Minute = Schema.Struct({
  /** Mostly the next minute; now and then a hole. */
  step: within(1, 30),
  cents: within(100, 9_999),
  rise: within(-90, 90),
  reach: within(0, 9),
  amount: within(0, 999_999_999),
  digits: within(0, 14)
})

const lineOf = (time: number, { amount, cents, digits, reach, rise }: typeof Minute.Type): string => {
  const [open, close] = [cents, cents + rise]
  const price = (value: number) => (value / 100).toFixed(2)
  const volume = digits === 14
    ? `${amount}e-9`
    : digits === 0
    ? String(amount)
    : `${amount % 97}.${String(amount % 10 ** digits).padStart(digits, "0")}`
  const high = Math.max(open, close) + reach
  const low = Math.min(open, close) - reach
  return [time, price(open), price(high), price(low), price(close), volume].join(",")
}

const csvOf = (start: number, minutes: ReadonlyArray<typeof Minute.Type>): Buffer => {
  let time = 1_700_000_040_000 + start * MINUTE
  const lines = minutes.map((minute) => {
    const line = lineOf(time, minute)
    time += (minute.step > 25 ? minute.step : 1) * MINUTE
    return line
  })
  return Buffer.from([HEADER, ...lines].join("\n"))
}

const thinIn = (candles: ReadonlyArray<Candle>, made: ReadonlyArray<Candle>, bars: number): number =>
  made.filter(({ closeTime, openTime }) =>
    2 * candles.filter((candle) => candle.openTime >= openTime && candle.openTime < closeTime).length < bars
  ).length

describe("aggregateColumns", () => {
  let thin = 0
  let dusty = 0

  it.prop("equals Aggregate on minutes with holes", {
    start: within(0, 30),
    minutes: Schema.Array(Minute).check(Schema.isMinLength(12), Schema.isMaxLength(90)),
    bars: Schema.Literals([2, 3, 5, 15, 30])
  }, ({ bars, minutes, start }) => {
    const bytes = csvOf(start, minutes)
    const parser = new ColumnParser("m.csv")
    assert.isNull(parser.push(bytes) ?? parser.end())
    const { columns, thinBars } = aggregateColumns(parser.columns.written(), MINUTE, bars * MINUTE)

    const rows = new CsvRows("m.csv", MINUTE)
    const candles: Array<Candle> = []
    assert.isNull(rows.push(bytes, candles) ?? rows.end(candles))
    const aggregate = new Aggregate(bars * MINUTE)
    const made: Array<Candle> = []
    for (const candle of candles) aggregate.push(candle, made)

    assert.strictEqual(columns.barMillis, bars * MINUTE)
    for (const name of ["openTime", "open", "high", "low", "close", "volume"] as const) {
      assert.deepStrictEqual([...columns[name]], made.map((bar) => bar[name]), name)
    }
    assert.strictEqual(thinBars, thinIn(candles, made, bars))
    thin += thinBars
    dusty += made.filter((bar) => bar.volume !== sumWithDust(candles, bar)).length
  }, { arbitrary: { runs: 200, seed: 7 } })

  const sumWithDust = (candles: ReadonlyArray<Candle>, bar: Candle): number =>
    candles.filter(({ openTime }) => openTime >= bar.openTime && openTime < bar.closeTime)
      .reduce((sum, { volume }) => sum + volume, 0)

  it("met thin bars and volumes whose plain sum carries float dust", () => {
    assert.isAbove(thin, 10)
    assert.isAbove(dusty, 10)
  })
})
