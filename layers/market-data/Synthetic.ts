/**
 * The demo market: endless, from a seed, the same bars in every run.
 * In: seed, instrument, bar length, speed. Out: 1,200 bars of history, then one closed bar after another.
 * Not one price in it is real: its identity says `demo`, and every screen and row repeats that (decisions 23).
 */
import { Effect, Layer } from "effect"
import type { Candle } from "../../src/domain/Candle.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { toFloat } from "../../src/domain/money.ts"
import { timeframeOf } from "../../src/domain/timeframe.ts"
import { MarketData } from "../../src/ports/MarketData.ts"
import type { MarketEvent } from "../../src/ports/MarketData.ts"
import { makeSyntheticMarket } from "../../src/simulator/markets/synthetic.ts"
import type { SyntheticMarket } from "../../src/simulator/markets/synthetic.ts"
import { makePace } from "./pacing.ts"
import type { Speed } from "./pacing.ts"

export interface DemoOptions {
  readonly seed: number
  readonly instrument: Instrument
  /** Bar length in milliseconds. */
  readonly baseMillis: number
}

export interface SyntheticMarketOptions extends DemoOptions {
  readonly speed: Speed
}

/** Bars that only warm features (MultiTimeframe needs 1,056; decisions 6). */
export const HISTORY = 1_200
const START_PRICE = 12_000_000
/** 2026-01-01T00:00:00Z: fixed, so that equal seeds give equal rows on any day. */
const START_TIME = 1_767_225_600_000

const layer = (options: SyntheticMarketOptions): Layer.Layer<MarketData> =>
  Layer.sync(MarketData, () => {
    const { baseMillis, instrument, seed, speed } = options
    const bars = new Bars(options)
    const pace = makePace(speed)
    const history = Effect.sync(() => bars.history())
    return MarketData.of({
      identity: {
        source: "synthetic",
        key: `${timeframeOf(baseMillis) ?? `${baseMillis}ms`}-${seed}`,
        instrument: instrument.id,
        baseMillis,
        demo: true,
        replayed: true
      },
      history,
      next: Effect.fnUntraced(function*(afterOpenTime: number | null) {
        const candle = bars.after(afterOpenTime)
        yield* pace.wait(candle.closeTime)
        const event: MarketEvent = { _tag: "Closed", candle }
        return event
      })
    })
  })

/** The market as a sequence that can be asked again: asking for an earlier bar starts it anew from the seed. */
class Bars {
  readonly #options: SyntheticMarketOptions
  #market: ReturnType<typeof makeSyntheticMarket>
  #ahead: Candle
  #previous = Number.NEGATIVE_INFINITY
  readonly #history: ReadonlyArray<Candle>

  constructor(options: SyntheticMarketOptions) {
    this.#options = options
    this.#market = this.#fresh()
    this.#history = Array.from({ length: HISTORY }, () => this.#market.next())
    this.#ahead = this.#market.next()
  }

  history(): ReadonlyArray<Candle> {
    return this.#history
  }

  /** The first bar after history and after `openTime`. */
  after(openTime: number | null): Candle {
    const wanted = openTime ?? Number.NEGATIVE_INFINITY
    if (wanted < this.#previous) {
      this.#market = this.#fresh()
      this.#market.skip(HISTORY)
      this.#ahead = this.#market.next()
      this.#previous = Number.NEGATIVE_INFINITY
    }
    while (this.#ahead.openTime <= wanted) {
      this.#previous = this.#ahead.openTime
      this.#ahead = this.#market.next()
    }
    return this.#ahead
  }

  #fresh() {
    return demoBars(this.#options)
  }
}

/** The demo market's bars from its first one on, `HISTORY` of them before trading begins. */
export const demoBars = ({ baseMillis, instrument, seed }: DemoOptions): SyntheticMarket => {
  const tick = toFloat(instrument.tick, instrument.priceScale)
  return makeSyntheticMarket({ seed, startPrice: START_PRICE, startTime: START_TIME, baseMillis, tick })
}

export { layer }
