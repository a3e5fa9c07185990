/**
 * Equity and buy-and-hold, bar by bar, thinned while they come to what a page can draw.
 * In: both values at every bar, and how many bars there will be. Out: at most `points` points, each stretch's extremes kept.
 * Thinned at once because a million points are kept by nobody (decisions 32).
 */
import type { Curve } from "../Result.ts"

interface Point {
  readonly at: number
  readonly equity: number
  readonly hold: number
}

export interface CurveTape {
  readonly curve: { readonly [Column in keyof Curve]: Array<number> }
  readonly stretch: number
  count: number
  low: Point | null
  high: Point | null
}

/** Two points a stretch: its lowest and its highest equity. */
export const makeCurveTape = (bars: number, points: number): CurveTape => ({
  curve: { at: [], equity: [], hold: [] },
  stretch: Math.max(1, Math.ceil(bars / Math.floor(points / 2 - 1))),
  count: 0,
  low: null,
  high: null
})

export const tapePoint = (tape: CurveTape, at: number, equity: number, hold: number): void => {
  if (tape.low === null || tape.high === null) {
    tape.low = tape.high = { at, equity, hold }
  } else if (equity < tape.low.equity) {
    tape.low = { at, equity, hold }
  } else if (equity > tape.high.equity) {
    tape.high = { at, equity, hold }
  }
  tape.count += 1
  if (tape.count === tape.stretch) flush(tape)
}

/** Ends the curve with the very last point. */
export const endCurve = (tape: CurveTape, at: number, equity: number, hold: number): Curve => {
  flush(tape)
  if (tape.curve.at.at(-1) !== at) push(tape.curve, { at, equity, hold })
  return tape.curve
}

const flush = (tape: CurveTape): void => {
  const { curve, high, low } = tape
  if (low !== null && high !== null) {
    const [first, second] = low.at <= high.at ? [low, high] : [high, low]
    push(curve, first)
    if (second !== first) push(curve, second)
  }
  tape.low = tape.high = null
  tape.count = 0
}

const push = (curve: CurveTape["curve"], point: Point): void => {
  curve.at.push(point.at)
  curve.equity.push(point.equity)
  curve.hold.push(point.hold)
}
