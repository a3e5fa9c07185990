/**
 * Every recorded market, read by columns and by rows: the same bits, and what the record says of its own gaps.
 * In: reference data, where it is at hand. Out: equality to the last bit; counts as its own notes give them.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { readColumns } from "../../../layers/datasets/columns.ts"
import { candlesOf } from "../../../layers/datasets/csv.ts"
import { loadDataset } from "../../../layers/datasets/dataset.ts"
import { survey } from "../../../layers/datasets/survey.ts"
import { referencePath } from "../../kit/reference.ts"

/** Rows, runs of gaps, missing bars, longest run, moves over 20 %, from the record's notes; null where they say nothing. */
const RECORDED: ReadonlyArray<readonly [string, number, ReadonlyArray<number> | null]> = [
  ["binance-btcusdt-15m-2024", 35_136, [0, 0, 0, 0]],
  ["binance-ethusdt-15m-2024", 35_136, [0, 0, 0, 0]],
  ["bitbank-btcjpy-1h-2026-08", 254, [0, 0, 0, 0]],
  ["bitfinex-btcusd-15m-2017-2018", 70_059, [11, 21, 3, 0]],
  ["bitfinex-btcusd-1h-2016-with-hole", 7_122, [6, 1_662, 1_463, 1]],
  ["bitfinex-btcusd-1h-2017-2018", 17_520, [0, 0, 0, 0]],
  ["bitfinex-btcusd-1m-2017-2018", 1_025_708, [18_195, 25_492, 67, 0]],
  ["bitfinex-btcusd-4h-2017-2018", 4_380, [0, 0, 0, 1]],
  ["bitfinex-ethusd-15m-2017-2018", 69_071, [656, 1_009, 9, 0]],
  ["bitfinex-ethusd-1m-2018", 508_048, [13_302, 17_552, 106, 0]],
  ["bitflyer-btcjpy-1m-2018-01-21-23", 4_273, null]
]

/** Milliseconds: a million rows through the plain reader take a minute where coverage is counted and others work. */
const PATIENCE = 240_000

describe("recorded markets", () => {
  for (const [name, rows, counted] of RECORDED) {
    const path = referencePath(`data/${name}.csv.gz`)
    it.effect.skipIf(path === undefined)(
      `${name}: columns equal rows bit for bit (reference data)`,
      () =>
        Effect.gen(function*() {
          const file = yield* readColumns(path ?? "")
          const surveyed = yield* survey(path ?? "")
          assert.deepStrictEqual(
            [file.baseMillis, file.contentHash, file.columns.openTime.length],
            [surveyed.baseMillis, surveyed.contentHash, rows]
          )
          let index = 0
          let different = 0
          yield* Stream.runForEachArray(candlesOf(surveyed), (candles) =>
            Effect.sync(() => {
              for (const bar of candles) {
                const { close, high, low, open, openTime, volume } = file.columns
                const isSame = openTime[index] === bar.openTime && open[index] === bar.open &&
                  high[index] === bar.high && low[index] === bar.low && close[index] === bar.close &&
                  volume[index] === bar.volume
                if (!isSame) different += 1
                index += 1
              }
            }))
          assert.deepStrictEqual([index, different], [rows, 0])
          if (counted === null) return
          const { facts } = yield* loadDataset(path ?? "", { cache: null })
          const { gaps, spikes } = facts
          assert.deepStrictEqual([gaps.runs, gaps.missing, gaps.longest, spikes.count], counted)
        }),
      PATIENCE
    )
  }

  const minutes = referencePath("data/bitfinex-ethusd-1m-2018.csv.gz")
  it.effect.skipIf(minutes === undefined)(
    "longer bars of recorded minutes equal the candle stream's (reference data)",
    () =>
      Effect.gen(function*() {
        const surveyed = yield* survey(minutes ?? "")
        const timeframeMillis = 900_000
        const { columns } = yield* loadDataset(minutes ?? "", { cache: null, timeframeMillis })
        const bars = yield* Stream.runCollect(candlesOf(surveyed, { timeframeMillis }))
        assert.strictEqual(columns.openTime.length, bars.length)
        const different = bars.filter((bar, index) =>
          columns.openTime[index] !== bar.openTime || columns.open[index] !== bar.open ||
          columns.high[index] !== bar.high || columns.low[index] !== bar.low ||
          columns.close[index] !== bar.close || columns.volume[index] !== bar.volume
        )
        assert.isEmpty(different)
      }),
    PATIENCE
  )
})
