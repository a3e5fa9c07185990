/**
 * A run of `daruma features` from options to csv.
 * In: made bars as a file; golden/features-trading-signals-btc15m-2024.csv. Out: assertions on the file that was written.
 */
import { NodeFileSystem } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { FileSystem, Layer } from "effect"
import { readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { runFeatures } from "../../../layers/backtest/featuresRun.ts"
import type { FeaturesOptions } from "../../../src/cli/BacktestOptions.ts"
import { SPECS } from "../../../src/engine/features/registry.ts"
import { makeMarketState, observe } from "../../../src/engine/observe.ts"
import { referencePath } from "../../kit/reference.ts"
import { scratch } from "../../kit/scratch.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../../kit/syntheticBars.ts"
import { diskFaults } from "./diskFaults.ts"
import { everythingUnder } from "./stage.ts"

const OPTIONS: FeaturesOptions = {
  json: false,
  quiet: false,
  color: false,
  data: "m.csv",
  spec: "phase19",
  indicators: null,
  timeframeMillis: null,
  out: "f.csv",
  home: "home",
  force: false,
  cache: false
}

const bars = syntheticBars(7, 400)
const candles = [
  "timestamp_ms,open,high,low,close,volume",
  ...bars.map(({ openTime, text }) => `${openTime},${text}`),
  ""
].join("\n")

const featuresIn = (
  cwd: string,
  options: Partial<FeaturesOptions> = {},
  disk: Layer.Layer<FileSystem.FileSystem> = NodeFileSystem.layer
) =>
  Effect.gen(function*() {
    const out: Array<string> = []
    const err: Array<string> = []
    const terminal = {
      env: {},
      cwd,
      stdout: { write: (text: string) => out.push(text) },
      stderr: { write: (text: string) => err.push(text) }
    }
    const code = yield* Effect.provide(runFeatures({ ...OPTIONS, ...options }, terminal), disk)
    return { code, out: out.join(""), err: err.join("") }
  })

/** Splits a csv line whose quoted cells hold commas. */
const cellsOf = (line: string): ReadonlyArray<string> =>
  [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? "")

const tableOf = (path: string) => {
  const [header = "", ...lines] = readFileSync(path, "utf8").trimEnd().split("\n")
  return { names: cellsOf(header), rows: lines.map(cellsOf) }
}

describe("runFeatures", () => {
  for (const spec of ["phase19", "stationary"] as const) {
    it.effect(`${spec}: a row a bar, the very bits that observe gives, empty while undefined`, () =>
      Effect.gen(function*() {
        const cwd = scratch({ "m.csv": candles })
        const { code, err, out } = yield* featuresIn(cwd, { spec })
        assert.strictEqual(code, 0)
        assert.strictEqual(err, "")
        assert.match(out, /^f\.csv: 400 rows of 13 columns, 15m bars from /)
        const { names, rows } = tableOf(join(cwd, "f.csv"))
        assert.deepStrictEqual(names, ["timestamp_ms", ...SPECS[spec].map(({ name }) => name)])
        const market = makeMarketState({
          baseMillis: FIFTEEN_MINUTES,
          higherMillis: 16 * FIFTEEN_MINUTES,
          spec
        })
        bars.forEach((bar, index) => {
          const [time, ...cells] = rows[index] ?? []
          assert.strictEqual(Number(time), bar.openTime)
          const features = Array.from(observe(market, bar).features)
          assert.deepStrictEqual(cells.map((cell) => cell === "" ? NaN : Number(cell)), features)
        })
        assert.deepStrictEqual(everythingUnder(cwd), ["f.csv", "m.csv"])
      }))
  }

  it.effect("indicators follow the features, each output under its name, quoted where it holds a comma", () =>
    Effect.gen(function*() {
      const cwd = scratch({ "m.csv": candles })
      yield* featuresIn(cwd, { indicators: "sma(3), macd(3,5,2)" })
      const { names, rows } = tableOf(join(cwd, "f.csv"))
      assert.deepStrictEqual(names.slice(13), [
        "sma(3)",
        "macd(3,5,2).macd",
        "macd(3,5,2).signal",
        "macd(3,5,2).histogram"
      ])
      assert.deepStrictEqual(rows.slice(0, 3).map((row) => row[13] === ""), [true, true, false])
      const mean = (index: number) =>
        (bars[index]!.close + bars[index - 1]!.close + bars[index - 2]!.close) / 3
      for (const index of [2, 100, 399]) {
        assert.closeTo(Number(rows[index]?.[13]), mean(index), 1e-9 * mean(index))
      }
      assert.strictEqual(rows[399]?.length, 17)
    }))

  it.effect("a longer timeframe is made of whole bars", () =>
    Effect.gen(function*() {
      const cwd = scratch({ "m.csv": candles })
      const { out } = yield* featuresIn(cwd, { timeframeMillis: 4 * FIFTEEN_MINUTES, json: true })
      const said = JSON.parse(out) as Record<string, unknown>
      assert.strictEqual(out.trimEnd().split("\n").length, 1)
      assert.strictEqual(said["rows"], tableOf(join(cwd, "f.csv")).rows.length)
      assert.isBelow(Number(said["rows"]), 101)
      assert.deepStrictEqual(said["columns"], tableOf(join(cwd, "f.csv")).names)
    }))

  it.effect("an unknown indicator is refused before anything is read, with the nearest name", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const fault = yield* Effect.flip(featuresIn(cwd, { indicators: "smaa(3)" }))
      assert.strictEqual(fault._tag, "IndicatorUnknown")
      assert.match(fault.message, /^--indicators: .*smaa.*sma/)
      assert.deepStrictEqual(everythingUnder(cwd), [])
    }))

  it.effect("a file that is there is refused unless forced, a folder always", () =>
    Effect.gen(function*() {
      const cwd = scratch({ "m.csv": candles, "f.csv": "mine", "folder/x": "" })
      assert.strictEqual((yield* Effect.flip(featuresIn(cwd)))._tag, "OutputTaken")
      assert.strictEqual(readFileSync(join(cwd, "f.csv"), "utf8"), "mine")
      yield* featuresIn(cwd, { force: true })
      assert.match(readFileSync(join(cwd, "f.csv"), "utf8"), /^timestamp_ms,close/)
      const taken = yield* Effect.flip(featuresIn(cwd, { out: "folder", force: true }))
      assert.strictEqual(taken._tag, "OutputTaken")
    }))

  it.effect.each(["m.csv", "./m.csv", "link.csv", "elsewhere/m.csv"])(
    "--out %s is the input itself and refused, also when forced",
    (out) =>
      Effect.gen(function*() {
        const cwd = scratch({ "m.csv": candles })
        symlinkSync("m.csv", join(cwd, "link.csv"))
        symlinkSync(".", join(cwd, "elsewhere"))
        for (const data of ["m.csv", "link.csv", "./elsewhere/m.csv"]) {
          const fault = yield* Effect.flip(featuresIn(cwd, { data, out, force: true }))
          assert.strictEqual(fault._tag, "OutputTaken")
          assert.include(fault.message, "is the input itself")
        }
        assert.strictEqual(readFileSync(join(cwd, "m.csv"), "utf8"), candles)
      })
  )

  it.effect("a full disk names the file that was asked for", () =>
    Effect.gen(function*() {
      const cwd = scratch({ "m.csv": candles })
      const disk = diskFaults((step) => step === "write" ? "ENOSPC" : null)
      const fault = yield* Effect.flip(featuresIn(cwd, { out: "f.csv" }, disk))
      assert.strictEqual(fault.message, `${join(cwd, "f.csv")}: the disk is full; nothing was kept`)
    }))

  it.effect.each(["open", "write", "sync", "rename"] as const)(
    "a disk that fails at %s leaves the old file and nothing else",
    (step) =>
      Effect.gen(function*() {
        const cwd = scratch({ "m.csv": candles, "f.csv": "mine" })
        const disk = diskFaults((at) => at === step ? "ENOSPC" : null)
        const fault = yield* Effect.flip(featuresIn(cwd, { force: true }, disk))
        assert.strictEqual(fault._tag, "OutputUnwritable")
        assert.deepStrictEqual(everythingUnder(cwd), ["f.csv", "m.csv"])
        assert.strictEqual(readFileSync(join(cwd, "f.csv"), "utf8"), "mine")
      })
  )

  it.effect("a spoilt file leaves nothing", () =>
    Effect.gen(function*() {
      const cwd = scratch({ "m.csv": candles.replace(/\n\d+,/, "\n12x,") })
      assert.strictEqual((yield* Effect.flip(featuresIn(cwd)))._tag, "BadRow")
      assert.deepStrictEqual(everythingUnder(cwd), ["m.csv"])
    }))
})

