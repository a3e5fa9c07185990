/**
 * A run of `daruma backtest` from settings to folder, on the synthetic market.
 * In: scratch folders, disks that fail. Out: assertions on files, words, refusals and on what is left.
 */
import { NodeFileSystem } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { runBacktest } from "../../../layers/backtest/backtestRun.ts"
import { SCHEMA_VERSION } from "../../../layers/backtest/target.ts"
import { DECISION_REASONS } from "../../../src/domain/decisionReasons.ts"
import { scratch } from "../../kit/scratch.ts"
import { read } from "../../settings/reading.ts"
import { diskFaults } from "./diskFaults.ts"
import type { Step } from "./diskFaults.ts"
import { backtestIn, csvOf, everythingUnder, filesUnder, OPTIONS } from "./stage.ts"

const NAMES = ["decisions.jsonl", "equity.csv", "orders.csv", "report.html", "result.json", "trades.csv"]

interface Result {
  readonly schemaVersion: number
  readonly demo: boolean
  readonly fingerprint: string
  readonly inputsHash: string
  readonly notices: ReadonlyArray<string>
  readonly files: ReadonlyArray<{ readonly name: string; readonly bytes: number; readonly sha256: string }>
  readonly ledger: { readonly tradeCount: number; readonly equity: number; readonly fees: number }
  readonly funnels: ReadonlyArray<
    { readonly decisions: number; readonly outcomes: Readonly<Record<string, number>> }
  >
}

const resultIn = (folder: string): Result =>
  JSON.parse(readFileSync(join(folder, "result.json"), "utf8")) as Result

/** Rows of a csv without quotes inside, as objects. */
const rowsOf = (path: string): ReadonlyArray<Readonly<Record<string, string>>> => {
  const [header = "", ...lines] = readFileSync(path, "utf8").trimEnd().split("\n")
  const names = header.split(",")
  return lines.map((line) => {
    const cells = line.split(",")
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""]))
  })
}

