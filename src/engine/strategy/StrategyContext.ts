/**
 * What a strategy may look at: the newest closed bar and the past, on two timeframes, by how many bars back.
 * In: an Observation. Out: numbers. There is no way to ask for a later bar: a wrong `back` is a defect (C8 52).
 * `back` 0 is the newest closed bar, 1 the one before; at most the bars kept (DEPTH).
 */
import type { FeaturePlace } from "../features/phase19.ts"
import { invariant } from "../invariant.ts"
import type { Frame, Observation } from "../Observation.ts"
import { WIDTH } from "../Observation.ts"

/** One timeframe, newest bar first. Every method throws `InvariantBroken` when `back` is not a bar that is kept. */
export interface FrameContext {
  open(back: number): number
  high(back: number): number
  low(back: number): number
  close(back: number): number
  volume(back: number): number
  /**
   * A phase19 feature of that bar, such as `FEATURE_INDEX.rsi_14`; NaN while it was undefined. By place and not by name,
   * because a strategy asks dozens of times a bar and looking a name up costs more than all the rest of the question.
   */
  feature(place: FeaturePlace, back: number): number
  /**
   * Place in `columns` of the oldest of the newest `bars` bars; the newer ones follow it, one place each. For loops over a
   * window: one bound is checked, not one a bar.
   */
  oldestOf(bars: number): number
  /** What stands behind the methods. It holds closed bars only: a wrong place is an older bar, never a later one. */
  readonly columns: PastColumns
}

/** The newest bars of a frame; row of the bar at place k starts at k * WIDTH in `rows`. */
export interface PastColumns {
  readonly open: ArrayLike<number>
  readonly high: ArrayLike<number>
  readonly low: ArrayLike<number>
  readonly close: ArrayLike<number>
  readonly volume: ArrayLike<number>
  readonly rows: ArrayLike<number>
}

export interface StrategyContext extends FrameContext {
  /** The higher timeframe, closed bars only. */
  readonly higher: FrameContext
}

// Plain fields and a free function: private names would double what a view costs, and one is made for every bar.
class FrameWindow implements FrameContext {
  readonly columns: Frame

  constructor(frame: Frame) {
    this.columns = frame
  }

  open(back: number): number {
    return this.columns.open[placeOf(this.columns, back)]!
  }

  high(back: number): number {
    return this.columns.high[placeOf(this.columns, back)]!
  }

  low(back: number): number {
    return this.columns.low[placeOf(this.columns, back)]!
  }

  close(back: number): number {
    return this.columns.close[placeOf(this.columns, back)]!
  }

  volume(back: number): number {
    return this.columns.volume[placeOf(this.columns, back)]!
  }

  feature(place: FeaturePlace, back: number): number {
    return this.columns.rows[placeOf(this.columns, back) * WIDTH + place]!
  }

  oldestOf(bars: number): number {
    return placeOf(this.columns, bars - 1)
  }
}

// `back >>> 0` equals `back` only for whole numbers from 0: one comparison refuses -1, 0.5 and NaN.
const placeOf = (frame: Frame, back: number): number => {
  invariant((back >>> 0) === back && back < frame.count, "a strategy looks back at a bar that is kept")
  return frame.end - 1 - back
}

class ObservationWindow extends FrameWindow implements StrategyContext {
  readonly higher: FrameContext

  constructor(observation: Observation) {
    super(observation.base)
    this.higher = new FrameWindow(observation.higher)
  }
}

// A view is its two frames and nothing else, and a market keeps its frames: the newest view mostly serves the next bar.
let newest: ObservationWindow | null = null

/** The bounded view of one observation; as long-lived as the observation. */
const contextOf = (observation: Observation): StrategyContext => {
  if (newest?.columns !== observation.base || newest.higher.columns !== observation.higher) {
    newest = new ObservationWindow(observation)
  }
  return newest
}

/**
 * Whether the newest higher period that has ended is the newest higher bar. False after a thin or empty period
 * (decisions 28), and before the first higher bar.
 */
const higherIsFresh = (observation: Observation): boolean => {
  const { bar, higher, higherOpenTime } = observation
  if (higherOpenTime === null) return false
  const ended = bar.closeTime - higherOpenTime - higher.millis
  return ended >= 0 && ended < higher.millis
}

export { contextOf, higherIsFresh }
