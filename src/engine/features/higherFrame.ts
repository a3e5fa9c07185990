/**
 * The second timeframe, made only of closed base bars on the UTC grid.
 * In: base bars in order. Out: the higher frame, one bar added when its period is over and at least half of it was seen.
 * A thinner period is dropped and counted: it moves no average and serves no entry (decisions 28, L-33).
 */
import { periodStart } from "../../domain/timeframe.ts"
import type { Bar } from "../Observation.ts"
import { foldBar, makeFrameState } from "./FrameState.ts"
import type { FrameState } from "./FrameState.ts"

/** The bar being formed; `count` 0 = none. Numbers only, so that it can be snapshotted as one. */
export interface Forming {
  openTime: number
  closeTime: number
  open: number
  high: number
  low: number
  close: number
  volume: number
  /** Base bars in it. */
  count: number
}

export interface HigherFrame extends FrameState {
  readonly forming: Forming
  /** Base bars a full period has. */
  readonly basePerBar: number
  /** Periods that had bars, but fewer than half of them. */
  thinBars: number
}

const makeHigherFrame = (millis: number, baseMillis: number): HigherFrame => ({
  ...makeFrameState(millis),
  forming: { openTime: 0, closeTime: 0, open: 0, high: 0, low: 0, close: 0, volume: 0, count: 0 },
  basePerBar: millis / baseMillis,
  thinBars: 0
})

/** Adds one closed base bar; closes the forming bar when this one begins another period or ends this one. */
const foldBase = (higher: HigherFrame, bar: Bar): void => {
  const forming = higher.forming
  if (forming.count > 0 && bar.openTime >= forming.closeTime) close(higher)
  if (forming.count === 0) {
    forming.openTime = periodStart(bar.openTime, higher.frame.millis)
    forming.closeTime = forming.openTime + higher.frame.millis
    forming.open = bar.open
    forming.high = bar.high
    forming.low = bar.low
    forming.volume = 0
  }
  if (bar.high > forming.high) forming.high = bar.high
  if (bar.low < forming.low) forming.low = bar.low
  forming.close = bar.close
  forming.volume += bar.volume
  forming.count += 1
  if (bar.closeTime >= forming.closeTime) close(higher)
}

const close = (higher: HigherFrame): void => {
  if (2 * higher.forming.count >= higher.basePerBar) foldBar(higher, higher.forming)
  else higher.thinBars += 1
  higher.forming.count = 0
}

export { foldBase, makeHigherFrame }