describe("runBacktest: what lies in the folder", () => {
  it.effect("six files, each in result.json with its size and hash, and nothing else anywhere", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const { code, err, out } = yield* backtestIn({ cwd, options: { out: "results" } })
      assert.strictEqual(code, 0)
      assert.strictEqual(err, "")
      assert.deepStrictEqual([...filesUnder(cwd).keys()], NAMES.map((name) => `results/${name}`))
      const result = resultIn(join(cwd, "results"))
      assert.strictEqual(result.schemaVersion, SCHEMA_VERSION)
      assert.deepStrictEqual(
        result.files.map(({ name, sha256 }) => [name, sha256]),
        NAMES.filter((name) => name !== "result.json").map((name) => [
          name,
          filesUnder(cwd).get(`results/${name}`)
        ])
      )
      assert.include(out, `fingerprint ${result.fingerprint}`)
      assert.match(out, /^results$/m)
    }))

  it.effect("the demo market says what it is: on screen, in result.json, on the page and in every decision", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const { out } = yield* backtestIn({ cwd, options: { out: "r" } })
      const result = resultIn(join(cwd, "r"))
      assert.isTrue(result.demo)
      assert.match(result.notices[0] ?? "", /^DEMO MARKET: .* seed 42/)
      assert.match(out, /^DEMO MARKET {2}Backtest of BTC\/JPY on bitbank, 15m\n/)
      assert.include(readFileSync(join(cwd, "r/report.html"), "utf8"), "DEMO MARKET")
      for (const line of readFileSync(join(cwd, "r/decisions.jsonl"), "utf8").trimEnd().split("\n")) {
        assert.match((JSON.parse(line) as { readonly id: string }).id, /^demo-spot\//)
      }
    }))

  it.effect("decisions.jsonl has one line a decision that is no plain hold, or all of them; the rest is the same", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      yield* backtestIn({ cwd, options: { out: "acted" } })
      yield* backtestIn({ cwd, options: { out: "all", decisions: "all" } })
      const lines = (folder: string) =>
        readFileSync(join(cwd, folder, "decisions.jsonl"), "utf8").trimEnd().split("\n")
          .map((line) => (JSON.parse(line) as { readonly reason: keyof typeof DECISION_REASONS }).reason)
      assert.strictEqual(lines("all").length, 3_000)
      assert.deepStrictEqual(
        lines("acted"),
        lines("all").filter((reason) => DECISION_REASONS[reason].kind !== "hold")
      )
      assert.notInclude(lines("acted"), "nothingToClose")
      const { outcomes } = resultIn(join(cwd, "all")).funnels[0] ?? { outcomes: {} }
      for (const [reason, count] of Object.entries(outcomes)) {
        assert.strictEqual(lines("all").filter((said) => said === reason).length, count, reason)
      }
      for (const name of ["trades.csv", "orders.csv", "equity.csv"]) {
        assert.deepStrictEqual(
          readFileSync(join(cwd, "acted", name)),
          readFileSync(join(cwd, "all", name)),
          name
        )
      }
      assert.strictEqual(
        resultIn(join(cwd, "acted")).fingerprint,
        resultIn(join(cwd, "all")).fingerprint
      )
    }))

  it.effect("trades, orders and equity agree with one another and with the sums, without float dust", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      yield* backtestIn({ cwd, options: { out: "r" } })
      const { ledger } = resultIn(join(cwd, "r"))
      const trades = rowsOf(join(cwd, "r/trades.csv"))
      const orders = rowsOf(join(cwd, "r/orders.csv"))
      const equity = rowsOf(join(cwd, "r/equity.csv"))
      assert.strictEqual(trades.length, ledger.tradeCount)
      assert.isAbove(trades.length, 20)
      const sum = (rows: typeof trades, name: string) =>
        rows.reduce((total, row) => total + Math.round(Number(row[name]) * 10_000), 0) / 10_000
      assert.strictEqual(sum(orders, "fee"), ledger.fees)
      const last = equity.at(-1)
      assert.strictEqual(Number(last?.["equity"]), ledger.equity)
      assert.strictEqual(last?.["kind"], "day")
      for (const row of trades) {
        const [cost, fees, interest, pnl, proceeds] = ["cost", "fees", "interest", "pnl", "proceeds"]
          .map((name) => Math.round(Number(row[name]) * 10_000)) as [number, number, number, number, number]
        assert.strictEqual(pnl, proceeds - cost - fees - interest, row["id"])
        assert.strictEqual(Date.parse(row["entry_time"] ?? ""), Number(row["entry_ms"]))
        assert.isTrue(orders.some((order) => row["id"]?.startsWith(order["decision_id"] ?? "-")))
      }
      const money = [...trades, ...equity].flatMap((row) =>
        ["pnl", "fees", "cash", "equity"].flatMap((name) => row[name] ?? [])
      )
      assert.isEmpty(money.filter((text) => !/^-?\d+(\.\d{1,4})?$/.test(text)))
      const statuses = new Set(orders.map((order) => order["status"]))
      assert.isEmpty([...statuses].filter((status) => !["Filled", "Canceled", "New"].includes(status ?? "")))
      const fills = equity.filter(({ kind }) => kind === "fill").length
      assert.isAtLeast(fills, 2 * trades.length)
    }))

  it.effect("without a report there are five files; trials and profile stand in the result", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      yield* backtestIn({ cwd, options: { out: "r", report: false, trials: 40 } })
      assert.deepStrictEqual(
        [...filesUnder(join(cwd, "r")).keys()],
        NAMES.filter((name) => name !== "report.html")
      )
      const result = resultIn(join(cwd, "r")) as unknown as Record<string, Record<string, unknown>>
      assert.strictEqual(result["ledger"]?.["trials"], 40)
      assert.strictEqual(result["settings"]?.["profile"], "balanced")
      assert.doesNotHaveAnyKeys(result["settings"]?.["values"], ["log", "server", "telemetry"])
    }))
})

