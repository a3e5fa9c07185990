/**
 * A whole run of `daruma backtest` in this process: settings as a user states them, a scratch folder, streams that remember.
 * In: options and settings files. Out: exit or fault, what was printed, what lies in the folder.
 * Here because every test of the run begins with it.
 */
import { NodeFileSystem } from "@effect/platform-node"
import { Effect } from "effect"
import type { FileSystem, Layer } from "effect"
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { runBacktest } from "../../../layers/backtest/backtestRun.ts"
import type { Terminal } from "../../../layers/backtest/Terminal.ts"
import type { BacktestOptions } from "../../../src/cli/BacktestOptions.ts"
import type { SettingFlags } from "../../../src/cli/TradeOptions.ts"
import { syntheticBars } from "../../kit/syntheticBars.ts"
import { read } from "../../settings/reading.ts"

/** A quick look: a month of the synthetic market. */
export const OPTIONS: BacktestOptions = {
  json: false,
  quiet: false,
  color: false,
  data: [],
  instruments: [],
  from: null,
  to: null,
  bars: 3_000,
  decisions: "acted",
  out: null,
  home: "home",
  force: false,
  cache: true,
  report: true,
  trials: 1,
  progress: "auto"
}

export interface Stage {
  readonly cwd: string
  readonly options?: Partial<BacktestOptions>
  readonly flags?: SettingFlags
  /** `DARUMA__GROUP__KEY` and the like. */
  readonly variables?: Terminal["env"]
  readonly env?: Terminal["env"]
  /** Keeps what stderr was told, also when the run fails. */
  readonly err?: Array<string>
  readonly disk?: Layer.Layer<FileSystem.FileSystem>
}

export const backtestIn = ({ cwd, disk, env, err = [], flags, options, variables }: Stage) =>
  Effect.gen(function*() {
    const out: Array<string> = []
    const loaded = yield* read({ flags: flags ?? {}, env: variables ?? {} })
    const code = yield* Effect.provide(
      runBacktest({ ...OPTIONS, ...options }, loaded, {
        env: env ?? {},
        cwd,
        stdout: { write: (text) => out.push(text) },
        stderr: { write: (text) => err.push(text) }
      }),
      disk ?? NodeFileSystem.layer
    )
    return { code, out: out.join(""), err: err.join("") }
  })

/** A candle file of the seeded synthetic market. */
export const csvOf = (seed: number, bars: number): string =>
  [
    "timestamp_ms,open,high,low,close,volume",
    ...syntheticBars(seed, bars).map(({ openTime, text }) => `${openTime},${text}`),
    ""
  ].join("\n")

/** Every file under a folder with the sha256 of its bytes, in order of their paths. */
export const filesUnder = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [
        path.slice(folder.length + 1),
        createHash("sha256").update(readFileSync(path)).digest("hex")
      ])
  )

/** Names of everything under a folder. */
export const everythingUnder = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true }).map(String).toSorted()
