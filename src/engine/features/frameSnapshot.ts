/**
 * A frame's state as plain JSON values and back, bit for bit.
 * In: a FrameState. Out: arrays of numbers, oldest first, where NaN, infinities and -0 are written as words.
 * JSON's shortest decimals restore every other float64 exactly; only the bars kept are written, not their twins.
 */
import { DEPTH, WIDTH } from "../Observation.ts"
import type { FrameState } from "./FrameState.ts"
import { store } from "./rolling.ts"

type Word = number | string

export interface FrameSnapshot {
  readonly seen: number
  readonly columns: Readonly<Record<Column, ReadonlyArray<Word>>>
  readonly rows: ReadonlyArray<Word>
  readonly trueRange: ReadonlyArray<Word>
  readonly averages: ReadonlyArray<Word>
}

const COLUMNS = ["openTime", "open", "high", "low", "close", "volume"] as const
type Column = typeof COLUMNS[number]

const encode = (value: number): Word => {
  if (Object.is(value, -0)) return "-0"
  return Number.isFinite(value) ? value : String(value)
}

const encoded = (values: Float64Array): ReadonlyArray<Word> => Array.from(values, encode)

/** Everything the next bar needs from this frame. */
const snapshotFrame = (state: FrameState): FrameSnapshot => {
  const { frame } = state
  const from = frame.end - frame.count
  const kept = (values: Float64Array): ReadonlyArray<Word> => encoded(values.subarray(from, frame.end))
  return {
    seen: frame.seen,
    columns: {
      openTime: kept(frame.openTime),
      open: kept(frame.open),
      high: kept(frame.high),
      low: kept(frame.low),
      close: kept(frame.close),
      volume: kept(frame.volume)
    },
    rows: encoded(frame.rows.subarray(from * WIDTH, frame.end * WIDTH)),
    trueRange: kept(state.trueRange),
    averages: encoded(state.averages)
  }
}

/** Fills an empty frame from a snapshot whose checksum was found right. */
const restoreFrame = (state: FrameState, snapshot: FrameSnapshot): void => {
  const { frame } = state
  const count = snapshot.columns.close.length
  const first = snapshot.seen - count
  for (let bar = 0; bar < count; bar++) {
    const at = (first + bar) % DEPTH
    for (const name of COLUMNS) store(frame[name], at, DEPTH, Number(snapshot.columns[name][bar]))
    store(state.trueRange, at, DEPTH, Number(snapshot.trueRange[bar]))
    for (let feature = 0; feature < WIDTH; feature++) {
      store(frame.rows, at * WIDTH + feature, DEPTH * WIDTH, Number(snapshot.rows[bar * WIDTH + feature]))
    }
  }
  snapshot.averages.forEach((value, index) => state.averages[index] = Number(value))
  frame.seen = snapshot.seen
  frame.count = count
  frame.end = count === 0 ? 0 : (snapshot.seen - 1) % DEPTH + DEPTH + 1
}

/** All numbers of a snapshot, for its checksum. */
const numbersOf = (
  { averages, columns, rows, seen, trueRange }: FrameSnapshot
): ReadonlyArray<ReadonlyArray<number>> => [
  [seen],
  ...COLUMNS.map((name) => columns[name].map(Number)),
  rows.map(Number),
  trueRange.map(Number),
  averages.map(Number)
]

export { encode, numbersOf, restoreFrame, snapshotFrame }
