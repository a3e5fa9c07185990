/**
 * The whole command as a user types it: reading, features, decisions, fills, statistics, files and the page.
 * In: two years of one-minute bars, gzipped; a home of its own. Out: wall time and peak memory, cold and with the cache.
 * Without the recorded market it runs a million bars of the synthetic one, which needs no cache, and says so.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { invariant } from "../../src/engine/invariant.ts"
import { referencePath } from "../kit/reference.ts"
import { median } from "./Figure.ts"
import type { Figure, Group } from "./Figure.ts"
import { MINUTES } from "./markets.ts"

const RUNS = 5
const SYNTHETIC_BARS = 1_000_000
const MEGABYTE = 1e6
const repository = fileURLToPath(new URL("../../", import.meta.url))
const preload = new URL("./exitUsage.ts", import.meta.url).href

interface Run {
  readonly seconds: number
  readonly bytes: number
  readonly fingerprint: string
}

/** One process; `home` decides whether the cache is there already. */
const run = (parameters: ReadonlyArray<string>, home: string): Run => {
  const usage = join(home, "usage")
  const began = performance.now()
  const { status, stderr, stdout } = spawnSync(
    join(repository, "bin/daruma"),
    ["backtest", ...parameters, "--home", home, "--out", join(home, "out"), "--force", "--json"],
    {
      encoding: "utf8",
      maxBuffer: 1e9,
      env: {
        PATH: process.env["PATH"],
        NODE_OPTIONS: `--import=${preload}`,
        BENCH_USAGE: usage
      }
    }
  )
  const seconds = (performance.now() - began) / 1_000
  invariant(status === 0, `the backtest ends well, not with ${status}: ${stderr.slice(-1_000)}`)
  const { fingerprint } = JSON.parse(stdout) as { readonly fingerprint: string }
  return { seconds, bytes: Number(readFileSync(usage, "utf8")), fingerprint: fingerprint.slice(0, 16) }
}

const figureOf = (name: string, aim: string, runs: ReadonlyArray<Run>): Figure => {
  const seconds = median(runs.map((one) => one.seconds))
  const peak = Math.max(...runs.map((one) => one.bytes)) / MEGABYTE
  return {
    name,
    value: `${seconds.toFixed(2)} s, ${Math.round(peak)} MB at most`,
    ratio: "",
    aim: `${aim}, <= 400 MB`,
    proof: [...new Set(runs.map((one) => one.fingerprint))].join(" ")
  }
}

export const commandGroup = async (): Promise<Group> => {
  const path = referencePath(`data/${MINUTES}`)
  const homes: Array<string> = []
  const fresh = (): string => {
    const home = mkdtempSync(join(tmpdir(), "daruma-bench-"))
    homes.push(home)
    return home
  }
  try {
    const cold: Array<Run> = []
    const warm: Array<Run> = []
    const parameters = path === undefined
      ? ["--market", "synthetic", "--timeframe", "1m", "--bars", String(SYNTHETIC_BARS)]
      : ["--data", path]
    for (let round = 0; round < RUNS; round++) {
      const home = fresh()
      cold.push(run(parameters, home))
      warm.push(run(parameters, home))
    }
    const report = statSync(join(homes[0] ?? "", "out", "report.html")).size / MEGABYTE
    const fingerprints = new Set([...cold, ...warm].map((one) => one.fingerprint))
    return {
      title: "The whole command",
      words: [
        path === undefined
          ? `\`daruma backtest ${parameters.join(" ")}\` (the recorded market is not here);`
          : `\`daruma backtest --data ${MINUTES}\`, 1.03 million bars, 16.6 MB of gzip;`,
        `all files and the page (${
          report.toFixed(1)
        } MB) written; medians of ${RUNS} processes each, started anew.`
      ],
      figures: [
        figureOf("first run, nothing cached", "<= 4 s", cold),
        figureOf("second run, data cached", "<= 2 s", warm)
      ],
      failed: fingerprints.size !== 1
    }
  } finally {
    for (const home of homes) rmSync(home, { recursive: true, force: true })
  }
}
