/**
 * The first verb: a closed bar in, what a decision may see out.
 * In: bars of one instrument in order. Out: one Observation owned by the state, or an independent copy of it (`freeze`).
 * Pure; the only place where feature state moves, for training, backtest and live alike (L-17, L-31).
 */
import { checksumOf } from "./checksum.ts"
import { encode, numbersOf, restoreFrame, snapshotFrame } from "./features/frameSnapshot.ts"
import type { FrameSnapshot } from "./features/frameSnapshot.ts"
import type { FrameState } from "./features/FrameState.ts"
import { foldBar, makeFrameState } from "./features/FrameState.ts"
import type { Forming, HigherFrame } from "./features/higherFrame.ts"
import { foldBase, makeHigherFrame } from "./features/higherFrame.ts"
import type { SpecName } from "./features/registry.ts"
import { specHash } from "./features/registry.ts"
import { fillStationary } from "./features/stationary.ts"
import { invariant } from "./invariant.ts"
import type { Bar, Frame, Observation } from "./Observation.ts"
import { WIDTH } from "./Observation.ts"

export interface MarketOptions {
  /** Length of the bars that are folded, ms. */
  readonly baseMillis: number
  /** Length of the second frame's bars, ms; a multiple of the base. */
  readonly higherMillis: number
  /** Which row is recorded and given to models; strategies read phase19 whatever this says. */
  readonly spec: SpecName
}

/** Feature state of one instrument; one owner, moved only by `observe`. */
export interface MarketState {
  readonly options: MarketOptions
  readonly base: FrameState
  readonly higher: HigherFrame
  readonly observation: Observation
  /** Close time of the newest bar offered, -Infinity before the first. */
  lastCloseTime: number
  /** Bars that were not folded because a number in them was not finite or a price not positive. */
  rejectedBars: number
}

/** State before the first bar. */
const makeMarketState = (options: MarketOptions): MarketState => {
  const { baseMillis, higherMillis, spec } = options
  invariant(baseMillis > 0 && higherMillis > baseMillis, "the higher frame is longer than the base frame")
  invariant(higherMillis % baseMillis === 0, "the higher frame is a whole number of base bars")
  const base = makeFrameState(baseMillis)
  const higher = makeHigherFrame(higherMillis, baseMillis)
  const bar = { openTime: 0, closeTime: 0, open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN }
  return {
    options: { baseMillis, higherMillis, spec },
    base,
    higher,
    observation: {
      bar,
      seededAt: 0,
      gapBars: 0,
      features: new Float64Array(WIDTH).fill(NaN),
      spec: specHash(spec),
      usable: false,
      base: base.frame,
      higher: higher.frame,
      higherOpenTime: null
    },
    lastCloseTime: -Infinity,
    rejectedBars: 0
  }
}

/**
 * Folds one closed bar and returns the view of it, which the state owns and the next call changes. The bar itself is only
 * looked at: whoever folds may use one object for all bars, and the view shows what it holds now.
 * A bar with a number that is not finite, a price <= 0 or a volume < 0 moves nothing: it is counted, its row is
 * undefined, and it is missing for the bar after it. Errors: `InvariantBroken` for a bar that is not newer than the
 * last one or not of the base length.
 */
const observe = (state: MarketState, bar: Bar): Observation => {
  const { base, higher, observation } = state
  const frame = base.frame
  invariant(bar.closeTime > state.lastCloseTime, "a bar closes after the one before it")
  invariant(bar.closeTime - bar.openTime === state.options.baseMillis, "a bar is as long as its timeframe")
  state.lastCloseTime = bar.closeTime
  observation.bar = bar
  observation.gapBars = frame.seen === 0 ? 0 : missingBars(frame, bar)
  if (frame.seen === 0) observation.seededAt = bar.openTime
  if (!isWhole(bar)) {
    state.rejectedBars += 1
    observation.usable = false
    observation.features.fill(NaN)
    return observation
  }
  foldBar(base, bar)
  foldBase(higher, bar)
  const higherFrame = higher.frame
  observation.higherOpenTime = higherFrame.seen === 0 ? null : higherFrame.openTime[higherFrame.end - 1]!
  recordRow(state)
  return observation
}

const missingBars = (frame: Frame, bar: Bar): number => {
  const bars = Math.round((bar.openTime - frame.openTime[frame.end - 1]!) / frame.millis)
  return bars > 1 ? bars - 1 : 0
}

const isWhole = (bar: Bar): boolean =>
  bar.open > 0 && bar.high > 0 && bar.low > 0 && bar.close > 0 && bar.volume >= 0
  && bar.open < Infinity && bar.high < Infinity && bar.low < Infinity && bar.close < Infinity &&
  bar.volume < Infinity

