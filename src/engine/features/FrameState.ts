/**
 * The features of one timeframe: its ring of bars and rows, and the recursions behind them.
 * In: closed bars in order. Out: the frame, its newest row filled; undefined features are NaN, nothing is filled in (L-39).
 * Recursions run from bar 0 on the raw series, only the output is masked (decisions 26). No allocation a bar.
 */
import type { Bar, Frame } from "../Observation.ts"
import { DEPTH, WIDTH } from "../Observation.ts"
import { ZSCORE, zscoreOf } from "./anomaly.ts"
import { RETURNS, simpleReturn } from "./basic.ts"
import { FAST, MACD, MACD_SIGNAL, RSI, rsiOf, SIGNAL, SLOW } from "./momentum.ts"
import { FEATURE_INDEX as AT } from "./phase19.ts"
import { alphaOf, average, deviationOf, meanOf, store } from "./rolling.ts"
import { EMA_LONG, EMA_SHORT, LONG, SHORT } from "./trend.ts"
import { ATR, ATR_WINDOW, BAND_POSITION, BAND_WINDOW, bandPosition, trueRangeOf } from "./volatility.ts"
import { VOLUME_RATIO, VOLUME_WINDOW, volumeRatio } from "./volume.ts"

/** A frame with what its next row needs; one owner. */
export interface FrameState {
  readonly frame: Frame
  /** True ranges, ringed like the frame's columns. */
  readonly trueRange: Float64Array
  /** Exponential averages: fast, slow, signal, short, long. */
  readonly averages: Float64Array
}

const ALPHAS = [FAST, SLOW, SIGNAL, SHORT, LONG].map(alphaOf) as [number, number, number, number, number]
const [ALPHA_FAST, ALPHA_SLOW, ALPHA_SIGNAL, ALPHA_SHORT, ALPHA_LONG] = ALPHAS

const column = (): Float64Array => new Float64Array(2 * DEPTH).fill(NaN)

/** An empty frame of bars `millis` long. */
const makeFrameState = (millis: number): FrameState => ({
  frame: {
    millis,
    openTime: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    rows: new Float64Array(2 * DEPTH * WIDTH).fill(NaN),
    end: 0,
    count: 0,
    seen: 0
  },
  trueRange: column(),
  averages: new Float64Array(ALPHAS.length).fill(NaN)
})

/** Adds one closed bar of finite, positive prices and fills its row. */
const foldBar = (state: FrameState, bar: Bar): void => {
  const frame = state.frame
  const index = frame.seen
  const at = index % DEPTH
  const previousClose = index === 0 ? NaN : frame.close[frame.end - 1]!
  store(frame.openTime, at, DEPTH, bar.openTime)
  store(frame.open, at, DEPTH, bar.open)
  store(frame.high, at, DEPTH, bar.high)
  store(frame.low, at, DEPTH, bar.low)
  store(frame.close, at, DEPTH, bar.close)
  store(frame.volume, at, DEPTH, bar.volume)
  store(state.trueRange, at, DEPTH, trueRangeOf(bar.high, bar.low, previousClose))
  frame.end = at + DEPTH + 1
  frame.count = index < DEPTH ? index + 1 : DEPTH
  frame.seen = index + 1
  stepAverages(state.averages, index, bar.close)
  fillRow(state, bar, index, previousClose)
}

const stepAverages = (averages: Float64Array, index: number, close: number): void => {
  if (index === 0) {
    averages.fill(close)
    averages[2] = 0
    return
  }
  const fast = average(averages[0]!, close, ALPHA_FAST)
  const slow = average(averages[1]!, close, ALPHA_SLOW)
  averages[0] = fast
  averages[1] = slow
  averages[2] = average(averages[2]!, fast - slow, ALPHA_SIGNAL)
  averages[3] = average(averages[3]!, close, ALPHA_SHORT)
  averages[4] = average(averages[4]!, close, ALPHA_LONG)
}

const fillRow = (state: FrameState, bar: Bar, index: number, previousClose: number): void => {
  const frame = state.frame
  const rows = frame.rows
  const end = frame.end
  const averages = state.averages
  const close = bar.close
  const from = (end - 1) * WIDTH
  rows[from + AT.close] = close
  rows[from + AT.volume] = bar.volume
  rows[from + AT.returns_1] = index < RETURNS.firstBar ? NaN : simpleReturn(close, previousClose)
  rows[from + AT.rsi_14] = index < RSI.firstBar ? NaN : rsiOf(frame.close, end)
  rows[from + AT.macd] = index < MACD.firstBar ? NaN : averages[0]! - averages[1]!
  rows[from + AT.macd_signal] = index < MACD_SIGNAL.firstBar ? NaN : averages[2]!
  rows[from + AT.atr_14] = index < ATR.firstBar ? NaN : meanOf(state.trueRange, end, ATR_WINDOW)
  rows[from + AT.ema_20] = index < EMA_SHORT.firstBar ? NaN : averages[3]!
  rows[from + AT.ema_50] = index < EMA_LONG.firstBar ? NaN : averages[4]!
  let position = NaN
  let ratio = NaN
  let score = NaN
  if (index >= BAND_POSITION.firstBar && index >= ZSCORE.firstBar) {
    const mean = meanOf(frame.close, end, BAND_WINDOW)
    const deviation = deviationOf(frame.close, end, BAND_WINDOW, mean)
    position = bandPosition(close, mean, deviation)
    score = zscoreOf(close, mean, deviation)
  }
  if (index >= VOLUME_RATIO.firstBar) {
    ratio = volumeRatio(bar.volume, meanOf(frame.volume, end, VOLUME_WINDOW))
  }
  rows[from + AT.bb_position] = position
  rows[from + AT.volume_ratio] = ratio
  rows[from + AT.zscore] = score
  const twin = from - DEPTH * WIDTH
  for (let feature = 0; feature < WIDTH; feature++) rows[twin + feature] = rows[from + feature]!
}

export { foldBar, makeFrameState }
