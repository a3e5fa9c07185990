/**
 * Reading candle files: good ones exactly, spoilt ones not at all.
 * In: small files written here, and recorded markets where they are at hand. Out: candles, or one typed refusal with its place.
 * Each refusal is checked for file, line and column, because that is what a person needs.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { loadColumns } from "../../../layers/datasets/columns.ts"
import { CsvRows } from "../../../layers/datasets/CsvRows.ts"
import { loadCandles } from "../../../layers/datasets/csv.ts"
import { instrumentOf } from "../../../layers/datasets/instrument.ts"
import type { Candle } from "../../../src/domain/Candle.ts"
import type { AnyFault } from "../../../src/domain/Fault.ts"
import { BadRow, DatasetUnreadable } from "../../../src/errors/FeedError.ts"
import { temporaryFolder } from "../../kit/folder.ts"
import { referencePath } from "../../kit/reference.ts"
import { good, HEADER, row, SPOILT_FILES, SPOILT_ROWS } from "../../kit/spoiltFiles.ts"

const inFolder = (words: string, run: (folder: string) => Effect.Effect<void, AnyFault>) =>
  it.effect(words, () => Effect.scoped(Effect.flatMap(temporaryFolder, run)))

const load = (folder: string, content: string | Buffer, name = "market.csv") =>
  Effect.suspend(() => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return Effect.match(loadCandles(path), {
      onFailure: (fault) => ({ fault, candles: null }),
      onSuccess: (candles) => ({ fault: null, candles })
    })
  })

describe("loadCandles refuses", () => {
  for (const { column, content, line, words } of SPOILT_ROWS) {
    inFolder(`${words}, naming line ${line} and ${column}`, (folder) =>
      Effect.gen(function*() {
        for (const [name, bytes] of [["m.csv", content], ["m.csv.gz", gzipSync(content)]] as const) {
          const { fault } = yield* load(folder, bytes, name)
          if (!(fault instanceof BadRow)) return assert.fail(`not refused: ${fault?.message}`)
          assert.deepStrictEqual([fault.line, fault.column, fault.severity], [line, column, "Medium"])
          assert.isTrue(fault.file.endsWith(name))
          assert.isAbove(fault.expected.length, 0)
          assert.include(fault.message, `line ${line}`)
        }
      }))
  }

  for (const { content, name, problem, words } of SPOILT_FILES) {
    inFolder(words, (folder) =>
      Effect.gen(function*() {
        const { fault } = yield* load(folder, content, name)
        if (!(fault instanceof DatasetUnreadable)) return assert.fail(`not refused: ${fault?.message}`)
        assert.strictEqual(fault.problem, problem)
      }))
  }

  inFolder("a file that is not there, and a folder", (folder) =>
    Effect.gen(function*() {
      const problemOf = (path: string) =>
        Effect.match(loadCandles(path), {
          onFailure: (fault) => fault instanceof DatasetUnreadable ? fault.problem : fault._tag,
          onSuccess: () => "read"
        })
      assert.strictEqual(yield* problemOf(join(folder, "none.csv")), "absent")
      assert.strictEqual(yield* problemOf(folder), "notAFile")
    }))
})

describe("loadCandles", () => {
  inFolder(
    "keeps the text as received, and closes each bar one smallest gap after it opens",
    (folder) =>
      Effect.gen(function*() {
        const { candles } = yield* load(
          folder,
          [HEADER, row(0, "10.50,12.0,9.10,11.00,5e-05"), row(1), row(4)].join("\r\n")
        )
        assert.deepStrictEqual(candles?.[0], {
          openTime: 1_700_000_100_000,
          closeTime: 1_700_000_160_000,
          open: 10.5,
          high: 12,
          low: 9.1,
          close: 11,
          volume: 0.000_05,
          text: "10.50,12.0,9.10,11.00,5e-05"
        })
        assert.strictEqual(candles?.length, 3)
      })
  )

  it("reads the same rows wherever the bytes are cut", () => {
    const bytes = Buffer.from(good.join("\n"))
    const read = (size: number) => {
      const rows = new CsvRows("m.csv", 60_000)
      const candles: Array<Candle> = []
      for (let at = 0; at < bytes.length; at += size) {
        assert.isNull(rows.push(bytes.subarray(at, at + size), candles))
      }
      assert.isNull(rows.end(candles))
      return candles
    }
    const whole = read(bytes.length)
    assert.strictEqual(whole.length, 4)
    for (let size = 1; size < 60; size++) assert.deepStrictEqual(read(size), whole, `pieces of ${size}`)
  })

  it("says which time a row had to be later than", () => {
    const told = (time: number) => {
      const rows = new CsvRows("m.csv", 60_000)
      return rows.push(Buffer.from(`${HEADER}\n${row(5)}\n${time},10,12,9,11,5\n`), [])?.message
    }
    const { found, last } = { found: 1_700_000_340_000, last: 1_700_000_400_000 }
    assert.strictEqual(
      told(found),
      `m.csv, line 3, timestamp_ms: expected a later time than ${last}, found ${found}`
    )
    assert.strictEqual(
      told(last),
      `m.csv, line 3, timestamp_ms: expected a later time than the row above, found ${last} again`
    )
  })

  inFolder(
    "aggregates closed bars only, with the source's digits and no float dust",
    (folder) =>
      Effect.gen(function*() {
        const minutes = [
          row(0, "10.10,12,9,11.50,0.1"),
          row(1, "11.5,14.20,11,12,0.2"),
          row(2, "12,12.5,8.70,9.0,0.3")
        ]
        const next = [row(3, "9,9,9,9,1"), row(4), row(6, "9,9,8,8,2")]
        writeFileSync(join(folder, "m.csv"), [HEADER, ...minutes, ...next].join("\n"))
        // The first closes with its last minute, the second (without its last) when minute 6 comes, the third never.
        const candles = yield* loadCandles(join(folder, "m.csv"), { timeframeMillis: 180_000 })
        assert.deepStrictEqual(candles.map((bar) => [bar.text, bar.closeTime - bar.openTime]), [
          ["10.10,14.20,8.70,9.0,0.6", 180_000],
          ["9,12,9,11,6", 180_000]
        ])
        writeFileSync(join(folder, "m.csv"), [HEADER, ...minutes].join("\n"))
        assert.strictEqual(
          (yield* loadCandles(join(folder, "m.csv"), { timeframeMillis: 180_000 })).length,
          1
        )
        const columns = yield* loadColumns(join(folder, "m.csv"), { timeframeMillis: 180_000 })
        assert.deepStrictEqual([...columns.close, columns.barMillis], [9, 180_000])
      })
  )

  inFolder("refuses a timeframe that is no multiple of the file's own", (folder) =>
    Effect.gen(function*() {
      writeFileSync(join(folder, "m.csv"), good.join("\n"))
      for (const timeframeMillis of [90_000, 30_000]) {
        const fault = yield* Effect.match(loadCandles(join(folder, "m.csv"), { timeframeMillis }), {
          onFailure: (found) => found._tag,
          onSuccess: () => "read"
        })
        assert.strictEqual(fault, "TimeframeUnfit")
      }
    }))

  const hourly = referencePath("data/bitfinex-btcusd-1h-2017-2018.csv.gz")
  const minutes = referencePath("data/bitfinex-btcusd-1m-2017-2018.csv.gz")
  it.effect.skipIf(hourly === undefined || minutes === undefined)(
    "recorded minutes aggregate to the recorded hours (reference data)",
    () =>
      Effect.gen(function*() {
        const hours = yield* loadCandles(hourly ?? "")
        const made = yield* loadCandles(minutes ?? "", { timeframeMillis: 3_600_000 })
        assert.strictEqual(hours.length, 17_520)
        // The last hour lacks no minute, so it closes; none is invented.
        assert.strictEqual(made.length, hours.length)
        const prices = (bar: Candle) => [bar.openTime, bar.open, bar.high, bar.low, bar.close]
        for (const [index, bar] of made.entries()) {
          assert.deepStrictEqual(prices(bar), prices(hours[index] as Candle))
        }
      }),
    60_000
  )
})

describe("instrumentOf", () => {
  inFolder(
    "the command line wins over a sidecar, that over the name; a file without any is refused (never read as yen)",
    (folder) =>
      Effect.gen(function*() {
        const path = join(folder, "binance-btcusdt-15m.csv")
        const idOf = (file: string, named: string | null) =>
          Effect.match(instrumentOf(file, named), {
            onFailure: (fault) => fault._tag,
            onSuccess: (found) => found.id
          })
        assert.strictEqual(yield* idOf(path, null), "binance:BTC/USDT")
        writeFileSync(`${path}.json`, JSON.stringify({ instrument: "bitfinex:BTC/USD" }))
        assert.strictEqual(yield* idOf(path, null), "bitfinex:BTC/USD")
        assert.strictEqual(yield* idOf(path, "bitbank:BTC/JPY"), "bitbank:BTC/JPY")
        assert.strictEqual(yield* idOf(path, "bitbank:DOGE/JPY"), "InstrumentUnknown")
        assert.strictEqual(yield* idOf(join(folder, "market.csv"), null), "InstrumentUnknown")
        writeFileSync(`${path}.json`, "{}")
        assert.strictEqual(yield* idOf(path, null), "InstrumentUnknown")
      })
  )
})
