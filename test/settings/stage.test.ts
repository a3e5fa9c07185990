/**
 * The stage, the starts that safety forbids, and the hash of what decides.
 * In: environment and flags. Out: assertions on stage, refusal, exit code and hash.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { MODES, STAGES } from "../../layers/settings/environment.ts"
import type { Environment } from "../../layers/settings/environment.ts"
import { refuseUnsafe } from "../../layers/settings/safety.ts"
import { lowestStage } from "../../layers/settings/stage.ts"
import { exitCodeOf } from "../../src/cli/exitCodes.ts"
import type { SettingFlags } from "../../src/cli/TradeOptions.ts"
import { complaint, originOf, read } from "./reading.ts"

const ORIGIN = { kind: "file", words: "file" } as const

describe("lowestStage", () => {
  it("is the lowest of all stated stages, and paper whenever MODE says so: every combination", () => {
    const stated = [null, ...STAGES]
    for (const settings of stated) {
      for (const deployMode of stated) {
        for (const flag of stated) {
          for (const mode of [null, ...MODES]) {
            const found = lowestStage({
              settings: settings === null ? null : { stage: settings, origin: ORIGIN },
              deployMode,
              flag,
              mode
            })
            const claims = [settings, deployMode, flag, mode === "paper" ? "paper" as const : null].filter((
              claim
            ) => claim !== null)
            const lowest = claims.length === 0
              ? "paper"
              : STAGES[Math.min(...claims.map((claim) => STAGES.indexOf(claim)))]
            assert.strictEqual(found.stage, lowest)
            const disagree = new Set(claims).size > 1 || (mode === "live" && lowest === "paper")
            assert.strictEqual(found.notes.length > 0, disagree, `${settings} ${deployMode} ${flag} ${mode}`)
          }
        }
      }
    }
  })

  it.effect("P-5: a disagreement between MODE, DEPLOY_MODE, flag and file is said", () =>
    Effect.gen(function*() {
      const loaded = yield* read({ env: { MODE: "live", DEPLOY_MODE: "paper" }, flags: { stage: "live" } })
      assert.strictEqual(loaded.settings.stage, "paper")
      assert.strictEqual(originOf(loaded, "stage"), "env DEPLOY_MODE")
      assert.deepStrictEqual(loaded.notes, [
        "stage paper from env DEPLOY_MODE; flag --stage says live: the lowest holds",
        "env MODE says live; the stage is paper"
      ])
    }))

  it.effect("a stage, mode or deploy mode that is none is an error", () =>
    Effect.gen(function*() {
      assert.include(
        yield* complaint({ flags: { stage: "liv" } }),
        "flag --stage: stage = \"liv\": expected one of paper"
      )
      assert.include(
        yield* complaint({ env: { MODE: "prod" } }),
        "env MODE: MODE = \"prod\": expected one of paper, live, backtest"
      )
      assert.include(
        yield* complaint({ env: { DEPLOY_MODE: "stage10" } }),
        "expected one of paper, stage-10, stage-50, live"
      )
      assert.include(
        yield* complaint({ files: { "daruma.config.jsonc": "{ \"stage\": \"full\" }" } }),
        "stage = \"full\""
      )
    }))
})

const attempt = (flags: SettingFlags, env: Environment = {}) =>
  Effect.gen(function*() {
    const loaded = yield* read({ flags, env })
    return yield* Effect.result(refuseUnsafe(loaded, flags.data ?? null, env))
  })

const refusal = (flags: SettingFlags, env?: Environment) =>
  Effect.map(
    attempt(flags, env),
    (result) =>
      result._tag === "Success" ? "started" : `${exitCodeOf(result.failure._tag)} ${result.failure.message}`
  )

describe("refuseUnsafe", () => {
  it.effect("lets paper start on the synthetic market and on a file", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* refusal({}), "started")
      assert.strictEqual(yield* refusal({ data: "binance-btcusdt-15m.csv" }, { K_SERVICE: "x" }), "started")
    }))

  it.effect("refuses every stage above paper with 4, and says where the stage came from", () =>
    Effect.gen(function*() {
      for (const stage of STAGES.filter((candidate) => candidate !== "paper")) {
        const words = yield* refusal({ stage, data: "binance-btcusdt-15m.csv" })
        assert.match(words, /^4 .*no venue adapter yet/)
        assert.include(words, "flag --stage")
        assert.match(yield* refusal({ stage }), /^4 .*synthetic market is a demo/)
      }
    }))

  it.effect("refuses the synthetic market on Cloud Run with 4", () =>
    Effect.gen(function*() {
      assert.match(yield* refusal({}, { K_SERVICE: "daruma" }), /^4 .*never runs on Cloud Run/)
    }))

  it.effect("never replaces a market that is not there: 1 with the two ways out, 2 for a file market without a file", () =>
    Effect.gen(function*() {
      assert.match(yield* refusal({ market: "bitbank" }), /^1 .*--market synthetic, or --data FILE/)
      assert.match(yield* refusal({ market: "file" }), /^2 [^]*expected --data FILE/)
    }))

  it.effect("MODE=backtest is usage: 2, with words", () =>
    Effect.gen(function*() {
      assert.match(
        yield* refusal({}, { MODE: "backtest" }),
        /^2 [^]*daruma trade runs no backtests: type daruma backtest/
      )
    }))
})

describe("decisionHash", () => {
  it.effect("changes with what decides, and not with port, log level, telemetry or where a value was stated", () =>
    Effect.gen(function*() {
      const base = yield* read()
      assert.match(base.hash, /^[0-9a-f]{64}$/)
      const silent = yield* read({
        env: {
          PORT: "1",
          LOG_LEVEL: "ERROR",
          OTEL_EXPORTER_OTLP_ENDPOINT: "http://a",
          DARUMA__CAPITAL: "500000"
        }
      })
      assert.strictEqual(silent.hash, base.hash)
      const other = yield* read({ env: { DARUMA__RISK__COOLDOWNBARS: "2" } })
      assert.notStrictEqual(other.hash, base.hash)
      assert.notStrictEqual((yield* read({ profile: "aggressive" })).hash, base.hash)
    }))
})
