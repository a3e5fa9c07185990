/**
 * MochipoyAlert: three votes on the trend: two averages, MACD, and RCI against the crowd.
 * In: ema_20, ema_50, macd and the order of the last 14 closes. Out: the side of two or three equal votes.
 * Source: phase19.md 3.2. RCI counts a tie as no order at all: ranking ties lowest made a flat market a buy.
 */
import type { Settings } from "../../domain/Settings.ts"
import { FEATURE_INDEX as AT } from "../features/phase19.ts"
import type { Answer, Strategy } from "./Strategy.ts"
import { enter, hold } from "./Strategy.ts"
import type { FrameContext } from "./StrategyContext.ts"

type Params = Settings["strategies"]["mochipoyAlert"]

const RCI_WINDOW = 14
/** Sum of all distances in time between two of 14 bars: what `ordered` reaches when every pair rises. */
const RCI_FULL = RCI_WINDOW * (RCI_WINDOW * RCI_WINDOW - 1) / 6
const RCI_EXTREME = 80
const THIRD_VOTE = 0.2
/** Share of the price below which two averages have met: what is left between them is rounding, not movement. */
const ROUNDING = 1e-12

const NO_VOTE = hold("no vote")
const CANCELLED = hold("one vote each way")
const LONE = hold("one vote alone")

const mochipoyAlert: Strategy<Params> = {
  id: "MochipoyAlert",
  version: 1,
  warmup: { base: 50, higher: 0 },
  requires: { base: ["close", "ema_20", "ema_50", "macd", "atr_14"], higher: [] },
  decide: (ctx, params): Answer => {
    const rounding = ROUNDING * ctx.close(0)
    const trend = signBeyond(ctx.feature(AT.ema_20, 0) - ctx.feature(AT.ema_50, 0), rounding)
    const macd = signBeyond(ctx.feature(AT.macd, 0), rounding)
    // Two equal votes are never outvoted: then only a third one like them matters, which is far cheaper to rule out.
    const rci = -Math.sign(extremeRci(ctx, trend === macd ? -trend : 0))
    const sum = trend + macd + rci
    const voters = Math.abs(trend) + Math.abs(macd) + Math.abs(rci)
    if (voters === 0) return NO_VOTE
    if (voters === 2 && sum === 0) return CANCELLED
    if (voters === 1) {
      return params.loneVote > 0
        ? enter(sum, params.loneVote, params, "one vote, none against")
        : LONE
    }
    if (Math.abs(sum) === 3) return enter(sum, params.twoVotes + THIRD_VOTE, params, "three votes agree")
    return enter(sum, params.twoVotes, params, "two of three votes agree")
  }
}

const signBeyond = (value: number, limit: number): number => value > limit ? 1 : value < -limit ? -1 : 0

/**
 * RCI14 where it is extreme (-100..-80 and 80..100), else 0: 100 when every close is above all earlier ones. Equal to
 * (1 - 6 sum d^2 / (n (n^2 - 1))) x 100 where no two closes are equal; a pair of equal closes adds nothing, so no
 * movement is 0 and a mirror is exact. The most distant pairs weigh most, so they come first, and it stops as soon as
 * the pairs left cannot reach 80. `toward` 1 or -1 asks for the extreme of that sign only and gives 0 for the other.
 */
const extremeRci = (ctx: FrameContext, toward: number): number => {
  const { close } = ctx.columns
  const oldest = ctx.oldestOf(RCI_WINDOW)
  let ordered = 0
  let left = RCI_FULL
  for (let distance = RCI_WINDOW - 1; distance > 0; distance--) {
    const pairs = RCI_WINDOW - distance
    let rising = 0
    for (let at = oldest; at < oldest + pairs; at++) {
      const before = close[at]!
      const after = close[at + distance]!
      rising += Number(after > before) - Number(after < before)
    }
    ordered += rising * distance
    left -= pairs * distance
    const reached = toward === 0 ? Math.abs(ordered) : toward * ordered
    if (100 * (reached + left) < RCI_EXTREME * RCI_FULL) return 0
  }
  return 100 * ordered / RCI_FULL
}

export { extremeRci, mochipoyAlert }
