/**
 * What is known of a file's own bars: gaps, bars without volume, large moves.
 * In: columns and their bar length. Out: counts and the places worth a look.
 * Here once, so that a backtest's notices and `daruma data check` say the same of a file.
 */
import type { DatasetFacts, GapFacts, Spike, SpikeFacts } from "../../src/domain/DatasetFacts.ts"
import type { Written } from "./GrowingColumns.ts"

export type BarFacts = Pick<DatasetFacts, "gaps" | "zeroVolume" | "spikes" | "wideBars">

/** A move beyond it is absurd by default (`risk.anomalyMove`), share of price. */
const LARGE_MOVE = 0.2
const LARGEST = 5

export const factsOf = (columns: Written, baseMillis: number): BarFacts => ({
  gaps: gapsOf(columns.openTime, baseMillis),
  zeroVolume: columns.volume.reduce((count, volume) => volume === 0 ? count + 1 : count, 0),
  spikes: spikesOf(columns),
  wideBars: wideBarsOf(columns)
})

const gapsOf = (openTime: Float64Array, baseMillis: number): GapFacts => {
  let runs = 0
  let missing = 0
  let longest = 0
  let longestAt: number | null = null
  for (let index = 1; index < openTime.length; index++) {
    const span = openTime[index]! - openTime[index - 1]!
    if (span === baseMillis) continue
    const lacking = span / baseMillis - 1
    runs += 1
    missing += lacking
    if (lacking > longest) {
      longest = lacking
      longestAt = openTime[index - 1]! + baseMillis
    }
  }
  return { runs, missing, longest, longestAt }
}

const spikesOf = ({ close, openTime }: Written): SpikeFacts => {
  let count = 0
  const largest: Array<Spike> = []
  for (let index = 1; index < close.length; index++) {
    const change = close[index]! / close[index - 1]! - 1
    if (Math.abs(change) <= LARGE_MOVE) continue
    count += 1
    largest.push({ at: openTime[index]!, change })
    if (largest.length <= LARGEST) continue
    largest.sort((one, other) => Math.abs(other.change) - Math.abs(one.change))
    largest.pop()
  }
  return { count, largest: largest.toSorted((one, other) => Math.abs(other.change) - Math.abs(one.change)) }
}

const wideBarsOf = ({ close, high, low }: Written): number => {
  let count = 0
  for (let index = 0; index < close.length; index++) {
    if ((high[index]! - low[index]!) / close[index]! > LARGE_MOVE) count += 1
  }
  return count
}