const golden = referencePath("golden/features-trading-signals-btc15m-2024.csv")

/** Our column of each column of the reference, with the seeding that its library chose. */
const THEIRS: Readonly<Record<string, string>> = {
  rsi14: "rsi(14)",
  macd: "macd(12,26,9,seed=first).macd",
  macd_signal: "macd(12,26,9,seed=first).signal",
  macd_hist: "macd(12,26,9,seed=first).histogram",
  atr14: "atr(14,first=range)",
  bb_lower: "bollinger(20,2).lower",
  bb_middle: "bollinger(20,2).middle",
  bb_upper: "bollinger(20,2).upper",
  ema20: "ema(20,seed=first)",
  ema50: "ema(50,seed=first)",
  volume_sma20: "sma(20,source=volume)",
  adx14: "adx(14,first=range).adx",
  plus_di14: "adx(14,first=range).plusDi",
  minus_di14: "adx(14,first=range).minusDi",
  donchian_upper20: "donchian(20).upper",
  donchian_lower20: "donchian(20).lower"
}

/** From here on both have every value. */
const ALL_DEFINED = 60

describe("runFeatures beside another library", () => {
  it.effect.skipIf(golden === undefined)(
    "on 1,500 real bars every column of the reference file is met to 1e-9 wherever both are defined",
    () =>
      Effect.gen(function*() {
        const theirs = tableOf(golden ?? "")
        const cwd = scratch({})
        const data = theirs.rows.map((row) => row.slice(0, 6).join(","))
        writeFileSync(join(cwd, "m.csv"), [theirs.names.slice(0, 6).join(","), ...data, ""].join("\n"))
        const indicators = [...new Set(Object.values(THEIRS).map((name) => name.replace(/\.\w+$/, "")))].join(
          ","
        )
        yield* featuresIn(cwd, { indicators })
        const ours = tableOf(join(cwd, "f.csv"))
        assert.strictEqual(ours.rows.length, 1_500)
        assert.deepStrictEqual(Object.keys(THEIRS), theirs.names.slice(6))
        for (const [their, our] of Object.entries(THEIRS)) {
          const left = theirs.names.indexOf(their)
          const right = ours.names.indexOf(our)
          assert.isAbove(right, 0, `${our} is a column (${ours.names.join(" ")})`)
          theirs.rows.forEach((row, index) => {
            const found = ours.rows[index]?.[right] ?? ""
            if (index < ALL_DEFINED && (row[left] === "" || found === "")) return
            assert.notStrictEqual(found, "", `${our} is defined at row ${index}`)
            const expected = Number(row[left])
            assert.closeTo(
              Number(found),
              expected,
              Math.max(1e-9, 1e-9 * Math.abs(expected)),
              `${our}, row ${index}`
            )
          })
        }
      })
  )
})
