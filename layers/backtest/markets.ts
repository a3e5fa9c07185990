/**
 * The markets of a backtest: recorded files, each with its own instrument, or the demo market.
 * In: options, settings, the working directory. Out: columns with what is known of them.
 * Here because a file names its instrument and its currency itself (decisions 20), and settings only override fees.
 */
import { Effect } from "effect"
import { createHash } from "node:crypto"
import { join, resolve } from "node:path"
import type { BacktestOptions } from "../../src/cli/BacktestOptions.ts"
import type { Columns } from "../../src/domain/Columns.ts"
import type { Settings } from "../../src/domain/Settings.ts"
import { timeframeOf, TIMEFRAMES } from "../../src/domain/timeframe.ts"
import type { FeedFault } from "../../src/errors/FeedError.ts"
import { loadDataset } from "../datasets/dataset.ts"
import { instrumentOf } from "../datasets/instrument.ts"
import { presentFile } from "../datasets/source.ts"
import { demoBars, HISTORY } from "../market-data/Synthetic.ts"
import { SYNTHETIC_TIMEFRAME, tradedInstrument, withFees } from "../market.ts"
import type { Market } from "./Market.ts"

/** A year of quarter hours. */
const DEMO_BARS = 35_040

/** Errors: those of the files (Medium). */
export const openMarkets = (
  options: BacktestOptions,
  settings: Settings,
  cwd: string
): Effect.Effect<ReadonlyArray<Market>, FeedFault> =>
  options.data.length === 0
    ? Effect.map(demoMarket(settings, options.bars ?? DEMO_BARS), (market) => [market])
    : fileMarkets(options, settings, cwd)

/** Where parsed files are kept under a home; null when they shall not be. */
export const cacheFolder = (options: { readonly cache: boolean; readonly home: string }, cwd: string) =>
  options.cache ? join(resolve(cwd, options.home), "cache", "datasets") : null

const fileMarkets = Effect.fnUntraced(
  function*(
    options: BacktestOptions,
    settings: Settings,
    cwd: string
  ): Effect.fn.Return<ReadonlyArray<Market>, FeedFault> {
    const named = yield* Effect.forEach(options.data, (file, index) => {
      const path = resolve(cwd, file)
      return Effect.andThen(presentFile(path), instrumentOf(path, options.instruments[index]?.trim() ?? null))
        .pipe(Effect.map((listed) => ({ path, listed })))
    })
    const timeframeMillis = settings.timeframe === "auto" ? undefined : TIMEFRAMES[settings.timeframe]
    const cache = cacheFolder(options, cwd)
    return yield* Effect.forEach(
      named,
      ({ listed, path }) =>
        loadDataset(path, { timeframeMillis, cache }).pipe(
          Effect.map(({ columns, facts, notices }): Market => ({
            name: facts.name,
            instrument: withFees(listed, settings),
            columns,
            first: 0,
            facts,
            contentHash: facts.contentHash,
            notices
          }))
        )
    )
  }
)

const demoMarket = Effect.fnUntraced(function*(settings: Settings, bars: number) {
  const instrument = yield* tradedInstrument(settings)
  const baseMillis = TIMEFRAMES[settings.timeframe === "auto" ? SYNTHETIC_TIMEFRAME : settings.timeframe]
  const columns = demoColumns({ seed: settings.seed, instrument, baseMillis }, HISTORY + bars)
  const market: Market = {
    name: `synthetic ${timeframeOf(baseMillis)}, seed ${settings.seed}`,
    instrument,
    columns,
    first: HISTORY,
    facts: null,
    contentHash: hashOf(columns),
    notices: []
  }
  return market
})

const demoColumns = (options: Parameters<typeof demoBars>[0], bars: number): Columns => {
  const market = demoBars(options)
  const column = () => new Float64Array(bars)
  const [openTime, open, high, low, close, volume] = [
    column(),
    column(),
    column(),
    column(),
    column(),
    column()
  ]
  for (let index = 0; index < bars; index++) {
    const bar = market.next()
    openTime[index] = bar.openTime
    open[index] = bar.open
    high[index] = bar.high
    low[index] = bar.low
    close[index] = bar.close
    volume[index] = bar.volume
  }
  return { barMillis: options.baseMillis, openTime, open, high, low, close, volume }
}

const hashOf = ({ close, high, low, open, openTime, volume }: Columns): string => {
  const hash = createHash("sha256")
  for (const column of [openTime, open, high, low, close, volume]) {
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
  }
  return hash.digest("hex")
}
