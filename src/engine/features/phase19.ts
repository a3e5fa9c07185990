/**
 * The phase19 spec: twelve features on closed bars, in the one order that counts.
 * In: the definitions beside each formula. Out: the row that strategies read on both frames, and the place of each name.
 * Source: phase19.md section 2. The order given to a model is this table's and nothing else's (L-18).
 */
import { ZSCORE } from "./anomaly.ts"
import { CLOSE, RETURNS, VOLUME } from "./basic.ts"
import type { Feature } from "./Feature.ts"
import { MACD, MACD_SIGNAL, RSI } from "./momentum.ts"
import { EMA_LONG, EMA_SHORT } from "./trend.ts"
import { ATR, BAND_POSITION } from "./volatility.ts"
import { VOLUME_RATIO } from "./volume.ts"

const PHASE19 = [
  CLOSE,
  VOLUME,
  RETURNS,
  RSI,
  MACD,
  MACD_SIGNAL,
  ATR,
  BAND_POSITION,
  EMA_SHORT,
  EMA_LONG,
  VOLUME_RATIO,
  ZSCORE
] as const satisfies ReadonlyArray<Feature>

export type FeatureName = typeof PHASE19[number]["name"]

declare const isPlace: unique symbol

/** Where a phase19 feature stands in its row: only `FEATURE_INDEX` has one. */
export type FeaturePlace = number & { readonly [isPlace]: true }

/** Place of each feature in its row. */
const FEATURE_INDEX = Object.fromEntries(PHASE19.map((feature, index) => [feature.name, index])) as Readonly<
  Record<FeatureName, FeaturePlace>
>

export { FEATURE_INDEX, PHASE19 }
