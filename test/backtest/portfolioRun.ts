/**
 * A portfolio run for tests: markets as bars, one account, the whole pipeline or any decider in each.
 * In: markets, settings. Out: drivers, rolling hashes and trades a market, events in the order in which they came.
 * Here because every portfolio test makes the same run over other markets.
 */
import type { Decider, Driver, Wanted } from "../../src/backtest/driver.ts"
import { pipelineDecider } from "../../src/backtest/loop.ts"
import { mergeSeries } from "../../src/backtest/mergeSeries.ts"
import { makeDrivers, stepTogether } from "../../src/backtest/portfolio.ts"
import { makeRollingHash } from "../../src/backtest/rollingHash.ts"
import { makeCursor } from "../../src/backtest/BarCursor.ts"
import type { ClosedBar } from "../../src/domain/Candle.ts"
import type { JournalEvent } from "../../src/domain/Event.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import type { Settings } from "../../src/domain/Settings.ts"
import { higherMillis } from "../../src/domain/timeframe.ts"
import type { Decision } from "../../src/engine/Decision.ts"
import type { ClosedTrade } from "../../src/engine/portfolio/ClosedTrade.ts"
import { columnsOf } from "../kit/columnsOf.ts"
import { FIFTEEN_MINUTES } from "../kit/syntheticBars.ts"

export interface TestMarket {
  readonly instrument: Instrument
  readonly bars: ReadonlyArray<ClosedBar>
}

/** What each step left behind is looked at by `each`, with the instant at which its bars closed. */
type Each<D extends Wanted> = (drivers: ReadonlyArray<Driver<D>>, closeTime: number) => void

const bitbank = instrumentById("bitbank:BTC/JPY")!

/** The yen instrument under another name. */
export const coin = (base: string): Instrument => ({
  ...bitbank,
  id: `bitbank:${base}/JPY`,
  symbol: `${base}/JPY`,
  base
})

/** Steps drivers through all bars of their markets. */
export const stepAll = <D extends Wanted>(
  drivers: ReadonlyArray<Driver<D>>,
  markets: ReadonlyArray<TestMarket>,
  each: Each<D> = () => {}
): void => {
  const columns = markets.map(({ bars }) => columnsOf(bars))
  const cursors = columns.map(makeCursor)
  const merge = mergeSeries(columns.map((one) => ({ columns: one, from: 0, to: one.openTime.length })))
  const bars: Array<ClosedBar | null> = markets.map(() => null)
  while (merge.next()) {
    for (const [index, cursor] of cursors.entries()) {
      const row = merge.rows[index]!
      bars[index] = row < 0 ? null : cursor.moveTo(row)
    }
    stepTogether(drivers, bars)
    each(drivers, merge.closeTime)
  }
}

/** The whole pipeline in every market. */
export const runPipeline = (
  markets: ReadonlyArray<TestMarket>,
  settings: Settings,
  each: Each<Decision> = () => {}
) => {
  const hashes = markets.map(makeRollingHash)
  const reasons = markets.map((): Array<Decision["reason"]> => [])
  const trades: Array<ClosedTrade> = []
  const events: Array<JournalEvent> = []
  const frames = {
    baseMillis: FIFTEEN_MINUTES,
    higherMillis: higherMillis(FIFTEEN_MINUTES),
    spec: settings.spec
  }
  const drivers = makeDrivers(
    { account: "portfolio", settings, baseMillis: FIFTEEN_MINUTES },
    markets.map(({ instrument }, index) => ({
      instrument,
      decider: pipelineDecider(frames),
      onDecision: (decision: Decision) => {
        hashes[index]!.add(decision)
        reasons[index]!.push(decision.reason)
      },
      onEvent: (event: JournalEvent) => events.push(event),
      onTrade: (trade: ClosedTrade) => trades.push(trade)
    }))
  )
  stepAll(drivers, markets, each)
  return { drivers, hashes: hashes.map((hash) => hash.digest()), reasons, trades, events }
}

/** A decider that wants the same order at every bar until it has one, and sees no gaps. */
export const wants = (order: (now: number) => Wanted["order"]): Decider<Wanted> => ({
  see: () => 0,
  decide: (_, now) => ({ order: order(now) })
})
