/**
 * A bar as the matcher sees it: integer prices, the room it leaves for one order, and prices worsened for the trader.
 * In: a candle. Out: scaled prices or nothing, when nobody could have traded in it (C53).
 * Pure; the only place where a float of the market becomes a price of the exchange.
 */
import type { ClosedBar } from "../domain/Candle.ts"
import type { Instrument } from "../domain/Instrument.ts"
import { powerOfTen, toPrice } from "../domain/money.ts"
import type { Ppm, Price } from "../domain/money.ts"
import type { Side } from "../domain/Vote.ts"

/** Prices scaled; `room` is the most base units one order may take from this bar, a multiple of the lot. */
interface Bar {
  readonly open: Price
  readonly high: Price
  readonly low: Price
  readonly room: number
}

/** The bar's prices, or undefined when it is no bar (NaN, high below low) or leaves no lot to trade. */
const barOf = (instrument: Instrument, participation: number, candle: ClosedBar): Bar | undefined => {
  if (!holdsTogether(candle)) return undefined
  if (candle.high * powerOfTen(instrument.priceScale) > Number.MAX_SAFE_INTEGER) return undefined
  const share = candle.volume * participation * powerOfTen(instrument.amountScale)
  const room = Math.floor(Math.min(share, Number.MAX_SAFE_INTEGER / 2) / instrument.lot) * instrument.lot
  if (!(room > 0)) return undefined
  return {
    open: toPrice(candle.open, instrument.priceScale),
    high: toPrice(candle.high, instrument.priceScale),
    low: toPrice(candle.low, instrument.priceScale),
    room
  }
}

/** `at` moved against the trader by the slippage, then on to the next tick in the same direction; at least one tick. */
const slipped = (at: Price, side: Side, slippage: Ppm, tick: Price): Price => {
  const scaled = BigInt(at) * BigInt(side === "buy" ? 1_000_000 + slippage : 1_000_000 - slippage)
  const step = BigInt(tick) * 1_000_000n
  const steps = side === "buy" ? (scaled + step - 1n) / step : scaled / step
  return Number((steps < 1n ? 1n : steps) * BigInt(tick)) as Price
}

// Comparisons with NaN are false, so one chain refuses every unreadable bar.
const holdsTogether = (candle: ClosedBar): boolean =>
  candle.low > 0 && candle.low <= candle.open && candle.low <= candle.close && candle.open <= candle.high &&
  candle.close <= candle.high

export { barOf, slipped }
export type { Bar }