describe("runBacktest: the same run", () => {
  it.effect("gives the same bytes twice, in another folder, from another place", () =>
    Effect.gen(function*() {
      const one = scratch({})
      const other = scratch({})
      yield* backtestIn({ cwd: one, options: { out: "r" } })
      yield* backtestIn({ cwd: other, options: { out: "deep/er", home: "elsewhere" } })
      assert.deepStrictEqual(filesUnder(join(one, "r")), filesUnder(join(other, "deep/er")))
    }))

  it.effect("is kept under the home by its name and fingerprint, and named by the pointer", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const { out } = yield* backtestIn({ cwd })
      const name = /home\/backtests\/(\S+)/.exec(out)?.[1] ?? ""
      const { fingerprint } = resultIn(join(cwd, "home/backtests", name))
      assert.strictEqual(name, `demo-bitbank-btcjpy-15m-${fingerprint.slice(0, 8)}`)
      const before = filesUnder(cwd)
      assert.deepStrictEqual(
        JSON.parse(readFileSync(join(cwd, "home/backtests/.last_result.json"), "utf8")),
        { latest_backtest: name }
      )
      yield* backtestIn({ cwd })
      assert.deepStrictEqual(filesUnder(cwd), before, "the same run replaces itself")
      yield* backtestIn({ cwd, flags: { seed: "43" } })
      assert.strictEqual(
        everythingUnder(join(cwd, "home/backtests")).filter((path) => !path.includes("/")).length,
        3
      )
    }))

  it.effect("another run in its place is refused unless forced, and foreign files always", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const options = { out: "r" }
      yield* backtestIn({ cwd, options })
      const before = filesUnder(cwd)
      yield* backtestIn({ cwd, options })
      const refused = yield* Effect.flip(backtestIn({ cwd, options, flags: { capital: "400000" } }))
      assert.strictEqual(refused._tag, "OutputTaken")
      assert.deepStrictEqual(filesUnder(cwd), before)
      yield* backtestIn({ cwd, options: { ...options, force: true }, flags: { capital: "400000" } })
      assert.notStrictEqual(filesUnder(cwd).get("r/result.json"), before.get("r/result.json"))
      const foreign = scratch({ "r/notes.txt": "mine" })
      const taken = yield* Effect.flip(backtestIn({ cwd: foreign, options: { ...options, force: true } }))
      assert.strictEqual(taken._tag, "OutputTaken")
      assert.deepStrictEqual(everythingUnder(foreign), ["r", "r/notes.txt"])
    }))
})

describe("runBacktest: files", () => {
  it.effect("each file trades what --instrument says, in order, with the settings' fees", () =>
    Effect.gen(function*() {
      const cwd = scratch({ "a.csv": csvOf(1, 2_000), "b.csv": csvOf(2, 2_000) })
      const instruments = ["bitflyer:BTC/JPY", "bitbank:BTC/JPY"]
      const { out } = yield* backtestIn({
        cwd,
        options: { data: ["a.csv", "b.csv"], instruments, bars: null, json: true, report: false },
        flags: { data: "a.csv", instrument: "bitflyer:BTC/JPY", fees: "0.01%,0.02%" }
      })
      const { datasets } = JSON.parse(out) as {
        readonly datasets: ReadonlyArray<Readonly<Record<string, unknown>>>
      }
      assert.deepStrictEqual(
        datasets.map((one) => [one["name"], one["instrument"], one["makerFeePpm"], one["takerFeePpm"]]),
        [["a.csv", "bitflyer:BTC/JPY", 100, 200], ["b.csv", "bitbank:BTC/JPY", 100, 200]]
      )
    }))

  it.effect("markets that cannot share an account are refused, and nothing is left", () =>
    Effect.gen(function*() {
      const cwd = scratch({ "a.csv": csvOf(1, 100), "b.csv": csvOf(2, 100) })
      const instruments = ["binance:BTC/USDT", "bitbank:BTC/JPY"]
      const fault = yield* Effect.flip(backtestIn({
        cwd,
        options: { data: ["a.csv", "b.csv"], instruments, bars: null, cache: false },
        flags: { data: "a.csv", instrument: "binance:BTC/USDT" }
      }))
      assert.strictEqual(fault._tag, "PortfolioUnfit")
      assert.include(fault.message, "USDT and JPY")
      assert.deepStrictEqual(everythingUnder(cwd), ["a.csv", "b.csv"])
    }))

  it.effect("where the data do not reach the period, stderr says so and the result is the same", () =>
    Effect.gen(function*() {
      const cwd = scratch({ "bitbank-btcjpy-15m.csv": csvOf(1, 2_000) })
      const options = { data: ["bitbank-btcjpy-15m.csv"], bars: null, cache: false }
      const flags = { data: "bitbank-btcjpy-15m.csv" }
      const whole = yield* backtestIn({ cwd, options: { ...options, out: "a" }, flags })
      const asked = yield* backtestIn({ cwd, options: { ...options, out: "b", from: 0 }, flags })
      assert.strictEqual(whole.err, "")
      assert.match(asked.err, /the first bar from --from on opens at/)
      assert.deepStrictEqual(filesUnder(join(cwd, "a")), filesUnder(join(cwd, "b")))
    }))
})

