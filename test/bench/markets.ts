/**
 * The bars that figures are measured on.
 * In: how many. Out: columns of recorded one-minute bars if they are here, else of synthetic ones, and words that say which.
 * In one place, so that a table never compares two markets without saying so.
 */
import { Effect } from "effect"
import { loadDataset } from "../../layers/datasets/dataset.ts"
import type { Columns } from "../../src/domain/Columns.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { invariant } from "../../src/engine/invariant.ts"
import { makeSyntheticMarket } from "../../src/simulator/markets/synthetic.ts"
import { referencePath } from "../kit/reference.ts"

export interface Market {
  readonly words: string
  readonly instrument: Instrument
  readonly columns: Columns
}

export const MINUTES = "bitfinex-btcusd-1m-2017-2018.csv.gz"
const MINUTE = 60_000
const SEED = 42

/** `count` one-minute bars: the recorded ones, or as many synthetic ones where they are absent. */
export const minuteMarket = async (count: number): Promise<Market> => {
  const path = referencePath(`data/${MINUTES}`)
  if (path === undefined) return syntheticMarket(count)
  const { columns } = await Effect.runPromise(loadDataset(path, { cache: null }))
  const first = firstOf(columns, count)
  return {
    words: `${first.close.length} bars of ${MINUTES}`,
    instrument: instrumentOf("bitfinex:BTC/USD"),
    columns: first
  }
}

/** `count` one-minute bars of the seeded synthetic market. */
export const syntheticMarket = (count: number): Market => ({
  words: `${count} synthetic one-minute bars, seed ${SEED} (the recorded market is not here)`,
  instrument: instrumentOf("bitbank:BTC/JPY"),
  columns: syntheticColumns(count, MINUTE)
})

/** Columns of the seeded synthetic market, BTC/JPY. */
export const syntheticColumns = (count: number, barMillis: number): Columns => {
  const market = makeSyntheticMarket({
    seed: SEED,
    startPrice: 12_000_000,
    startTime: 1_767_225_600_000,
    baseMillis: barMillis,
    tick: 1
  })
  const column = () => new Float64Array(count)
  const columns = {
    barMillis,
    openTime: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column()
  }
  for (let index = 0; index < count; index++) {
    const bar = market.next()
    columns.openTime[index] = bar.openTime
    columns.open[index] = bar.open
    columns.high[index] = bar.high
    columns.low[index] = bar.low
    columns.close[index] = bar.close
    columns.volume[index] = bar.volume
  }
  return columns
}

/** The first `count` bars, sharing memory with the columns they are of. */
export const firstOf = (columns: Columns, count: number): Columns => ({
  barMillis: columns.barMillis,
  openTime: columns.openTime.subarray(0, count),
  open: columns.open.subarray(0, count),
  high: columns.high.subarray(0, count),
  low: columns.low.subarray(0, count),
  close: columns.close.subarray(0, count),
  volume: columns.volume.subarray(0, count)
})

export const instrumentOf = (id: string): Instrument => {
  const instrument = instrumentById(id)
  invariant(instrument !== undefined, `${id} is an instrument we know`)
  return instrument
}
