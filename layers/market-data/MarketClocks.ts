/**
 * Market time: the close of the newest bar on a replayed market, the wall clock on a live one.
 * In: advances from the feed. Out: `now` in UTC milliseconds, which never goes back.
 * Two layers behind one port, so that nothing downstream asks which market it is on (decisions 47).
 */
import { Clock, Effect, Layer } from "effect"
import { MarketClock } from "../../src/ports/MarketData.ts"

/** Stands at 0 until the first advance. */
const layerReplayed: Layer.Layer<MarketClock> = Layer.sync(MarketClock, () => {
  let newest = 0
  return {
    now: () => newest,
    advance: (instant) => {
      if (instant > newest) newest = instant
    }
  }
})

const layerLive: Layer.Layer<MarketClock> = Layer.effect(
  MarketClock,
  Effect.map(Clock.Clock, (clock) => {
    let newest = 0
    return MarketClock.of({
      // A wall clock that was set back does not take market time with it.
      now: () => newest = Math.max(newest, clock.currentTimeMillisUnsafe()),
      advance: () => {}
    })
  })
)

export { layerLive, layerReplayed }
