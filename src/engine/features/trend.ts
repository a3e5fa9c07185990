/**
 * The trend family: two exponential averages of the close.
 * In: spans. Out: their definitions; the recursion is rolling.ts `average`, its state is kept by FrameState.
 * Source: phase19.md section 2, rows 9-10; seeded with the first close, no bias adjustment.
 */
import type { Feature } from "./Feature.ts"

const SHORT = 20
const LONG = 50

const EMA_SHORT = {
  name: "ema_20",
  category: "trend",
  firstBar: 19,
  formula: "ema(close, 20), seeded with the first value",
  windows: [SHORT]
} as const satisfies Feature
const EMA_LONG = {
  name: "ema_50",
  category: "trend",
  firstBar: 49,
  formula: "ema(close, 50), seeded with the first value",
  windows: [LONG]
} as const satisfies Feature

export { EMA_LONG, EMA_SHORT, LONG, SHORT }
