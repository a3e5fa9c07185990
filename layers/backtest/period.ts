/**
 * Which bars of a market are traded, and which only warm its features.
 * In: a market, --from and --to. Out: a series of bars in order, with what is missing in it counted.
 * A bar counts by both ends: nothing that closes after --to is ever seen.
 */
import { Effect } from "effect"
import type { Columns } from "../../src/domain/Columns.ts"
import type { GapFacts } from "../../src/domain/DatasetFacts.ts"
import type { Series } from "../../src/backtest/Result.ts"
import { PeriodEmpty } from "../../src/errors/BacktestError.ts"
import { formatInstant } from "../../src/report/format.ts"
import type { Market } from "./Market.ts"

export interface Period {
  readonly from: number | null
  readonly to: number | null
}

/** The traded stretch of a market. */
export interface Stretch {
  readonly series: Series
  readonly bars: number
  readonly warmUpBars: number
  /** Open of its first bar and close of its last, UTC milliseconds. */
  readonly from: number
  readonly to: number
  readonly gaps: GapFacts
  readonly withoutVolume: number
}

/** Errors: PeriodEmpty (Medium), with the period that the market covers. */
export const stretchOf = (market: Market, { from, to }: Period): Effect.Effect<Stretch, PeriodEmpty> => {
  const { columns, first, instrument, name } = market
  const { barMillis, openTime } = columns
  const start = Math.max(first, from === null ? 0 : firstAtOrAfter(openTime, from))
  const end = to === null ? openTime.length : firstAtOrAfter(openTime, to - barMillis + 1)
  if (start >= end) {
    const covered = openTime.length <= first
      ? "it has no whole bar of this length"
      : `there is no bar in the period; the data cover ${formatInstant(openTime[first] ?? 0)} to ${
        formatInstant((openTime.at(-1) ?? 0) + barMillis)
      }`
    return Effect.fail(new PeriodEmpty({ market: name, words: covered }))
  }
  // All of them: recursions remember for long, and a period cut out of a file should vote as the whole file does there.
  const cut = cutColumns(columns, end)
  return Effect.succeed({
    series: { instrument, columns: cut, from: start, to: end },
    bars: end - start,
    warmUpBars: start,
    from: openTime[start] ?? 0,
    to: (openTime[end - 1] ?? 0) + barMillis,
    ...countsOf(cut, start)
  })
}

/** What to say when the data do not reach as far as the period that was asked for. */
export const clippedWords = (
  { name }: Market,
  stretch: Stretch,
  asked: Period,
  barMillis: number
): ReadonlyArray<string> => {
  const { from, to } = asked
  return [
    ...(from !== null && stretch.from >= from + barMillis
      ? [`${name}: the first bar from --from on opens at ${formatInstant(stretch.from)}`]
      : []),
    ...(to !== null && stretch.to <= to - barMillis
      ? [`${name}: the last bar before --to closes at ${formatInstant(stretch.to)}`]
      : [])
  ]
}

/** Index of the first bar that opens at or after `instant`; the length when none does. */
const firstAtOrAfter = (openTime: Float64Array, instant: number): number => {
  let low = 0
  let high = openTime.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((openTime[middle] ?? Infinity) < instant) low = middle + 1
    else high = middle
  }
  return low
}

const cutColumns = (columns: Columns, to: number): Columns => ({
  barMillis: columns.barMillis,
  openTime: columns.openTime.subarray(0, to),
  open: columns.open.subarray(0, to),
  high: columns.high.subarray(0, to),
  low: columns.low.subarray(0, to),
  close: columns.close.subarray(0, to),
  volume: columns.volume.subarray(0, to)
})

const countsOf = ({ barMillis, openTime, volume }: Columns, from: number) => {
  const gaps = { runs: 0, missing: 0, longest: 0, longestAt: null as number | null }
  let withoutVolume = 0
  for (let index = from; index < openTime.length; index++) {
    if (volume[index] === 0) withoutVolume += 1
    if (index === from) continue
    const expected = (openTime[index - 1] as number) + barMillis
    const missing = Math.round(((openTime[index] as number) - expected) / barMillis)
    if (missing === 0) continue
    gaps.runs += 1
    gaps.missing += missing
    if (missing > gaps.longest) {
      gaps.longest = missing
      gaps.longestAt = expected
    }
  }
  return { gaps, withoutVolume }
}
