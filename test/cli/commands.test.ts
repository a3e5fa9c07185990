/**
 * The command tree with everything behind it replaced: what reaches Profiles, what is printed, which code comes back.
 * In: argument lists. Out: assertions on options, output and exit codes.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { ExitCode } from "../../src/cli/exitCodes.ts"
import { exitCodeOf } from "../../src/cli/exitCodes.ts"
import type { Finding } from "../../src/cli/Finding.ts"
import type { JournalCheck } from "../../src/cli/Profiles.ts"
import { parseDuration, parseSpeed } from "../../src/cli/trade.ts"
import { SettingsInvalid, StartRefused } from "../../src/errors/SettingsError.ts"
import { read } from "../settings/reading.ts"
import { run } from "./stage.ts"

describe("runCli: exit codes (decisions 41)", () => {
  const usage: ReadonlyArray<ReadonlyArray<string>> = [
    ["trad"],
    ["trade", "--nonsense"],
    ["trade", "surplus"],
    ["trade", "--speed", "fast"],
    ["trade", "--speed", "0"],
    ["trade", "--for", "soon"],
    ["trade", "--stage"],
    ["journal", "tail", "--rows", "0"],
    ["config", "shw"]
  ]
  it.effect.each(usage)("a usage error ends with 2, not with 1: %j", (args) =>
    Effect.gen(function*() {
      const { code, err, trades } = yield* run(args)
      assert.strictEqual(code, 2)
      assert.isNotEmpty(err)
      assert.isEmpty(trades)
    }))

  const asking: ReadonlyArray<ReadonlyArray<string>> = [["--help"], ["trade", "--help"], [], ["config"], [
    "--version"
  ], ["--completions", "bash"]]
  it.effect.each(asking)("asking is no mistake: %j ends with 0", (args) =>
    Effect.gen(function*() {
      const { code, out } = yield* run(args)
      assert.strictEqual(code, 0)
      assert.isNotEmpty(out)
    }))

  it.effect("the code of a run is the code of the process", () =>
    Effect.gen(function*() {
      for (const code of [0, 1, 2, 3, 4] satisfies ReadonlyArray<ExitCode>) {
        assert.strictEqual((yield* run(["trade"], { trade: () => Effect.succeed(code) })).code, code)
      }
    }))

  it.effect("a fault ends with its own code and says words, severity and runbook, in text and in JSON", () =>
    Effect.gen(function*() {
      const refused = { trade: () => Effect.fail(new StartRefused({ rule: "stageAbovePaper", words: "no" })) }
      const text = yield* run(["trade"], refused)
      assert.strictEqual(text.code, 4)
      assert.deepStrictEqual(text.err, [
        "refused: no\n(StartRefused, High; runbook observability/runbooks/start-refused.md)"
      ])
      const json = yield* run(["trade", "--json"], refused)
      assert.deepStrictEqual(JSON.parse(json.err.join("")), {
        error: "StartRefused",
        severity: "High",
        runbook: "start-refused",
        words: "refused: no"
      })
      const wrong = yield* run(["config", "show"], {
        settings: () => Effect.fail(new SettingsInvalid({ problems: [] }))
      })
      assert.strictEqual(wrong.code, 2)
    }))

  it.effect("a defect ends with 1 and shows itself", () =>
    Effect.gen(function*() {
      const { code, err } = yield* run(["trade"], { trade: () => Effect.die(new Error("broken promise")) })
      assert.strictEqual(code, 1)
      assert.include(err.join("\n"), "broken promise")
    }))

  it.effect("a run that was interrupted and has drained ends with 0", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* run(["trade"], { trade: () => Effect.interrupt })).code, 0)
    }))

  it("faults of no table end with 1", () => {
    assert.strictEqual(exitCodeOf("JournalCorrupt"), 1)
    assert.strictEqual(exitCodeOf("LeaseHeld"), 4)
  })
})

describe("daruma trade", () => {
  it.effect("hands every flag over, and leaves out what was not given", () =>
    Effect.gen(function*() {
      const line =
        "trade --stage paper --market synthetic --instrument bitbank:BTC/JPY --timeframe 15m --higher 4h --profile aggressive "
        + "--config c.jsonc --account margin --capital 1000 --fees 0%,0.1% --slippage 0.1% --seed 7 --port 0 "
        + "--speed max --for 1m30s --home h --journal j.sqlite --fresh --json --quiet --no-color"
      const { requests, trades } = yield* run(line.split(" "))
      assert.deepStrictEqual(requests, [{
        profile: "aggressive",
        config: "c.jsonc",
        flags: {
          stage: "paper",
          market: "synthetic",
          instrument: "bitbank:BTC/JPY",
          timeframe: "15m",
          higher: "4h",
          account: "margin",
          capital: "1000",
          fees: "0%,0.1%",
          slippage: "0.1%",
          seed: "7",
          port: "0"
        }
      }])
      assert.deepStrictEqual(trades, [{
        json: true,
        quiet: true,
        color: false,
        data: null,
        speed: { _tag: "Max" },
        forMillis: 90_000,
        home: "h",
        journal: "j.sqlite",
        fresh: true
      }])
      const bare = yield* run(["trade", "--data", "x.csv"])
      assert.deepStrictEqual(bare.requests[0], {
        profile: "balanced",
        config: null,
        flags: { data: "x.csv" }
      })
      assert.deepStrictEqual(bare.trades[0], {
        json: false,
        quiet: false,
        color: true,
        data: "x.csv",
        speed: { _tag: "PerSecond", candles: 20 },
        forMillis: null,
        home: "./.daruma",
        journal: null,
        fresh: false
      })
    }))

  it("reads speeds and durations, and refuses what is none", () => {
    assert.deepStrictEqual(parseSpeed("real"), { _tag: "Real" })
    assert.deepStrictEqual(parseSpeed("0.5"), { _tag: "PerSecond", candles: 0.5 })
    for (const text of ["", "-1", "0", "1e3", "2000000", "Max"]) assert.isUndefined(parseSpeed(text), text)
    for (
      const [text, millis] of [["90", 90_000], ["1.5s", 1_500], ["500ms", 500], ["2h30m", 9_000_000], [
        "1d",
        86_400_000
      ]] as const
    ) {
      assert.strictEqual(parseDuration(text), millis)
    }
    for (const text of ["", "0", "0s", "5 m", "m", "1w", "-5s", "400d"]) {
      assert.isUndefined(parseDuration(text), text)
    }
  })
})

describe("daruma config show", () => {
  it.effect("--effective --json prints every key with value, origin, unit and meaning", () =>
    Effect.gen(function*() {
      const { out } = yield* run(["config", "show", "--effective", "--json"])
      const printed = JSON.parse(out.join("")) as {
        readonly settings: ReadonlyArray<Record<string, unknown>>
      }
      assert.deepStrictEqual(printed.settings.find((row) => row["key"] === "sizing.maxPosition"), {
        key: "sizing.maxPosition",
        value: 0.03,
        origin: "config/balanced.json:9",
        kind: "profile",
        unit: "share of equity",
        meaning: "cap of one position, in-flight orders included"
      })
      assert.strictEqual(printed.settings.length, (yield* Effect.orDie(read())).origins.size)
    }))

  it.effect("without --effective it prints only what is not a default", () =>
    Effect.gen(function*() {
      const { out } = yield* run(["config", "show"])
      assert.include(out.join("\n"), "vote.minimum")
      assert.notInclude(out.join("\n"), "capital ")
    }))
})

describe("daruma doctor and journal", () => {
  const finding = (state: Finding["state"]): Finding => ({
    name: "disk",
    state,
    words: `${state} words`,
    advice: state === "ok" ? "" : "free some"
  })

  it.effect("doctor ends with 0, 3 or 1 by its gravest finding, and says what to do", () =>
    Effect.gen(function*() {
      const end = (...states: ReadonlyArray<Finding["state"]>) =>
        run(["doctor"], { doctor: () => Effect.succeed(states.map(finding)) })
      assert.strictEqual((yield* end("ok", "ok")).code, 0)
      assert.strictEqual((yield* end("ok", "warn")).code, 3)
      const failed = yield* end("warn", "fail", "ok")
      assert.strictEqual(failed.code, 1)
      assert.include(failed.out.join("\n"), "fail  disk  fail words\n            to do: free some")
      const quiet = yield* run(["doctor", "--quiet", "--json"], {
        doctor: () => Effect.succeed([finding("ok"), finding("warn")])
      })
      assert.deepStrictEqual(JSON.parse(quiet.out.join("")), { exit: 3, findings: [finding("warn")] })
    }))

  it.effect("journal verify ends with 1 when a chain is broken", () =>
    Effect.gen(function*() {
      const broken = (path: string): Effect.Effect<JournalCheck> =>
        Effect.succeed({ path, rows: 1, brokenAt: 2, words: "row 2: another hash" })
      assert.strictEqual((yield* run(["journal", "verify"])).code, 0)
      const found = yield* run(["journal", "verify"], { verifyJournal: broken })
      assert.strictEqual(found.code, 1)
      assert.deepStrictEqual(found.out, ["BROKEN  a/journal.sqlite: row 2: another hash"])
    }))

  it.effect("journal tail asks for as many rows as wanted", () =>
    Effect.gen(function*() {
      const asked: Array<number> = []
      const tailJournal = (_: string, count: number) => Effect.sync(() => (asked.push(count), []))
      yield* run(["journal", "tail", "--rows", "7"], { tailJournal })
      yield* run(["journal", "tail"], { tailJournal })
      assert.deepStrictEqual(asked, [7, 20])
    }))
})
