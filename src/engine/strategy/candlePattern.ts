/**
 * The side that the shape of the newest candle speaks for.
 * In: the newest candle and the one before. Out: +1, -1 or 0; a candle upside down gives the other sign.
 * Source: phase19.md 3.3, in its order: hammer and shooting star, pin bar, engulfing; the first that fits counts.
 */
import type { FrameContext } from "./StrategyContext.ts"

const LONG_WICK = 0.6
const SMALL_BODY = 0.3
const PIN_WICK = 2
const ENGULFING_BODY = 1.1

/** +1 hammer, bullish pin bar or bullish engulfing; -1 their mirror images; 0 none of them. */
const candleSide = (ctx: FrameContext): number => {
  const open = ctx.open(0)
  const close = ctx.close(0)
  const high = ctx.high(0)
  const low = ctx.low(0)
  const range = high - low
  if (!(range > 0)) return 0
  const body = Math.abs(close - open)
  const upper = high - Math.max(open, close)
  const lower = Math.min(open, close) - low
  if (body < SMALL_BODY * range) {
    if (lower >= LONG_WICK * range) return 1
    if (upper >= LONG_WICK * range) return -1
  }
  if (lower > PIN_WICK * body && lower > upper) return 1
  if (upper > PIN_WICK * body && upper > lower) return -1
  return engulfing(open, close, ctx.open(1), ctx.close(1))
}

const engulfing = (open: number, close: number, beforeOpen: number, beforeClose: number): number => {
  if (!(Math.abs(close - open) > ENGULFING_BODY * Math.abs(beforeClose - beforeOpen))) return 0
  if (beforeClose < beforeOpen && close > open && open < beforeClose && close > beforeOpen) return 1
  if (beforeClose > beforeOpen && close < open && open > beforeClose && close < beforeOpen) return -1
  return 0
}

export { candleSide }
