/**
 * What a bar costs in runs of ten thousand to ten million bars: a line that must not rise.
 * In: columns of the seeded synthetic market. Out: nanoseconds a bar, a row a length; megabytes that results keep.
 * The longest run is measured once, the shorter ones oftener; all after the same warm-up, so that compiling is nobody's cost.
 */
import { profileSettings } from "../kit/profile.ts"
import { median, perBar, times } from "./Figure.ts"
import type { Figure, Group } from "./Figure.ts"
import { firstOf, instrumentOf, syntheticColumns } from "./markets.ts"
import { wholeRun } from "./pipelineGroup.ts"
import { cpuMillis } from "./rounds.ts"

const LENGTHS = [10_000, 100_000, 1_000_000, 10_000_000] as const
const LONGEST = 10_000_000
const RUNS = [25, 9, 5, 1] as const
const WARM_UP = 500_000
const MINUTE = 60_000
const MEGABYTE = 2 ** 20

interface Measured {
  readonly bars: number
  readonly millis: number
  readonly trades: number
  readonly fingerprint: string
}

/** A full collection, where Node was started with --expose-gc. */
const collectGarbage = (): void => {
  const { gc } = globalThis as { readonly gc?: () => void }
  gc?.()
}

/** Megabytes of heap that a result keeps, once everything else is gone. */
const keptBy = (make: () => unknown): number => {
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  const kept = [make()]
  collectGarbage()
  const megabytes = (process.memoryUsage().heapUsed - before) / MEGABYTE
  return kept.length * megabytes
}

const words = (bars: number): string => `${bars.toLocaleString("en")} bars`

export const scaleGroup = async (): Promise<Group> => {
  const whole = syntheticColumns(LONGEST, MINUTE)
  const settings = profileSettings("balanced", { capital: 5_000_000 })
  const instrument = instrumentOf("bitbank:BTC/JPY")
  const runOver = (bars: number) =>
    wholeRun({ words: "synthetic", instrument, columns: firstOf(whole, bars) }, settings)
  const once = (bars: number): Measured => {
    const began = process.cpuUsage()
    const { fingerprint, ledger } = runOver(bars)
    return { bars, millis: cpuMillis(began), trades: ledger.trades.length, fingerprint }
  }
  once(WARM_UP)
  const measured = LENGTHS.map((bars, index) => {
    const runs = Array.from({ length: RUNS[index] ?? 1 }, () => once(bars))
    return { ...runs[0]!, millis: median(runs.map((run) => run.millis)) }
  })
  const costOf = ({ bars, millis }: Measured) => millis / bars
  const base = costOf(measured.find(({ bars }) => bars === 1_000_000)!)
  const figures = measured.map((run): Figure => ({
    name: words(run.bars),
    value: perBar(run.millis, run.bars),
    ratio: times(costOf(run) / base),
    aim: "constant",
    proof: `${run.trades} trades, ${run.fingerprint.slice(0, 16)}`
  }))
  const kept = LENGTHS.slice(1, 3).map((bars) =>
    `${keptBy(() => runOver(bars)).toFixed(1)} MB after ${words(bars)}`
  )
  return {
    title: "Cost of a bar by length of the run",
    words: [
      "Whole backtests without their files on synthetic one-minute bars, seed 42;",
      "a ratio is to the cost of a bar in the run of a million.",
      `A result keeps ${kept.join(", ")}: it grows with trades and days.`
    ],
    figures,
    failed: false
  }
}
