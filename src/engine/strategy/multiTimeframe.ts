/**
 * MultiTimeframe: the trend of the higher frame, entered on the base frame.
 * In: ema_50 and ATR of closed higher bars; crossing, RSI and pullback of base bars. Out: a side when both halves allow it.
 * Source: phase19.md 3.4, with two real timeframes (L-33). A thin higher bar makes it silent, see tally.ts.
 */
import type { Settings } from "../../domain/Settings.ts"
import { FEATURE_INDEX as AT } from "../features/phase19.ts"
import type { Answer, Strategy } from "./Strategy.ts"
import { enter, hold } from "./Strategy.ts"
import type { FrameContext } from "./StrategyContext.ts"

type Params = Settings["strategies"]["multiTimeframe"]

const TREND_BARS = 16
const TREND_CHANGE = 0.002
const TREND_VOLATILITY = 0.005
const PULLBACK_BARS = 4
const PULLBACK = 0.005
const TREND_WEIGHT = 0.6
const ENTRY_WEIGHT = 0.4

const NEITHER = hold("neither trend nor entry")
const APART = hold("trend and entry do not agree")

const multiTimeframe: Strategy<Params> = {
  id: "MultiTimeframe",
  version: 1,
  warmup: { base: 50, higher: 50 + TREND_BARS },
  requires: {
    base: ["close", "ema_20", "ema_50", "rsi_14", "atr_14"],
    higher: ["close", "ema_50", "atr_14"]
  },
  decide: (ctx, params): Answer => {
    const trend = higherTrend(ctx.higher)
    const entry = baseEntry(ctx)
    if (trend === 0 && entry === 0) return NEITHER
    const score = TREND_WEIGHT * trend + ENTRY_WEIGHT * entry
    if (trend === entry) return enter(trend, Math.abs(score), params, "trend and entry agree")
    if (params.requireAgreement) return APART
    return enter(score, Math.abs(score), params, "weighted score of trend and entry")
  }
}

/** +1, -1 or 0: ema_50 moved over 16 bars, the close stands beyond it, and the market is not asleep. */
const higherTrend = (higher: FrameContext): number => {
  const close = higher.close(0)
  const average = higher.feature(AT.ema_50, 0)
  const change = average / higher.feature(AT.ema_50, TREND_BARS) - 1
  if (!(higher.feature(AT.atr_14, 0) / close > TREND_VOLATILITY)) return 0
  if (change > TREND_CHANGE && close > average) return 1
  if (change < -TREND_CHANGE && close < average) return -1
  return 0
}

/** +1, -1 or 0: at least two of crossing, RSI extreme and pullback (which counts only with a crossing). */
const baseEntry = (base: FrameContext): number => {
  const crossing = crossed(base)
  const rsi = base.feature(AT.rsi_14, 0)
  const extreme = rsi <= 30 ? 1 : rsi >= 70 ? -1 : 0
  const sum = crossing + extreme + (crossing === 0 ? 0 : pulledBack(base, crossing))
  return sum >= 2 ? 1 : sum <= -2 ? -1 : 0
}

const crossed = (base: FrameContext): number => {
  const before = base.close(1) - base.feature(AT.ema_20, 1)
  const now = base.close(0) - base.feature(AT.ema_20, 0)
  return before <= 0 && now > 0 ? 1 : before >= 0 && now < 0 ? -1 : 0
}

const pulledBack = (base: FrameContext, crossing: number): number => {
  const close = base.close(0)
  let low = Infinity
  let high = -Infinity
  for (let back = 0; back < PULLBACK_BARS; back++) {
    low = Math.min(low, base.low(back))
    high = Math.max(high, base.high(back))
  }
  if (crossing > 0) return close > low * (1 + PULLBACK) ? 1 : 0
  return close < high * (1 - PULLBACK) ? -1 : 0
}

export { baseEntry, higherTrend, multiTimeframe }