const recordRow = (state: MarketState): void => {
  const { features } = state.observation
  const { end, rows } = state.base.frame
  const from = (end - 1) * WIDTH
  let usable = true
  for (let index = 0; index < WIDTH; index++) {
    const value = rows[from + index]!
    features[index] = value
    if (!Number.isFinite(value)) usable = false
  }
  if (state.options.spec === "stationary") {
    fillStationary(state.base.frame, features)
    for (let index = 0; index < WIDTH; index++) if (!Number.isFinite(features[index]!)) usable = false
  }
  state.observation.usable = usable
}

// The newest copy of each live higher frame: sixteen observations in a row share one (it is never written to).
const higherCopies = new WeakMap<Frame, Frame>()

/** An independent copy that can be sent in a message: later bars do not change it. Nobody may write to it. */
const freeze = (observation: Observation): Observation => {
  let higher = higherCopies.get(observation.higher)
  if (higher === undefined || higher.seen !== observation.higher.seen) {
    higher = copyFrame(observation.higher)
    higherCopies.set(observation.higher, higher)
  }
  return {
    ...observation,
    bar: { ...observation.bar },
    features: observation.features.slice(),
    base: copyFrame(observation.base),
    higher
  }
}

const copyFrame = (frame: Frame): Frame => {
  const { count, end, millis, seen } = frame
  const newest = (values: Float64Array): Float64Array => values.slice(end - count, end)
  return {
    millis,
    openTime: newest(frame.openTime),
    open: newest(frame.open),
    high: newest(frame.high),
    low: newest(frame.low),
    close: newest(frame.close),
    volume: newest(frame.volume),
    rows: frame.rows.slice((end - count) * WIDTH, end * WIDTH),
    end: count,
    count,
    seen
  }
}

const VERSION = 1

interface Body {
  readonly lastCloseTime: number | string
  readonly seededAt: number
  readonly rejectedBars: number
  readonly thinBars: number
  readonly forming: Forming
  readonly base: FrameSnapshot
  readonly higher: FrameSnapshot
}

/** Everything the next bar needs, as one line of JSON: version, spec hash, frames, checksum and exact numbers. */
const snapshotOf = (state: MarketState): string => {
  const body: Body = {
    lastCloseTime: encode(state.lastCloseTime),
    seededAt: state.observation.seededAt,
    rejectedBars: state.rejectedBars,
    thinBars: state.higher.thinBars,
    forming: state.higher.forming,
    base: snapshotFrame(state.base),
    higher: snapshotFrame(state.higher)
  }
  const { baseMillis, higherMillis, spec } = state.options
  const checksum = checksumOfBody(body)
  return JSON.stringify({ version: VERSION, spec: specHash(spec), baseMillis, higherMillis, checksum, body })
}

/**
 * The state a snapshot was taken of: the bars after it give the same bits. Its `observation` is empty until then.
 * Undefined when the text is damaged, or made for other frames, another spec or another version: seed from bars then.
 */
const restore = (text: string, options: MarketOptions): MarketState | undefined => {
  const state = makeMarketState(options)
  const parsed = parse(text)
  const body = parsed?.body
  if (
    parsed === undefined || body === undefined || parsed.version !== VERSION ||
    parsed.spec !== specHash(options.spec)
    || parsed.baseMillis !== options.baseMillis || parsed.higherMillis !== options.higherMillis
    || parsed.checksum !== checksumOfBody(body)
  ) return undefined
  restoreFrame(state.base, body.base)
  restoreFrame(state.higher, body.higher)
  Object.assign(state.higher.forming, body.forming)
  state.higher.thinBars = body.thinBars
  state.rejectedBars = body.rejectedBars
  state.lastCloseTime = Number(body.lastCloseTime)
  state.observation.seededAt = body.seededAt
  return state
}

/** By the numbers, not by their text: a snapshot is taken at every intent. */
const checksumOfBody = (
  { base, forming, higher, lastCloseTime, rejectedBars, seededAt, thinBars }: Body
): string =>
  checksumOf(
    [Number(lastCloseTime), seededAt, rejectedBars, thinBars],
    Object.values(forming),
    ...numbersOf(base),
    ...numbersOf(higher)
  )

interface Written extends Readonly<Record<string, unknown>> {
  readonly body: Body
}

// Whatever the text holds is read as a snapshot; one that is none has no checksum, or another one.
const parse = (text: string): Written | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== "object" || value === null || !("body" in value)) return undefined
    checksumOfBody(value.body as Body)
    return value as Written
  } catch {
    return undefined
  }
}

export { freeze, makeMarketState, observe, restore, snapshotOf }
