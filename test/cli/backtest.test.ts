/**
 * `daruma backtest` as a command line: what reaches the run, and which lines are refused before it.
 * In: argument lists. Out: assertions on options, settings requests and exit codes.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { parseInstant } from "../../src/cli/instants.ts"
import { OutputTaken, OutputUnwritable, PeriodEmpty } from "../../src/errors/BacktestError.ts"
import { run } from "./stage.ts"

describe("daruma backtest", () => {
  it.effect("hands every flag over; the first file and its instrument stand in the settings", () =>
    Effect.gen(function*() {
      const line =
        "backtest --data a.csv --data b.csv --instrument binance:BTC/USDT --instrument binance:ETH/USDT "
        + "--timeframe 1h --higher 4h --profile aggressive --config c.jsonc --capital 1000 --fees 0%,0.1% --slippage 0.1% "
        + "--account margin --seed 7 --from 2024-03-01 --to 2024-07-01T12:30Z --out results --json --decisions all "
        + "--force --no-cache --no-report --trials 12 --progress json --home h --quiet --no-color"
      const { backtests, code, requests } = yield* run(line.split(" "))
      assert.strictEqual(code, 0)
      assert.deepStrictEqual(requests, [{
        profile: "aggressive",
        config: "c.jsonc",
        flags: {
          data: "a.csv",
          instrument: "binance:BTC/USDT",
          timeframe: "1h",
          higher: "4h",
          account: "margin",
          capital: "1000",
          fees: "0%,0.1%",
          slippage: "0.1%",
          seed: "7"
        }
      }])
      assert.deepStrictEqual(backtests, [{
        json: true,
        quiet: true,
        color: false,
        data: ["a.csv", "b.csv"],
        instruments: ["binance:BTC/USDT", "binance:ETH/USDT"],
        from: Date.UTC(2024, 2, 1),
        to: Date.UTC(2024, 6, 1, 12, 30),
        bars: null,
        decisions: "all",
        out: "results",
        home: "h",
        force: true,
        cache: false,
        report: false,
        trials: 12,
        progress: "json"
      }])
    }))

  it.effect("without a flag it is the synthetic market under the default home", () =>
    Effect.gen(function*() {
      const { backtests, requests } = yield* run(["backtest"])
      assert.deepStrictEqual(requests, [{ profile: "balanced", config: null, flags: {} }])
      assert.deepStrictEqual(backtests, [{
        json: false,
        quiet: false,
        color: true,
        data: [],
        instruments: [],
        from: null,
        to: null,
        bars: null,
        decisions: "acted",
        out: null,
        home: "./.daruma",
        force: false,
        cache: true,
        report: true,
        trials: 1,
        progress: "auto"
      }])
    }))

  const broken: ReadonlyArray<string> = [
    "backtest --bogus --json",
    "backtest --json --from xx",
    "data check --json --bogus",
    "trade --json surplus",
    "--json",
    "features --json --data a.csv"
  ]
  it.effect.each(broken)(
    "%s: with --json a usage error is one object on stderr, and nothing on stdout",
    (line) =>
      Effect.gen(function*() {
        const { code, err, out } = yield* run(line.split(" "))
        assert.strictEqual(code, 2)
        assert.deepStrictEqual(out, [])
        assert.strictEqual(err.length, 1)
        const said = JSON.parse(err[0] ?? "") as Record<string, unknown>
        assert.strictEqual(said["error"], "UsageInvalid")
        assert.strictEqual(said["severity"], "Medium")
        assert.isString(said["words"])
        assert.isNotEmpty(said["words"])
      })
  )

  it.effect("asked for help, --json or not, help is what stdout shows", () =>
    Effect.gen(function*() {
      const { code, out } = yield* run(["backtest", "--json", "--help"])
      assert.strictEqual(code, 0)
      assert.include(out.join("\n"), "--data")
      const after = yield* run(["data", "check", "--bogus", "--", "--json"])
      assert.include(after.out.join("\n"), "check", "behind -- it is a name, not a flag")
    }))

  it.effect("a fee below zero behind a space is told how it is written, in words and in JSON", () =>
    Effect.gen(function*() {
      const line = ["backtest", "--fees", "-0.02%,0.12%"]
      const { code, err } = yield* run(line)
      assert.strictEqual(code, 2)
      assert.include(err.join("\n"), "--fees=-0.02%,0.12%")
      assert.include((yield* run([...line, "--json"])).err.join("\n"), "--fees=-0.02%,0.12%")
      const { code: fine, requests } = yield* run(["backtest", "--fees=-0.02%,0.12%"])
      assert.strictEqual(fine, 0)
      assert.strictEqual(requests[0]?.flags.fees, "-0.02%,0.12%")
    }))

  const empty: ReadonlyArray<ReadonlyArray<string>> = [
    ["backtest", "--data", ""],
    ["backtest", "--out", ""],
    ["backtest", "--home", " "],
    ["backtest", "--from", ""],
    ["backtest", "--capital", ""],
    ["trade", "--journal", ""],
    ["trade", "--data", ""],
    ["features", "--data", "", "--out", "f.csv"],
    ["features", "--data", "a.csv", "--out="],
    ["data", "check", ""],
    ["journal", "verify", "--journal", ""]
  ]
  it.effect.each(empty)("%s %s %s: an empty value is called empty", (line) =>
    Effect.gen(function*() {
      const { code, err } = yield* run(line)
      assert.strictEqual(code, 2)
      assert.include(err.join("\n"), "the value is empty")
    }))

  const usage: ReadonlyArray<string> = [
    "backtest --from yesterday",
    "backtest --from 2024-02-30",
    "backtest --to 1700000000000",
    "backtest --to 2024-03-01T24:00",
    "backtest --to 2024-03-01T12:00+09:00",
    "backtest --decisions some",
    "backtest --bars 0",
    "backtest --trials 0",
    "backtest --trials 1.5",
    "backtest --stage live",
    "backtest --progress loud",
    "backtest surplus"
  ]
  it.effect.each(usage)("%s is a usage error: exit 2, and nothing runs", (line) =>
    Effect.gen(function*() {
      const { backtests, code, err } = yield* run(line.split(" "))
      assert.strictEqual(code, 2)
      assert.isNotEmpty(err)
      assert.isEmpty(backtests)
    }))

  it.effect("a period without bars and a place that cannot be written end with 1, a place that is taken with 4", () =>
    Effect.gen(function*() {
      const faults = [
        new PeriodEmpty({ market: "a.csv", words: "none" }),
        new OutputUnwritable({ path: "out", words: "the disk is full" }),
        new OutputTaken({ path: "out", words: "is a file" })
      ]
      const codes = yield* Effect.forEach(
        faults,
        (fault) => Effect.map(run(["backtest"], { backtest: () => Effect.fail(fault) }), ({ code }) => code)
      )
      assert.deepStrictEqual(codes, [1, 1, 4])
    }))
})

describe("daruma features", () => {
  it.effect("hands every flag over, and reads no settings", () =>
    Effect.gen(function*() {
      const line =
        "features --data a.csv --spec stationary --indicators sma(20),macd(12,26,9) --timeframe 1h --out f.csv "
        + "--force --no-cache --home h --json --quiet --no-color"
      const { code, features, requests } = yield* run(line.split(" "))
      assert.strictEqual(code, 0)
      assert.isEmpty(requests)
      assert.deepStrictEqual(features, [{
        json: true,
        quiet: true,
        color: false,
        data: "a.csv",
        spec: "stationary",
        indicators: "sma(20),macd(12,26,9)",
        timeframeMillis: 3_600_000,
        out: "f.csv",
        home: "h",
        force: true,
        cache: false
      }])
      const bare = yield* run(["features", "--data", "a.csv", "--out", "f.csv"])
      assert.deepStrictEqual(bare.features[0], {
        json: false,
        quiet: false,
        color: true,
        data: "a.csv",
        spec: "phase19",
        indicators: null,
        timeframeMillis: null,
        out: "f.csv",
        home: "./.daruma",
        force: false,
        cache: true
      })
    }))

  const usage: ReadonlyArray<string> = [
    "features --out f.csv",
    "features --data a.csv",
    "features --data a.csv --out f.csv.gz",
    "features --data a.csv --out F.CSV.GZ",
    "features --data a.csv --out f.csv --spec other",
    "features --data a.csv --out f.csv --timeframe 7m"
  ]
  it.effect.each(usage)("%s is a usage error: exit 2, and nothing runs", (line) =>
    Effect.gen(function*() {
      const { code, features } = yield* run(line.split(" "))
      assert.strictEqual(code, 2)
      assert.isEmpty(features)
    }))
})

describe("parseInstant", () => {
  it("reads dates and times as UTC, wherever the machine stands", () => {
    assert.strictEqual(parseInstant("2024-03-01"), 1_709_251_200_000)
    assert.strictEqual(parseInstant(" 2024-03-01T00:00Z "), 1_709_251_200_000)
    assert.strictEqual(parseInstant("2024-03-01 00:01:02"), 1_709_251_262_000)
    assert.strictEqual(parseInstant("2024-02-29T23:59:59Z"), 1_709_251_199_000)
  })

  it("refuses what is no day of the calendar or no time of a day", () => {
    const wrong = [
      "",
      "2024",
      "2023-02-29",
      "2024-13-01",
      "2024-00-10",
      "2024-03-01T25:00",
      "2024-03-01T12:60"
    ]
    for (const text of [...wrong, "2024-03-01T12", "2024-03-01T12:00:60", "01.03.2024", "1969-12-31"]) {
      assert.isUndefined(parseInstant(text), text)
    }
  })
})