describe("runBacktest: on the terminal", () => {
  it.effect("--json prints exactly one object: what result.json holds", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const { err, out } = yield* backtestIn({ cwd, options: { out: "r", json: true } })
      assert.strictEqual(err, "")
      assert.strictEqual(out.trimEnd().split("\n").length, 1)
      assert.deepStrictEqual(JSON.parse(out), resultIn(join(cwd, "r")))
    }))

  it.effect("--quiet keeps the notices, a few figures, the doubts by number, fingerprint and folder", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const { out } = yield* backtestIn({ cwd, options: { out: "r", quiet: true } })
      assert.match(out, /^DEMO MARKET\n! DEMO MARKET/)
      const lines = out.trimEnd().split("\n")
      const figures = lines.filter((line) => !/^(!| {2}\S|DEMO)/.test(line))
      assert.strictEqual(figures.length, 8, out)
      assert.match(figures[1] ?? "", /^Net profit +-?[\d,.]+ JPY {2}\(buy and hold -?[\d,.]+ JPY\)$/)
      assert.match(figures[2] ?? "", /^Max drawdown +[\d.]+ % {2}\(buy and hold [\d.]+ %\)$/)
      assert.match(figures[3] ?? "", /^Sharpe ratio +\S+/)
      assert.match(figures[4] ?? "", /^Closed trades +\d+$/)
      assert.match(figures[5] ?? "", /^Read with care +\d+ points?, in result\.json and report\.html$/)
      const kept = JSON.parse(readFileSync(join(cwd, "r/result.json"), "utf8")) as { fingerprint: string }
      assert.strictEqual(figures[6], `fingerprint ${kept.fingerprint}`)
      assert.strictEqual(figures[7], "r")
    }))

  it.effect("one bar is a bar", () =>
    Effect.gen(function*() {
      const { out } = yield* backtestIn({ cwd: scratch({}), options: { bars: 1 } })
      assert.match(out, /, 1 bar\n/)
    }))

  it.effect("an account that outgrows exact counting ends in a fault of its own, and nothing is written", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const loaded = yield* read({})
      const beyond = { ...loaded, settings: { ...loaded.settings, capital: 9.1e11 } }
      const near = {
        ...loaded,
        settings: { ...loaded.settings, account: "margin" as const, capital: 9.007e11 }
      }
      for (const settings of [beyond, near]) {
        const terminal = { env: {}, cwd, stdout: { write: () => {} }, stderr: { write: () => {} } }
        const fault = yield* Effect.flip(
          Effect.provide(runBacktest({ ...OPTIONS, bars: 20_000 }, settings, terminal), NodeFileSystem.layer)
        )
        assert.strictEqual(fault._tag, "AccountOutgrown", fault.message)
        assert.include(fault.message, "0.0001 JPY")
        assert.deepStrictEqual(everythingUnder(cwd), [])
      }
    }))

  it.effect("a full disk names the place asked for, and the file that did not fit", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const disk = diskFaults((step, path) =>
        step === "write" && path.includes("trades.csv") ? "ENOSPC" : null
      )
      const fault = yield* Effect.flip(backtestIn({ cwd, disk, options: { bars: 100, out: "r" } }))
      assert.strictEqual(
        fault.message,
        `${join(cwd, "r")}: the disk is full (at trades.csv); nothing was kept`
      )
    }))

  it.effect("a capital that is too small for the smallest order is said", () =>
    Effect.gen(function*() {
      const { out } = yield* backtestIn({ cwd: scratch({}), flags: { capital: "1000" } })
      assert.match(
        out.replace(/\n {2}/g, " "),
        /! The capital is too small for bitbank:BTC\/JPY: .* needs \d\d,\d{3} JPY/
      )
    }))
})

