/**
 * ATRBased: mean reversion at the band and at RSI extremes, judged by how restless the market is.
 * In: band position, RSI, and ATR over close of the last 20 bars. Out: an answer against the extreme.
 * Source: phase19.md 3.1. RSI alone is reachable: it needs a restless market and RSI beyond 97.6 or 2.4.
 */
import type { Settings } from "../../domain/Settings.ts"
import { FEATURE_INDEX as AT } from "../features/phase19.ts"
import { WIDTH } from "../Observation.ts"
import type { Answer, Strategy } from "./Strategy.ts"
import { enter, hold } from "./Strategy.ts"
import type { StrategyContext } from "./StrategyContext.ts"

type Params = Settings["strategies"]["atrBased"]

const REGIME_WINDOW = 20
const QUIET = 0.5
const RESTLESS = 1.5
const RESTLESS_FACTOR = 1.2
const ALONE_FACTOR = 0.7
const STRONGER_FACTOR = 0.8

const NEUTRAL = hold("band and RSI are both neutral")
const DISAGREE = hold("band and RSI disagree")
const LOW_VOLATILITY = hold("volatility is low for this market")

const atrBased: Strategy<Params> = {
  id: "ATRBased",
  version: 1,
  warmup: { base: 34, higher: 0 },
  requires: { base: ["close", "atr_14", "bb_position", "rsi_14"], higher: [] },
  decide: (ctx, params): Answer => {
    const band = bandVote(ctx.feature(AT.bb_position, 0))
    const rsi = rsiVote(ctx.feature(AT.rsi_14, 0))
    if (band === 0 && rsi === 0) return NEUTRAL
    const disagree = band * rsi < 0
    if (disagree && params.onDisagreement === "hold") return DISAGREE
    const volatility = relativeVolatility(ctx)
    if (volatility < QUIET) return LOW_VOLATILITY
    const factor = volatility > RESTLESS ? RESTLESS_FACTOR : 1
    if (disagree) {
      const stronger = Math.abs(rsi) > Math.abs(band) ? rsi : band
      return enter(
        stronger,
        Math.abs(stronger) * STRONGER_FACTOR * factor,
        params,
        "stronger of band and RSI, which disagree"
      )
    }
    if (rsi === 0) return enter(band, Math.abs(band) * ALONE_FACTOR * factor, params, "band alone")
    if (band === 0) return enter(rsi, Math.abs(rsi) * ALONE_FACTOR * factor, params, "RSI alone")
    const both = Math.min(Math.abs(band) + Math.abs(rsi), 1)
    return enter(band, both * factor, params, "band and RSI agree")
  }
}

/** Signed confidence: sell (negative) above 0.8, buy below 0.2, 0.3 to 0.7 in size; 0 between. */
const bandVote = (position: number): number => {
  if (position >= 0.8) return -(0.3 + 0.4 * Math.min((position - 0.8) / 0.2, 1))
  if (position <= 0.2) return 0.3 + 0.4 * Math.min((0.2 - position) / 0.2, 1)
  return 0
}

/** Signed confidence: sell (negative) from 70, buy down to 30, 0.2 to 0.5 in size; 0 between. */
const rsiVote = (rsi: number): number => {
  if (rsi >= 70) return -(0.2 + 0.3 * Math.min((rsi - 70) / 30, 1))
  if (rsi <= 30) return 0.2 + 0.3 * Math.min((30 - rsi) / 30, 1)
  return 0
}

/** m: ATR over close now, over its mean of the last 20 bars; 0 when nothing moved. */
const relativeVolatility = (ctx: StrategyContext): number => {
  const { close, rows } = ctx.columns
  const oldest = ctx.oldestOf(REGIME_WINDOW)
  let share = 0
  let sum = 0
  for (let at = oldest; at < oldest + REGIME_WINDOW; at++) {
    share = rows[at * WIDTH + AT.atr_14]! / close[at]!
    sum += share
  }
  return sum === 0 ? 0 : share / (sum / REGIME_WINDOW)
}

export { atrBased, relativeVolatility }
