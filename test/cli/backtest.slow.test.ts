/**
 * `daruma backtest` and `daruma features` as a user starts them: real processes in a clean environment.
 * In: scratch folders, spoilt files, signals, a disk that is too small, other time zones. Out: exit codes and what is left.
 * What needs no process of its own stands in test/layers/backtest.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { startProgram } from "../acceptance/program.ts"
import { referencePath } from "../kit/reference.ts"
import { runIn, scratch } from "../kit/scratch.ts"
import { SPOILT_FILES, SPOILT_ROWS } from "../kit/spoiltFiles.ts"
import { csvOf, everythingUnder, filesUnder } from "../layers/backtest/stage.ts"

const DARUMA = fileURLToPath(new URL("../../bin/daruma", import.meta.url))

const daruma = (folder: string, line: string, env: Readonly<Record<string, string>> = {}) =>
  runIn(folder, DARUMA, line.split(" "), { PATH: process.env["PATH"] ?? "", ...env })

interface Result {
  readonly fingerprint: string
  readonly ledger: { readonly quote: string; readonly tradeCount: number; readonly equity: number }
  readonly datasets: ReadonlyArray<{
    readonly instrument: string
    readonly traded: { readonly bars: number; readonly gaps: { readonly longest: number } }
  }>
  readonly notices: ReadonlyArray<string>
}

const resultIn = (folder: string): Result =>
  JSON.parse(readFileSync(join(folder, "result.json"), "utf8")) as Result

describe("a spoilt file", () => {
  const files = [
    ...SPOILT_ROWS.map(({ column, content, line, words }) => ({
      words,
      name: "binance-btcusdt-1m.csv",
      content,
      said: `line ${line}, ${column}`
    })),
    ...SPOILT_FILES.map(({ content, name, words }) => ({
      words,
      name: `binance-btcusdt-1${name}`,
      content,
      said: `binance-btcusdt-1${name}:`
    }))
  ]
  // The kinds by name; a price of zero and one below are one kind, and the thirteenth, an absent file, has no row.
  const asked = [
    "swapped columns",
    "a missing column",
    "text for",
    "NaN",
    "a zero price",
    "a negative price",
    "a negative volume",
    "a high below",
    "unsorted",
    "a row twice",
    "a short row",
    "a truncated gzip",
    "an empty file"
  ]
  const kinds = asked.flatMap((name) => files.filter(({ words }) => words.startsWith(name)).slice(0, 1))

  it("every kind has a file", () => {
    assert.strictEqual(kinds.length, asked.length, kinds.map(({ words }) => words).join("\n"))
  })

  it.each(kinds)("$words: a clear error, exit 1, nothing written", async ({ content, name, said }) => {
    const folder = scratch({ [name]: "" })
    writeFileSync(join(folder, name), content)
    const [backtest, features] = await Promise.all([
      daruma(folder, `backtest --data ${name} --home home --out results`),
      daruma(folder, `features --data ${name} --home home --out f.csv`)
    ])
    for (const { code, output } of [backtest, features]) {
      assert.strictEqual(code, 1, output)
      assert.include(output, said)
      assert.match(output, /runbook observability\/runbooks\/(bad-row|dataset-unreadable)\.md/)
    }
    assert.deepStrictEqual(everythingUnder(folder), [name])
  })

  it("a file that is not there: a clear error, exit 1, nothing written", async () => {
    const folder = scratch({})
    const { code, output } = await daruma(folder, "backtest --data binance-btcusdt-1m.csv")
    assert.strictEqual(code, 1)
    assert.include(output, "there is no such file")
    assert.deepStrictEqual(everythingUnder(folder), [])
  })

  it("the second of two files is looked at before anything is written, too", async () => {
    const folder = scratch({
      "binance-btcusdt-15m.csv": csvOf(1, 100),
      "binance-ethusdt-15m.csv": "no candles"
    })
    const { code } = await daruma(
      folder,
      "backtest --no-cache --data binance-btcusdt-15m.csv --data binance-ethusdt-15m.csv"
    )
    assert.strictEqual(code, 1)
    assert.deepStrictEqual(everythingUnder(folder), ["binance-btcusdt-15m.csv", "binance-ethusdt-15m.csv"])
  })
})

describe("the same command", () => {
  it("in another time zone, from another folder, with and without the cache: the same bytes", async () => {
    const folder = scratch({ "bitbank-btcjpy-15m.csv": csvOf(5, 3_000), "elsewhere/x": "" })
    const data = join(folder, "bitbank-btcjpy-15m.csv")
    const runs = [
      await daruma(folder, "backtest --data bitbank-btcjpy-15m.csv --out a --home h", { TZ: "UTC" }),
      await daruma(folder, "backtest --data bitbank-btcjpy-15m.csv --out b --home h", {
        TZ: "America/New_York"
      }),
      await daruma(join(folder, "elsewhere"), `backtest --data ${data} --out ../c --home g`, {
        TZ: "Asia/Tokyo"
      }),
      await daruma(folder, "backtest --data bitbank-btcjpy-15m.csv --out d --home h --no-cache", {
        LANG: "de_DE"
      })
    ]
    for (const { code, output } of runs) assert.strictEqual(code, 0, output)
    const files = ["a", "b", "c", "d"].map((name) => filesUnder(join(folder, name)))
    assert.strictEqual(files[0]?.size, 6)
    for (const other of files.slice(1)) assert.deepStrictEqual(other, files[0])
    assert.isAbove(resultIn(join(folder, "a")).ledger.tradeCount, 10)
    assert.isNotEmpty(everythingUnder(join(folder, "h")).filter((path) => path.endsWith(".columns")))
  })
})

describe("a run that does not come to its end", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("%s leaves nothing and ends with 0", async (signal) => {
    const folder = scratch({})
    const program = startProgram(
      folder,
      "backtest --bars 400000 --decisions all --out results --progress json"
    )
    await program.printed(/"done":[1-9]/)
    assert.isNotEmpty(everythingUnder(folder), "it was writing")
    program.kill(signal)
    assert.strictEqual(await program.ended, 0)
    assert.include(program.output(), "stopped; nothing was written")
    assert.deepStrictEqual(everythingUnder(folder), [])
  })

  it("a disk without room for the largest file: exit 1, nothing left", async () => {
    const folder = scratch({})
    const line = `ulimit -f 64; exec "${DARUMA}" backtest --bars 3000 --out results`
    const { code, output } = await runIn(folder, "bash", ["-c", line], { PATH: process.env["PATH"] ?? "" })
    assert.strictEqual(code, 1, output)
    assert.match(output, /\/results: .* \(at decisions\.jsonl\); nothing was kept/)
    assert.deepStrictEqual(everythingUnder(folder), [])
  })
})

describe("on a terminal", () => {
  it("without one there is no progress and no colour; --json alone is on stdout", async () => {
    const folder = scratch({})
    const { code, output } = await daruma(folder, "backtest --bars 2000 --json --out r")
    assert.strictEqual(code, 0)
    assert.notInclude(output, "\u001b")
    assert.deepStrictEqual(JSON.parse(output), resultIn(join(folder, "r")))
  })
})

const RECORDED: ReadonlyArray<readonly [file: string, instrument: string, quote: string]> = [
  ["binance-btcusdt-15m-2024.csv.gz", "binance:BTC/USDT", "USDT"],
  ["bitfinex-ethusd-15m-2017-2018.csv.gz", "bitfinex:ETH/USD", "USD"],
  ["bitbank-btcjpy-1h-2026-08.csv.gz", "bitbank:BTC/JPY", "JPY"]
]

describe("recorded markets (need the reference folder)", () => {
  for (const [file, instrument, quote] of RECORDED) {
    const path = referencePath(`data/${file}`)
    it.skipIf(path === undefined)(`${file} runs in its own currency: ${quote}`, async () => {
      const folder = scratch({})
      const { code, output } = await daruma(folder, `backtest --data ${path} --out r`)
      assert.strictEqual(code, 0, output)
      const { datasets, ledger } = resultIn(join(folder, "r"))
      assert.deepStrictEqual([datasets[0]?.instrument, ledger.quote], [instrument, quote])
      assert.include(output, ` ${quote}`)
      const others = RECORDED.map(([, , other]) => other).filter((other) => other !== quote)
      for (const other of others) assert.notMatch(output, new RegExp(`\\d ${other}\\b`))
      assert.notInclude(output, "DEMO")
    })
  }

  const hole = referencePath("data/bitfinex-btcusd-1h-2016-with-hole.csv.gz")
  it.skipIf(hole === undefined)("a file with a hole of two months runs, and says so", async () => {
    const folder = scratch({})
    const { code, output } = await daruma(folder, `backtest --data ${hole} --out r`)
    assert.strictEqual(code, 0, output)
    const { datasets, notices } = resultIn(join(folder, "r"))
    assert.isAbove(datasets[0]?.traded.gaps.longest ?? 0, 24 * 50)
    assert.match(notices.join("\n"), /bars are missing in \d+ gaps?, the longest of [\d,]+ from 2016-/)
    assert.include(output, "bars are missing")
  })

  const [btc, eth] = ["btc", "eth"].map((coin) => referencePath(`data/binance-${coin}usdt-15m-2024.csv.gz`))
  it.skipIf(btc === undefined || eth === undefined)("two files share one account", async () => {
    const folder = scratch({})
    const period = "--from 2024-03-01 --to 2024-05-01"
    const { code, output } = await daruma(folder, `backtest --data ${btc} --data ${eth} ${period} --out r`)
    assert.strictEqual(code, 0, output)
    const { datasets } = resultIn(join(folder, "r"))
    assert.deepStrictEqual(datasets.map(({ instrument, traded }) => [instrument, traded.bars]), [
      ["binance:BTC/USDT", 61 * 96],
      ["binance:ETH/USDT", 61 * 96]
    ])
    const traded = new Set(
      readFileSync(join(folder, "r/trades.csv"), "utf8").trimEnd().split("\n").slice(1)
        .map((line) => line.split(",")[1])
    )
    assert.deepStrictEqual([...traded].toSorted(), ["binance:BTC/USDT", "binance:ETH/USDT"])
  })
})