describe("runBacktest: refusals leave nothing", () => {
  const refused: ReadonlyArray<
    readonly [string, Parameters<typeof backtestIn>[0]["options"], Record<string, string>, string]
  > = [
    ["--from after --to", { from: 2_000_000_000_000, to: 1_000_000_000_000 }, {}, "SettingsInvalid"],
    ["--from at --to", { from: 1_800_000_000_000, to: 1_800_000_000_000 }, {}, "SettingsInvalid"],
    ["a period outside the market", { to: 1_000_000_000_000 }, {}, "PeriodEmpty"],
    ["--bars beside --data", { data: ["x.csv"], bars: 10 }, {}, "SettingsInvalid"],
    [
      "two instruments for one file",
      { data: ["x.csv"], bars: null, instruments: ["a", "b"] },
      {},
      "SettingsInvalid"
    ],
    [
      "one instrument for two files",
      { data: ["x", "y"], bars: null, instruments: ["a"] },
      {},
      "SettingsInvalid"
    ],
    ["a file that is not there", { data: ["x.csv"], bars: null }, {}, "DatasetUnreadable"],
    ["a live market", {}, { market: "bitbank" }, "MarketUnavailable"],
    ["a file market without a file", {}, { market: "file" }, "SettingsInvalid"],
    ["a second frame that the bars do not fill", {}, { higher: "5m" }, "SettingsInvalid"],
    ["a place inside a file", { out: "file/r" }, {}, "OutputUnwritable"],
    ["a place that is a file", { out: "file" }, {}, "OutputTaken"]
  ]
  it.effect.each(refused)("%s", ([, options, flags, tag]) =>
    Effect.gen(function*() {
      const cwd = scratch({ file: "" })
      const fault = yield* Effect.flip(backtestIn({ cwd, options: options ?? {}, flags }))
      assert.strictEqual(fault._tag, tag, fault.message)
      assert.deepStrictEqual(everythingUnder(cwd), ["file"])
    }))

  it.effect("the demo market does not run on Cloud Run", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const fault = yield* Effect.flip(backtestIn({ cwd, env: { K_SERVICE: "s" } }))
      assert.strictEqual(fault._tag, "StartRefused")
      assert.deepStrictEqual(everythingUnder(cwd), [])
    }))

  const faults: ReadonlyArray<readonly [Step, string]> = [
    ...NAMES.flatMap((name) => (["open", "write", "sync"] as const).map((step) => [step, name] as const)),
    ["makeDirectory", "home"],
    ["makeDirectory", "backtests"],
    ["rename", "demo-bitbank"]
  ]
  it.effect.each(faults)("a disk that fails at %s of %s", ([step, part]) =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const disk = diskFaults((at, path) => at === step && path.includes(part) ? "ENOSPC" : null)
      const fault = yield* Effect.flip(backtestIn({ cwd, disk, options: { bars: 1_000 } }))
      assert.strictEqual(fault._tag, "OutputUnwritable")
      assert.include(fault.message, "the disk is full")
      assert.deepStrictEqual(everythingUnder(cwd), [])
    }))

  it.effect("another run in the place is refused before anything is computed or written", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      yield* backtestIn({ cwd, options: { out: "r", bars: 1_000 } })
      const disk = diskFaults((step) => step === "makeDirectory" ? "EIO" : null)
      const fault = yield* Effect.flip(
        backtestIn({ cwd, disk, options: { out: "r", bars: 1_000 }, flags: { capital: "400000" } })
      )
      assert.strictEqual(fault._tag, "OutputTaken")
    }))

  it.effect("Ctrl-C is heard between slices even when no line is written", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const err: Array<string> = []
      // A score that is never reached: every decision is a plain hold.
      const quiet = { DARUMA__VOTE__MINIMUM: "1" }
      const running = yield* Effect.forkChild(
        backtestIn({ cwd, err, variables: quiet, options: { bars: 200_000, progress: "json" } }),
        { startImmediately: true }
      )
      while (err.length === 0) yield* Effect.yieldNow
      yield* Fiber.interrupt(running)
      assert.include(err.join(""), "stopped; nothing was written")
      assert.notInclude(err.join(""), "\"done\":200000")
      assert.deepStrictEqual(everythingUnder(cwd), [])
    }))

  it.effect("an interrupt in the middle, and it says so", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const err: Array<string> = []
      const running = yield* Effect.forkChild(
        backtestIn({ cwd, err, options: { bars: 200_000, decisions: "all" } }),
        { startImmediately: true }
      )
      while (!everythingUnder(cwd).some((path) => path.endsWith("decisions.jsonl"))) yield* Effect.yieldNow
      yield* Fiber.interrupt(running)
      assert.deepStrictEqual(everythingUnder(cwd), [])
      assert.deepStrictEqual(err, ["stopped; nothing was written\n"])
    }))

  it.effect("a pointer that cannot be written is said, and the results stand", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const disk = diskFaults((step, path) =>
        step === "rename" && path.includes(".last_result") ? "EACCES" : null
      )
      const { code, err } = yield* backtestIn({ cwd, disk })
      assert.strictEqual(code, 0)
      assert.match(err, /\.last_result\.json: this user may not write here; it was left as it was/)
      assert.strictEqual(filesUnder(cwd).size, NAMES.length)
    }))
})
