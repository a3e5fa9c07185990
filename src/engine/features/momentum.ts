/**
 * The momentum family: RSI of simple means, and MACD with its signal line.
 * In: the ring of closes; exponential averages kept by FrameState. Out: RSI 0..100, MACD in price units.
 * Source: phase19.md section 2, rows 4-6; simple means, not Wilder's; no movement is 50 (decisions 26).
 */
import type { Feature } from "./Feature.ts"

const RSI_WINDOW = 14
const FAST = 12
const SLOW = 26
const SIGNAL = 9

const RSI = {
  name: "rsi_14",
  category: "momentum",
  firstBar: 14,
  formula: "100 * gains / (gains + losses) over simple sums; 50 when both are 0",
  windows: [RSI_WINDOW]
} as const satisfies Feature
const MACD = {
  name: "macd",
  category: "momentum",
  firstBar: 25,
  formula: "ema(close, 12) - ema(close, 26), seeded with the first value",
  windows: [FAST, SLOW]
} as const satisfies Feature
const MACD_SIGNAL = {
  name: "macd_signal",
  category: "momentum",
  firstBar: 33,
  formula: "ema(macd, 9), seeded with the first value",
  windows: [FAST, SLOW, SIGNAL]
} as const satisfies Feature

/**
 * RSI of the 14 changes before `end`, 0..100; needs 15 closes. Twice the gains and twice the losses are summed, as the change
 * plus and minus its size: the doubling is exact and cancels, and no processor can guess which way a market went.
 */
const rsiOf = (closes: Float64Array, end: number): number => {
  let gains = 0
  let losses = 0
  let before = closes[end - RSI_WINDOW - 1]!
  for (let index = end - RSI_WINDOW; index < end; index++) {
    const close = closes[index]!
    const change = close - before
    const size = Math.abs(change)
    gains += size + change
    losses += size - change
    before = close
  }
  const moved = gains + losses
  return moved === 0 ? 50 : 100 * gains / moved
}

export { FAST, MACD, MACD_SIGNAL, RSI, rsiOf, SIGNAL, SLOW }
