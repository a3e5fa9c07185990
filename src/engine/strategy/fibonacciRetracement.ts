/**
 * FibonacciRetracement: a reversal sign close to a retracement level of the last swing.
 * In: 20 bars, RSI, the newest candle and its volume. Out: the side of the sign, surer at strong levels.
 * Source: phase19.md 3.3 with its three defects removed: trend sign, one-sided volume vote, level bonus twice (L-34).
 */
import type { Settings } from "../../domain/Settings.ts"
import { FEATURE_INDEX as AT } from "../features/phase19.ts"
import { candleSide } from "./candlePattern.ts"
import type { Answer, Strategy } from "./Strategy.ts"
import { enter, hold } from "./Strategy.ts"
import type { StrategyContext } from "./StrategyContext.ts"

type Params = Settings["strategies"]["fibonacciRetracement"]

const SWING_BARS = 20
const MIN_SWING = 0.01
/** Nearly half of it, so that a band of the close plus and minus this is narrower than the least swing in any rounding. */
const CALM = 0.499 * MIN_SWING
const NEAR = 0.01
const LEVELS = [
  { ratio: 0.236, strong: false },
  { ratio: 0.382, strong: true },
  { ratio: 0.5, strong: true },
  { ratio: 0.618, strong: true }
] as const
const VOLUME_BARS = 10
const VOLUME_SPIKE = 1.5
const BASE_CONFIDENCE = 0.3
const PATTERN_STRENGTH = 0.5
const VOLUME_STRENGTH = 0.3
const STRONG_BONUS = 0.15
const PROXIMITY_BONUS = 0.1
const EXTRA_LEVEL_BONUS = 0.05
const COUNTER_TREND_BONUS = 0.1

const NARROW = hold("swing is not wider than 1 % of the price")
const NO_DIRECTION = hold("highest and lowest price fell in one bar")
const NO_LEVEL = hold("no level within 1 %")
const NO_SIGN = hold("no reversal sign")
const MIXED = hold("reversal signs disagree")

const fibonacciRetracement: Strategy<Params> = {
  id: "FibonacciRetracement",
  version: 1,
  warmup: { base: 20, higher: 0 },
  requires: { base: ["close", "rsi_14", "atr_14"], higher: [] },
  decide: (ctx, params): Answer => {
    const close = ctx.close(0)
    if (isCalm(ctx, close)) return NARROW
    const swing = lastSwing(ctx)
    const range = swing.high - swing.low
    if (!(range > MIN_SWING * close)) return NARROW
    if (swing.trend === 0) return NO_DIRECTION
    let near = 0
    let nearest = Infinity
    let strong = false
    for (const level of LEVELS) {
      const price = swing.trend > 0 ? swing.high - range * level.ratio : swing.low + range * level.ratio
      const distance = Math.abs(close - price) / close
      if (distance <= NEAR) near += 1
      if (distance < nearest) {
        nearest = distance
        strong = level.strong
      }
    }
    if (near === 0) return NO_LEVEL
    const sign = reversal(ctx)
    if (sign.buy === 0 && sign.sell === 0) return NO_SIGN
    if (sign.buy > 0 && sign.sell > 0) return MIXED
    const side = sign.buy > 0 ? 1 : -1
    const confidence = BASE_CONFIDENCE + sign.strength
      + (strong ? STRONG_BONUS : 0)
      + PROXIMITY_BONUS * (1 - nearest / NEAR)
      + EXTRA_LEVEL_BONUS * (near - 1)
      + (side === swing.trend ? 0 : COUNTER_TREND_BONUS)
    return enter(side, confidence, params, strong ? "reversal at a strong level" : "reversal at a weak level")
  }
}

// Most bars of a minute market are narrow, and finding out which bar was highest costs far more than seeing that none left
// a band that is narrow itself. Only a shortcut: what is not seen to be calm is measured.
const isCalm = (ctx: StrategyContext, close: number): boolean => {
  const { high, low } = ctx.columns
  const top = close * (1 + CALM)
  const bottom = close * (1 - CALM)
  const oldest = ctx.oldestOf(SWING_BARS)
  for (let at = oldest; at < oldest + SWING_BARS; at++) {
    if (!(high[at]! <= top && low[at]! >= bottom)) return false
  }
  return true
}

interface Swing {
  readonly high: number
  readonly low: number
  /** +1 the high came after the low: the swing went up; -1 down; 0 both in one bar. */
  readonly trend: number
}

/** Highest and lowest price of the last 20 bars, the earlier bar where two are equal. */
const lastSwing = (ctx: StrategyContext): Swing => {
  const { high: highs, low: lows } = ctx.columns
  const oldest = ctx.oldestOf(SWING_BARS)
  let high = -Infinity
  let low = Infinity
  let highAt = oldest
  let lowAt = oldest
  for (let at = oldest; at < oldest + SWING_BARS; at++) {
    const top = highs[at]!
    const bottom = lows[at]!
    if (top > high) {
      high = top
      highAt = at
    }
    if (bottom < low) {
      low = bottom
      lowAt = at
    }
  }
  return { high, low, trend: Math.sign(highAt - lowAt) }
}

interface Signs {
  readonly buy: number
  readonly sell: number
  /** Sum of the strengths of all votes; they are of one side whenever it is used. */
  readonly strength: number
}

/** RSI extreme, candle pattern, and a volume spike, which takes the candle's side: its pattern's, else its colour's. */
const reversal = (ctx: StrategyContext): Signs => {
  let buy = 0
  let sell = 0
  let strength = 0
  const rsi = ctx.feature(AT.rsi_14, 0)
  if (rsi <= 30) {
    buy += 1
    strength += (30 - rsi) / 30
  } else if (rsi >= 70) {
    sell += 1
    strength += (rsi - 70) / 30
  }
  const pattern = candleSide(ctx)
  if (pattern !== 0) strength += PATTERN_STRENGTH
  if (pattern > 0) buy += 1
  if (pattern < 0) sell += 1
  const side = pattern === 0 ? Math.sign(ctx.close(0) - ctx.open(0)) : pattern
  if (side !== 0 && hasVolumeSpike(ctx)) {
    strength += VOLUME_STRENGTH
    if (side > 0) buy += 1
    else sell += 1
  }
  return { buy, sell, strength }
}

const hasVolumeSpike = (ctx: StrategyContext): boolean => {
  const { volume } = ctx.columns
  const oldest = ctx.oldestOf(VOLUME_BARS)
  let sum = 0
  for (let at = oldest; at < oldest + VOLUME_BARS; at++) sum += volume[at]!
  return sum > 0 && ctx.volume(0) >= VOLUME_SPIKE * (sum / VOLUME_BARS)
}

export { fibonacciRetracement, lastSwing, reversal }
