/**
 * Closed candles, one at a time, and the market clock they drive.
 * In: nothing. Out: history to warm on, then each next closed bar; a replayed market also steps the simulated venue.
 * Contract only; layers/market-data holds synthetic and file markets (decisions 3, 23, 47, 48).
 */
import { Context } from "effect"
import type { Effect } from "effect"
import type { Candle } from "../domain/Candle.ts"
import type { AnyFault } from "../domain/Fault.ts"

export interface MarketIdentity {
  readonly source: "synthetic" | "file" | "bitbank"
  /** Names the journal's folder together with the account: same market, same key (decisions 8). */
  readonly key: string
  readonly instrument: string
  readonly baseMillis: number
  /** True for the synthetic market: every screen, row and message says DEMO MARKET. */
  readonly demo: boolean
  /** True when bars wait for us (file, synthetic): decisions run in lock step on market time. */
  readonly replayed: boolean
}

/** A bar as it enters the pipeline, or the end of a finite market. */
export type MarketEvent = { readonly _tag: "Closed"; readonly candle: Candle } | { readonly _tag: "Ended" }

export class MarketData extends Context.Service<MarketData, {
  readonly identity: MarketIdentity
  /** Bars that precede trading, oldest first: they only warm features. Empty for a file. */
  readonly history: Effect.Effect<ReadonlyArray<Candle>, AnyFault>
  /** Next closed bar after `afterOpenTime` (null: the first). Paces a replay by its speed; never skips. */
  readonly next: (afterOpenTime: number | null) => Effect.Effect<MarketEvent, AnyFault>
}>()("daruma/ports/MarketData") {}

/** Market time (decisions 47): close of the newest bar on a replayed market, wall clock on a live one. */
export class MarketClock extends Context.Service<MarketClock, {
  readonly now: () => number
  /** Moves a replayed clock forward; a live one ignores it. Never goes back. */
  readonly advance: (instant: number) => void
}>()("daruma/ports/MarketClock") {}

/** The simulated venue's market side: it sees each bar before the pipeline does. A live venue's layer does nothing. */
export class MarketSteps extends Context.Service<MarketSteps, {
  /** Fills at the open; returns the venue's newest report number. Idempotent for a bar it has seen. */
  readonly open: (candle: Candle) => Effect.Effect<number, AnyFault>
  /** Fills inside the bar (stops, limits) and at its close (interest). */
  readonly close: (candle: Candle) => Effect.Effect<number, AnyFault>
}>()("daruma/ports/MarketSteps") {}
