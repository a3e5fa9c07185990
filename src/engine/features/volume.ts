/**
 * The volume family: this bar's volume against its mean.
 * In: volume and the simple mean that includes it. Out: a ratio, 1 = as usual.
 * Source: phase19.md section 2, row 11; twenty bars without a trade are 1, as no movement is neutral (decisions 26).
 */
import type { Feature } from "./Feature.ts"

const VOLUME_WINDOW = 20

const VOLUME_RATIO = {
  name: "volume_ratio",
  category: "volume",
  firstBar: 19,
  formula: "volume / simple mean of volume, this bar included; 1 when the mean is 0",
  windows: [VOLUME_WINDOW]
} as const satisfies Feature

/** Volume over its mean; 1 when nothing was traded at all. */
const volumeRatio = (volume: number, mean: number): number => mean === 0 ? 1 : volume / mean

export { VOLUME_RATIO, VOLUME_WINDOW, volumeRatio }
