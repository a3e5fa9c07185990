/**
 * Whether a strategy stands so near one of its thresholds that a mirrored market may fall on the other side.
 * In: the view of a bar. Out: true = the mirror property leaves the case out and counts it (decisions 26).
 * Ratios of prices move by up to 2 % under the mirror: those get 3 %. Everything else mirrors to the last bit but one.
 */
import { FEATURE_INDEX as AT } from "../../../src/engine/features/phase19.ts"
import { relativeVolatility } from "../../../src/engine/strategy/atrBased.ts"
import { lastSwing } from "../../../src/engine/strategy/fibonacciRetracement.ts"
import type { StrategyContext } from "../../../src/engine/strategy/StrategyContext.ts"

/** 3 % of the threshold. */
const close = (value: number, threshold: number): boolean =>
  Math.abs(value - threshold) <= 0.03 * Math.abs(threshold)
/** Within rounding of it. */
const touches = (value: number, threshold: number, unit = 1): boolean =>
  Math.abs(value - threshold) <= 1e-7 * unit

const rsi = (ctx: StrategyContext): boolean =>
  [30, 70].some((level) => touches(ctx.feature(AT.rsi_14, 0), level, 100))

const atrBased = (ctx: StrategyContext): boolean => {
  const volatility = relativeVolatility(ctx)
  return rsi(ctx) || [0.2, 0.8].some((level) => touches(ctx.feature(AT.bb_position, 0), level))
    || close(volatility, 0.5) || close(volatility, 1.5)
}

const mochipoyAlert = (ctx: StrategyContext): boolean =>
  touches(ctx.feature(AT.ema_20, 0), ctx.feature(AT.ema_50, 0), ctx.close(0)) ||
  touches(ctx.feature(AT.macd, 0), 0, ctx.close(0))

const multiTimeframe = (ctx: StrategyContext): boolean => {
  const { higher } = ctx
  const average = higher.feature(AT.ema_50, 0)
  const change = average / higher.feature(AT.ema_50, 16) - 1
  return rsi(ctx)
    || close(Math.abs(change), 0.002)
    || Math.abs(change) > 0.002 && close(higher.feature(AT.atr_14, 0) / higher.close(0), 0.005)
    || touches(higher.close(0), average, average)
    || nearPullback(ctx)
}

const nearPullback = (ctx: StrategyContext): boolean => {
  const [now, before] = [0, 1].map((back) => ctx.close(back) - ctx.feature(AT.ema_20, back)) as [
    number,
    number
  ]
  if (touches(now, 0, ctx.close(0)) || touches(before, 0, ctx.close(0))) return true
  if (now * before > 0) return false
  const low = Math.min(...[0, 1, 2, 3].map((back) => ctx.low(back)))
  const high = Math.max(...[0, 1, 2, 3].map((back) => ctx.high(back)))
  return close(now > 0 ? ctx.close(0) / low - 1 : 1 - ctx.close(0) / high, 0.005)
}

const fibonacciRetracement = (ctx: StrategyContext): boolean => {
  const { high, low, trend } = lastSwing(ctx)
  const range = high - low
  if (rsi(ctx) || close(range / ctx.close(0), 0.01)) return true
  return [0.236, 0.382, 0.5, 0.618].some((ratio) => {
    const level = trend > 0 ? high - range * ratio : low + range * ratio
    return close(Math.abs(ctx.close(0) - level) / ctx.close(0), 0.01)
  })
}

/** By strategy id. */
export const NEAR: Readonly<Record<string, (ctx: StrategyContext) => boolean>> = {
  ATRBased: atrBased,
  MochipoyAlert: mochipoyAlert,
  MultiTimeframe: multiTimeframe,
  FibonacciRetracement: fibonacciRetracement
}

export { close }
