/**
 * The stationary spec: the same market without units of price or volume, so that years and coins compare (L-18).
 * In: the newest phase19 row of a frame and its bars. Out: twelve numbers written into `out`, NaN while undefined.
 * Source: decisions 27. ATR 0 makes its ratios 0; a bar without volume has no logarithm and leaves the row undefined.
 */
import type { Frame } from "../Observation.ts"
import { WIDTH } from "../Observation.ts"
import type { Category, Feature } from "./Feature.ts"
import { FEATURE_INDEX as AT } from "./phase19.ts"
import { inUnits } from "./rolling.ts"

const row = <const Name extends string>(
  name: Name,
  category: Category,
  firstBar: number,
  formula: string,
  windows: ReadonlyArray<number>
): Feature & { readonly name: Name } => ({ name, category, firstBar, formula, windows })

const STATIONARY = [
  row("log_return_1", "basic", 1, "ln(close[t] / close[t-1])", [1]),
  row("log_return_4", "basic", 4, "ln(close[t] / close[t-4])", [4]),
  row("rsi_centered", "momentum", 14, "(rsi_14 - 50) / 50", [14]),
  row("macd_atr", "momentum", 25, "macd / atr_14; 0 when atr_14 is 0", [12, 26, 14]),
  row("macd_histogram_atr", "momentum", 33, "(macd - macd_signal) / atr_14; 0 when atr_14 is 0", [
    12,
    26,
    9,
    14
  ]),
  row("atr_share", "volatility", 14, "atr_14 / close", [14]),
  row("bb_centered", "volatility", 19, "bb_position - 0.5", [20]),
  row("ema_20_distance", "trend", 19, "(close - ema_20) / atr_14; 0 when atr_14 is 0", [20, 14]),
  row("ema_50_distance", "trend", 49, "(close - ema_50) / atr_14; 0 when atr_14 is 0", [50, 14]),
  row("log_volume_ratio", "volume", 19, "ln(volume_ratio)", [20]),
  row("zscore", "anomaly", 19, "zscore", [20]),
  row("range_atr", "anomaly", 14, "(high - low) / atr_14; 0 when atr_14 is 0", [14])
]

/** Fills `out` (length WIDTH) from the newest row of `frame`, whose phase19 features must already stand in it. */
const fillStationary = (frame: Frame, out: Float64Array): void => {
  const newest = frame.end - 1
  const from = newest * WIDTH
  const rows = frame.rows
  const close = rows[from + AT.close]!
  const atr = rows[from + AT.atr_14]!
  const macd = rows[from + AT.macd]!
  out[0] = frame.count > 1 ? Math.log(close / frame.close[newest - 1]!) : NaN
  out[1] = frame.count > 4 ? Math.log(close / frame.close[newest - 4]!) : NaN
  out[2] = (rows[from + AT.rsi_14]! - 50) / 50
  out[3] = inUnits(macd, atr)
  out[4] = inUnits(macd - rows[from + AT.macd_signal]!, atr)
  out[5] = atr / close
  out[6] = rows[from + AT.bb_position]! - 0.5
  out[7] = inUnits(close - rows[from + AT.ema_20]!, atr)
  out[8] = inUnits(close - rows[from + AT.ema_50]!, atr)
  const ratio = rows[from + AT.volume_ratio]!
  out[9] = ratio > 0 ? Math.log(ratio) : NaN
  out[10] = rows[from + AT.zscore]!
  out[11] = inUnits(frame.high[newest]! - frame.low[newest]!, atr)
}

export { fillStationary, STATIONARY }
