/**
 * Synthetic markets beside recorded ones: the figures of each, and the table that shows them.
 * In: the reference files, if they are here, and seeds. Out: named statistics and their text.
 * In test/, for realism.test.ts and bench/marketRealism.ts, which print the same table.
 */
import { readFileSync } from "node:fs"
import { gunzipSync } from "node:zlib"
import type { Candle } from "../../src/domain/Candle.ts"
import { makeSyntheticMarket } from "../../src/simulator/markets/synthetic.ts"
import { referencePath } from "../kit/reference.ts"
import { statisticsOf } from "./marketStatistics.ts"
import type { MarketStatistics } from "./marketStatistics.ts"

export const QUARTER_HOUR = 900_000

/** A year of quarter hours. */
export const YEAR_BARS = 35_040

const FILES = [
  "binance-btcusdt-15m-2024",
  "binance-ethusdt-15m-2024",
  "bitfinex-btcusd-15m-2017-2018",
  "bitfinex-ethusd-15m-2017-2018"
] as const

/** One line of the table. */
export interface NamedStatistics {
  readonly name: string
  readonly statistics: MarketStatistics
}

/** Every recorded market, or undefined when one of the files is not here. */
export const recordedMarkets = ():
  | ReadonlyArray<{ readonly name: string; readonly candles: ReadonlyArray<Candle> }>
  | undefined =>
{
  const markets = []
  for (const name of FILES) {
    const path = referencePath(`data/${name}.csv.gz`)
    if (path === undefined) return undefined
    markets.push({ name, candles: candlesOf(gunzipSync(readFileSync(path)).toString("utf8")) })
  }
  return markets
}

/** A market's figures, whole and by quarter: how much one real market differs from itself. */
export const wholeAndQuarters = (
  name: string,
  candles: ReadonlyArray<Candle>
): ReadonlyArray<NamedStatistics> => {
  const size = Math.floor(candles.length / 4)
  const parts = [0, 1, 2, 3].map((part) => ({
    name: `${name} ${part + 1}/4`,
    statistics: statisticsOf(candles.slice(part * size, (part + 1) * size), QUARTER_HOUR)
  }))
  return [{ name, statistics: statisticsOf(candles, QUARTER_HOUR) }, ...parts]
}

export const syntheticYear = (seed: number): ReadonlyArray<Candle> => {
  const market = makeSyntheticMarket({
    seed,
    startPrice: 12_000_000,
    startTime: 1_704_067_200_000,
    baseMillis: QUARTER_HOUR,
    tick: 1
  })
  return Array.from({ length: YEAR_BARS }, () => market.next())
}

/** One compared figure: its name, printed digits, and what a random walk would show where that is known. */
export interface Measure {
  readonly name: string
  readonly digits: number
  readonly walk?: number
  readonly of: (statistics: MarketStatistics) => number
}

export const MEASURES: ReadonlyArray<Measure> = [
  { name: "VR(2)", digits: 3, walk: 1, of: (s) => s.varianceRatio2 },
  { name: "VR(4)", digits: 3, walk: 1, of: (s) => s.varianceRatio4 },
  { name: "VR(16)", digits: 3, walk: 1, of: (s) => s.varianceRatio16 },
  ...[0, 1, 2, 3, 4].map((lag) => ({
    name: `sign ${lag + 1}`,
    digits: 3,
    walk: 0,
    of: (s: MarketStatistics) => s.signs[lag] ?? NaN
  })),
  { name: "kurtosis", digits: 1, of: (s) => s.kurtosis },
  { name: "mean|r|", digits: 5, of: (s) => s.meanAbs },
  { name: "|r| lag 1", digits: 3, of: (s) => s.cluster1 },
  { name: "|r| lag 96", digits: 3, of: (s) => s.cluster96 },
  { name: "range/|r|", digits: 2, of: (s) => s.rangeRatio },
  { name: "vol~range", digits: 3, of: (s) => s.volumeRange },
  { name: "gaps", digits: 5, of: (s) => s.gapShare },
  { name: "flat", digits: 5, of: (s) => s.flatShare }
]

/** The lines as a table in text. */
export const tableOf = (lines: ReadonlyArray<NamedStatistics>): string => {
  const header = ["market".padEnd(34), ...MEASURES.map((measure) => measure.name.padStart(10))].join(" ")
  const rows = lines.map((line) =>
    [
      line.name.padEnd(34),
      ...MEASURES.map((measure) => measure.of(line.statistics).toFixed(measure.digits).padStart(10))
    ].join(" ")
  )
  return [header, ...rows].join("\n")
}

const candlesOf = (csv: string): ReadonlyArray<Candle> =>
  csv.trimEnd().split("\n").slice(1).map((line) => {
    const [time = NaN, open = NaN, high = NaN, low = NaN, close = NaN, volume = NaN] = line.split(",").map(
      Number
    )
    return {
      openTime: time,
      closeTime: time + QUARTER_HOUR,
      open,
      high,
      low,
      close,
      volume,
      text: line.slice(line.indexOf(",") + 1)
    }
  })
