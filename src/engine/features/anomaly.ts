/**
 * The anomaly family: how many standard deviations the close stands from its mean.
 * In: close, mean and sample deviation of the band window. Out: a z-score, 0 = at the mean.
 * Source: phase19.md section 2, row 12; no movement is 0 (decisions 26).
 */
import type { Feature } from "./Feature.ts"
import { inUnits } from "./rolling.ts"
import { BAND_WINDOW } from "./volatility.ts"

const ZSCORE = {
  name: "zscore",
  category: "anomaly",
  firstBar: 19,
  formula: "(close - mean) / sample sd; 0 when sd is 0",
  windows: [BAND_WINDOW]
} as const satisfies Feature

/** Distance of the close from its mean in deviations. */
const zscoreOf = (close: number, mean: number, deviation: number): number => inUnits(close - mean, deviation)

export { ZSCORE, zscoreOf }
