/**
 * Bars of the seeded synthetic market as an array, for tests that a stranger's clone must pass too.
 * In: seed, how many. Out: closed bars of 15 minutes, BTC/JPY.
 */
import type { Candle } from "../../src/domain/Candle.ts"
import { makeSyntheticMarket } from "../../src/simulator/markets/synthetic.ts"

export const FIFTEEN_MINUTES = 900_000

export const syntheticBars = (seed: number, count: number): ReadonlyArray<Candle> => {
  const market = makeSyntheticMarket({
    seed,
    startPrice: 12_000_000,
    startTime: 1_767_225_600_000,
    baseMillis: FIFTEEN_MINUTES,
    tick: 1
  })
  return Array.from({ length: count }, () => market.next())
}
