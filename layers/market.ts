/**
 * Which market a run trades on, and what is traded there.
 * In: settings, data file, speed. Out: an open MarketData and the instrument with the fees that apply.
 * Here because the market's identity names the journal, so it is opened before anything else.
 */
import { Effect, Layer } from "effect"
import type { Scope } from "effect"
import * as Context from "effect/Context"
import { instrumentById } from "../src/domain/Instrument.ts"
import type { Instrument } from "../src/domain/Instrument.ts"
import { ppm } from "../src/domain/money.ts"
import type { Settings } from "../src/domain/Settings.ts"
import { TIMEFRAMES } from "../src/domain/timeframe.ts"
import { InstrumentUnknown } from "../src/errors/FeedError.ts"
import type { FeedFault } from "../src/errors/FeedError.ts"
import { MarketData } from "../src/ports/MarketData.ts"
import * as FileMarket from "./market-data/File.ts"
import type { Speed } from "./market-data/pacing.ts"
import * as SyntheticMarket from "./market-data/Synthetic.ts"

/** Bars of the synthetic market when the settings say `auto` (decisions 23). */
export const SYNTHETIC_TIMEFRAME = "15m"

/** The instrument that the settings name, with their fees in place of the venue's list. Errors: InstrumentUnknown (Medium). */
export const tradedInstrument = (settings: Settings): Effect.Effect<Instrument, InstrumentUnknown> => {
  const id = `${settings.exchange}:${settings.symbol}`
  const listed = instrumentById(id)
  if (listed === undefined) {
    return Effect.fail(new InstrumentUnknown({ file: "settings", words: `${id} is no instrument we know` }))
  }
  return Effect.succeed(withFees(listed, settings))
}

/** The settings' fees in place of the venue's list, where they say any. */
export const withFees = (listed: Instrument, { fees: { maker, taker } }: Settings): Instrument => ({
  ...listed,
  makerFee: maker === null ? listed.makerFee : ppm(Math.round(maker * 1_000_000)),
  takerFee: taker === null ? listed.takerFee : ppm(Math.round(taker * 1_000_000))
})

/** Opens the market; it closes with the scope. Errors: those of the file (Medium), before the first bar. */
export const openMarket = (
  settings: Settings,
  instrument: Instrument,
  source: { readonly data: string | null; readonly speed: Speed }
): Effect.Effect<MarketData["Service"], FeedFault, Scope.Scope> => {
  const { data, speed } = source
  const { seed, timeframe } = settings
  const layer = data === null
    ? SyntheticMarket.layer({
      seed,
      instrument,
      speed,
      baseMillis: TIMEFRAMES[timeframe === "auto" ? SYNTHETIC_TIMEFRAME : timeframe]
    })
    : FileMarket.layer({
      path: data,
      instrument,
      speed,
      timeframeMillis: timeframe === "auto" ? null : TIMEFRAMES[timeframe]
    })
  return Effect.map(Layer.build(layer), (context) => Context.get(context, MarketData))
}
