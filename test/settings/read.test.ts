/**
 * The reader: who wins, where a value came from, and every way of saying something wrong.
 * In: files, environment, flags. Out: assertions on values, origins and words.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { environmentName } from "../../layers/settings/environment.ts"
import { GROUPS, keyByPath, SETTING_KEYS, treeOf } from "../../layers/settings/keys.ts"
import { rowsOf } from "../../layers/settings/read.ts"
import { complaint, originOf, read } from "./reading.ts"

const FILE = "daruma.config.jsonc"

describe("readSettings: precedence", () => {
  it.effect("with nothing said, every key has its default or its profile's value, and says which", () =>
    Effect.gen(function*() {
      const loaded = yield* read()
      assert.strictEqual(loaded.settings.capital, 500_000)
      assert.strictEqual(originOf(loaded, "capital"), "default")
      assert.strictEqual(loaded.settings.vote.minimum, 0.25)
      assert.strictEqual(originOf(loaded, "vote.minimum"), "config/balanced.json:2")
      assert.strictEqual(loaded.origins.size, SETTING_KEYS.length)
      for (const key of SETTING_KEYS) assert.isDefined(loaded.origins.get(key.path)?.value, key.path)
    }))

  it.effect("a profile sets what has no default, and another profile sets it otherwise", () =>
    Effect.gen(function*() {
      const loaded = yield* read({ profile: "aggressive" })
      assert.strictEqual(loaded.settings.sizing.maxPosition, 0.05)
      assert.strictEqual(loaded.settings.strategies.atrBased.onDisagreement, "stronger")
    }))

  it.effect("the user's file wins over the profile, the environment over the file, a flag over the environment", () =>
    Effect.gen(function*() {
      const files = {
        [FILE]: "{ \"capital\": 1, \"sizing\": { \"maxPosition\": 0.01 }, // mine\n \"seed\": 1, }"
      }
      const file = yield* read({ files })
      assert.strictEqual(file.settings.sizing.maxPosition, 0.01)
      assert.strictEqual(originOf(file, "sizing.maxPosition"), `./${FILE}:1`)
      assert.strictEqual(originOf(file, "seed"), `./${FILE}:2`)
      const env = yield* read({ files, env: { DARUMA__CAPITAL: "2", DARUMA__sizing__MaxPosition: "0.02" } })
      assert.strictEqual(env.settings.capital, 2)
      assert.strictEqual(env.settings.sizing.maxPosition, 0.02)
      const flag = yield* read({ files, env: { DARUMA__CAPITAL: "2" }, flags: { capital: "3" } })
      assert.strictEqual(flag.settings.capital, 3)
      assert.strictEqual(originOf(flag, "capital"), "flag --capital")
    }))

  it.effect("every key can be set by its environment name", () =>
    Effect.gen(function*() {
      const loaded = yield* read()
      for (const key of SETTING_KEYS) {
        const value = loaded.origins.get(key.path)?.value
        const again = yield* read({
          env: { [environmentName(key.path)]: value === null ? "null" : String(value) }
        })
        assert.deepStrictEqual(again.origins.get(key.path)?.value, value, key.path)
        assert.strictEqual(originOf(again, key.path), `env ${environmentName(key.path)}`)
      }
    }))

  it.effect("the manual's names are read, and DARUMA__ names win over them with a note", () =>
    Effect.gen(function*() {
      const env = {
        EXCHANGE: "bitbank",
        LOG_LEVEL: "debug",
        PORT: "9000",
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318"
      }
      const { settings } = yield* read({ env })
      assert.strictEqual(settings.log.level, "DEBUG")
      assert.strictEqual(settings.server.port, 9_000)
      assert.strictEqual(settings.telemetry.endpoint, "http://collector:4318")
      const both = yield* read({ env: { PORT: "9000", DARUMA__SERVER__PORT: "9001" } })
      assert.strictEqual(both.settings.server.port, 9_001)
      assert.deepStrictEqual(both.notes, ["env DARUMA__SERVER__PORT overrides env PORT for server.port"])
    }))
})

describe("readSettings: what is wrong is named", () => {
  it.effect("L-15: an unknown key in a file is an error at any depth, with its line and the nearest key", () =>
    Effect.gen(function*() {
      const text =
        "{\n \"capitol\": 1,\n \"strategies\": { \"atrBased\": { \"stopATR2\": 1 } },\n \"maxDayLoss\": 0.1,\n \"zzz\": { \"qqq\": 1 }\n}"
      const words = yield* complaint({ files: { [FILE]: text } })
      assert.include(words, `./${FILE}:2: capitol: there is no such setting (did you mean capital?)`)
      assert.include(
        words,
        `./${FILE}:3: strategies.atrBased.stopATR2: there is no such setting (did you mean strategies.atrBased.stopAtr?)`
      )
      assert.include(
        words,
        `./${FILE}:4: maxDayLoss: there is no such setting (did you mean risk.maxDayLoss?)`
      )
      assert.include(words, `./${FILE}:5: zzz.qqq: there is no such setting`)
      assert.include(words, "4 settings are wrong")
    }))

  it.effect("L-15: an unknown environment name is an error with the nearest name, and its value is not repeated", () =>
    Effect.gen(function*() {
      const words = yield* complaint({ env: { DARUMA__RISK__MAXDAYLOS: "hunter2" } })
      assert.include(words, "env DARUMA__RISK__MAXDAYLOS")
      assert.include(words, "did you mean DARUMA__RISK__MAXDAYLOSS?")
      assert.notInclude(words, "hunter2")
    }))

  it.effect("a capital that leaves no room to grow four times is refused for its instrument, with limit and reason", () =>
    Effect.gen(function*() {
      const dollars = { instrument: "binance:BTC/USDT" }
      const words = yield* complaint({ flags: { ...dollars, capital: "22517999" } })
      assert.include(
        words,
        "flag --capital: capital = 22517999: expected at most 22,517,998 for binance:BTC/USDT"
      )
      assert.include(words, "whole units of 0.00000001 USDT")
      const file = yield* complaint({
        files: { [FILE]: "{ \"capital\": 9e7 }" },
        flags: dollars
      })
      assert.include(file, `./${FILE}:1: capital = 90000000: expected at most`)
      const most = yield* read({ flags: { ...dollars, capital: "22517998" } })
      assert.strictEqual(most.settings.capital, 22_517_998)
      const yen = yield* read({ flags: { capital: "90000000" } })
      assert.strictEqual(yen.settings.capital, 90_000_000)
    }))

  it.effect("names that are not ours are left alone", () =>
    Effect.gen(function*() {
      const loaded = yield* read({
        env: { DARUMA_HOME: "x", DARUMA_ARM: "y", PATH: "/bin", RISK__MAXDAYLOSS: "7" }
      })
      assert.deepStrictEqual(loaded.notes, [])
    }))

  it.effect("a name with one underscore is a slip and is said, with the name that was meant (L-15)", () =>
    Effect.gen(function*() {
      assert.include(yield* complaint({ env: { DARUMA_CAPITAL: "7" } }), "did you mean DARUMA__CAPITAL?")
    }))

  it.effect("a value out of range says key, value, expectation and origin, wherever it was stated", () =>
    Effect.gen(function*() {
      const file = yield* complaint({
        files: { "mine.json": "{\n\"vote\": { \"minimum\": 3, \"quorum\": 2.5 } }" },
        config: "mine.json"
      })
      assert.include(file, "mine.json:2: vote.minimum = 3: expected a number from 0 to 1")
      assert.include(file, "mine.json:2: vote.quorum = 2.5: expected a whole number from 1 to 4")
      assert.include(
        yield* complaint({ env: { PORT: "70000" } }),
        "env PORT: server.port = 70000: expected a whole number from 0 to 65535"
      )
      assert.include(
        yield* complaint({ env: { DARUMA__CAPITAL: "many" } }),
        "env DARUMA__CAPITAL: capital = \"many\": expected a number from 1"
      )
      assert.include(
        yield* complaint({ flags: { account: "cash" } }),
        "flag --account: account = \"cash\": expected one of spot, margin"
      )
      assert.include(
        yield* complaint({ flags: { fees: "0.1" } }),
        "flag --fees: fees = \"0.1\": expected maker,taker"
      )
      assert.include(
        yield* complaint({ flags: { fees: "0,50%" } }),
        "flag --fees: fees.taker = 0.5: expected a number from 0 to 0.05, or null"
      )
    }))

  it.effect("a wrong type in a file is never coerced", () =>
    Effect.gen(function*() {
      const words = yield* complaint({
        files: {
          [FILE]: "{ \"capital\": \"5\", \"risk\": 1, \"seed\": [1], \"log\": { \"level\": { \"x\": 1 } } }"
        }
      })
      assert.include(words, "capital = \"5\": expected a number")
      assert.include(words, "risk = 1: expected a group of settings in braces")
      assert.include(words, "seed = [1]: expected a whole number")
      assert.include(words, "log.level: expected one of DEBUG, INFO, WARNING, ERROR, not a group")
    }))

  it.effect("a named file that is absent, a damaged file and an unknown profile are errors, not empty settings", () =>
    Effect.gen(function*() {
      assert.include(yield* complaint({ config: "none.jsonc" }), "none.jsonc: there is no such file")
      assert.include(
        yield* complaint({ files: { [FILE]: "{ \"capital\": 1\n \"seed\": 2 }" } }),
        `./${FILE}:2:2: a comma or the closing brace is expected`
      )
      assert.include(yield* complaint({ profile: "agressive" }), "did you mean aggressive?")
    }))

  it.effect("a name set twice in two spellings is an error", () =>
    Effect.gen(function*() {
      assert.include(
        yield* complaint({ env: { DARUMA__CAPITAL: "1", daruma__capital: "2" } }),
        "is set twice: also by DARUMA__CAPITAL"
      )
    }))

  it.effect("settings that contradict each other or name what does not exist are refused before the start", () =>
    Effect.gen(function*() {
      assert.include(
        yield* complaint({ env: { DARUMA__RISK__CONDITIONALSCORE: "0.9" } }),
        "expected at most risk.denyScore (0.8)"
      )
      assert.include(
        yield* complaint({ env: { DARUMA__RISK__MINSTOPDISTANCE: "0.1" } }),
        "expected less than risk.maxStopDistance (0.1)"
      )
      assert.include(
        yield* complaint({ env: { DARUMA__TRADINGDAYZONE: "Asia/Tokio" } }),
        "expected an IANA zone"
      )
      assert.include(
        yield* complaint({ env: { DARUMA__SYMBOL: "DOGE/JPY" } }),
        "expected one that bitbank trades here: BTC/JPY"
      )
      assert.include(
        yield* complaint({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" } }),
        "expected a URL"
      )
      assert.include(
        yield* complaint({ flags: { timeframe: "15m", higher: "5m" } }),
        "several whole bars of timeframe 15m"
      )
      const disabled = {
        DARUMA__STRATEGIES__ATRBASED__ENABLED: "false",
        DARUMA__STRATEGIES__MOCHIPOYALERT__ENABLED: "false"
      }
      assert.include(
        yield* complaint({ env: disabled }),
        "vote.quorum = 3: expected at most the number of enabled strategies (2)"
      )
    }))
})

describe("readSettings: text at the edge", () => {
  it.effect("L-40, P-7: white space and line ends around an environment value are removed, inside they are refused", () =>
    Effect.gen(function*() {
      const { settings } = yield* read({
        env: { PORT: " 9000\r\n", LOG_LEVEL: "\tERROR\n", DARUMA__SYMBOL: "BTC/JPY\n" }
      })
      assert.strictEqual(settings.server.port, 9_000)
      assert.strictEqual(settings.log.level, "ERROR")
      assert.strictEqual(settings.symbol, "BTC/JPY")
      assert.include(yield* complaint({ env: { DARUMA__SERVER__HOST: "127.0.0.1\n::1" } }), "server.host")
    }))

  it.effect("an empty variable counts as not set, and the start says so", () =>
    Effect.gen(function*() {
      const loaded = yield* read({ env: { PORT: "", MODE: " " } })
      assert.strictEqual(loaded.settings.server.port, 8_080)
      assert.deepStrictEqual(loaded.notes, [
        "env PORT is empty and counts as not set",
        "env MODE is empty and counts as not set"
      ])
    }))

  it.effect("credentials of an endpoint appear neither in a complaint nor in redacted rows", () =>
    Effect.gen(function*() {
      assert.notInclude(
        yield* complaint({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: "ftp://user:hunter2@host/x?key=hunter3" } }),
        "hunter"
      )
      const loaded = yield* read({
        env: { OTEL_EXPORTER_OTLP_ENDPOINT: "https://user:hunter2@host/x?key=hunter3" }
      })
      const rows = JSON.stringify(rowsOf(loaded, true))
      assert.notInclude(rows, "hunter")
      assert.include(rows, "https://***@host/x?***")
    }))

  it.effect("shares may be percentages, exactly", () =>
    Effect.gen(function*() {
      const { settings } = yield* read({ flags: { fees: "-0.02%,0.15%", slippage: "0.07%" } })
      assert.deepStrictEqual([settings.fees.maker, settings.fees.taker, settings.simulation.slippage], [
        -0.0002,
        0.0015,
        0.0007
      ])
    }))
})

describe("readSettings: a data file names its instrument", () => {
  it.effect("by flag, by the file beside it, or by its name, in this order", () =>
    Effect.gen(function*() {
      const named = yield* read({ flags: { data: "binance-ethusdt-15m.csv" } })
      assert.deepStrictEqual([named.settings.market, named.settings.exchange, named.settings.symbol], [
        "file",
        "binance",
        "ETH/USDT"
      ])
      const beside = { "binance-ethusdt-15m.csv.json": "{ \"instrument\": \"bitflyer:BTC/JPY\" }" }
      const sidecar = yield* read({ files: beside, flags: { data: "binance-ethusdt-15m.csv" } })
      assert.strictEqual(sidecar.settings.exchange, "bitflyer")
      const flag = yield* read({
        files: beside,
        flags: { data: "binance-ethusdt-15m.csv", instrument: "bitfinex:BTC/USD" }
      })
      assert.deepStrictEqual([flag.settings.exchange, originOf(flag, "symbol")], [
        "bitfinex",
        "flag --instrument"
      ])
    }))

  it.effect("a file that is not there is said to be absent, not to be nameless", () =>
    Effect.gen(function*() {
      assert.include(
        yield* complaint({ flags: { data: "nowhere.csv" } }),
        "nowhere.csv: there is no such file"
      )
    }))

  it.effect("and without a name it is refused, never read as yen", () =>
    Effect.gen(function*() {
      assert.include(
        yield* complaint({ files: { "candles.csv": "timestamp_ms" }, flags: { data: "candles.csv" } }),
        "candles.csv: instrument: it does not say what is traded"
      )
      assert.include(
        yield* complaint({ flags: { instrument: "bitbank:BTC/JPX" } }),
        "did you mean bitbank:BTC/JPY?"
      )
      assert.include(
        yield* complaint({ flags: { data: "binance-btcusdt-1m.csv", market: "synthetic" } }),
        "because --data names a candle file"
      )
    }))
})

describe("SETTING_KEYS", () => {
  it("every key has words, an expectation, and a default exactly when no profile has to set it", () => {
    assert.isAbove(SETTING_KEYS.length, 70)
    assert.strictEqual(keyByPath.size, SETTING_KEYS.length)
    for (const key of SETTING_KEYS) {
      assert.isNotEmpty(key.words, key.path)
      assert.isNotEmpty(key.expected, key.path)
      assert.isFalse(GROUPS.has(key.path), key.path)
    }
    const profiled = SETTING_KEYS.filter((key) => !("otherwise" in key)).map((key) => key.path)
    assert.deepStrictEqual(profiled, [
      "vote.minimum",
      "strategies.atrBased.onDisagreement",
      "strategies.mochipoyAlert.twoVotes",
      "strategies.mochipoyAlert.loneVote",
      "strategies.multiTimeframe.requireAgreement",
      "sizing.maxPosition",
      "risk.denyScore",
      "risk.conditionalScore"
    ])
  })
})

describe("treeOf", () => {
  it("leaves the statements it is made of as they were", () => {
    const group = {}
    treeOf([["strategies.atrBased", group], ["strategies.atrBased.enabled", false]])
    assert.deepStrictEqual(group, {})
  })
})
