/**
 * A view written by hand: the few numbers that a strategy reads, everything else NaN.
 * In: candles and features, newest first. Out: a StrategyContext, and a comparison of the answer to it.
 * For tables of one branch each; whole markets go through observe.
 */
import { assert } from "@effect/vitest"
import { PHASE19 } from "../../../src/engine/features/phase19.ts"
import type { FeatureName } from "../../../src/engine/features/phase19.ts"
import { DEPTH, WIDTH } from "../../../src/engine/Observation.ts"
import type { Answer } from "../../../src/engine/strategy/Strategy.ts"
import type {
  FrameContext,
  PastColumns,
  StrategyContext
} from "../../../src/engine/strategy/StrategyContext.ts"

export interface Sight {
  readonly open?: ReadonlyArray<number>
  readonly high?: ReadonlyArray<number>
  readonly low?: ReadonlyArray<number>
  readonly close?: ReadonlyArray<number>
  readonly volume?: ReadonlyArray<number>
  /** One number = the same at every bar. */
  readonly features?: { readonly [Name in FeatureName]?: number | ReadonlyArray<number> }
}

const frame = (sight: Sight): FrameContext => ({
  open: (back) => sight.open?.[back] ?? NaN,
  high: (back) => sight.high?.[back] ?? NaN,
  low: (back) => sight.low?.[back] ?? NaN,
  close: (back) => sight.close?.[back] ?? NaN,
  volume: (back) => sight.volume?.[back] ?? NaN,
  feature: (place, back) => {
    const values = sight.features?.[PHASE19[place]!.name]
    return (typeof values === "number" ? values : values?.[back]) ?? NaN
  },
  oldestOf: (bars) => DEPTH - bars,
  columns: columnsOf(sight)
})

const columnsOf = (sight: Sight): PastColumns => {
  const column = (values: ReadonlyArray<number> | undefined) =>
    Float64Array.from({ length: DEPTH }, (_, place) => values?.[DEPTH - 1 - place] ?? NaN)
  const rows = new Float64Array(DEPTH * WIDTH).fill(NaN)
  PHASE19.forEach(({ name }, feature) => {
    const values = sight.features?.[name]
    const newestFirst = typeof values === "number" ? new Array<number>(DEPTH).fill(values) : values
    column(newestFirst).forEach((value, place) => rows[place * WIDTH + feature] = value)
  })
  return {
    open: column(sight.open),
    high: column(sight.high),
    low: column(sight.low),
    close: column(sight.close),
    volume: column(sight.volume),
    rows
  }
}

export const view = (base: Sight, higher: Sight = {}): StrategyContext => ({
  ...frame(base),
  higher: frame(higher)
})

/** Says what is wrong by failing itself; true when nothing is. */
export const answers = (
  answer: Answer,
  side: Answer["side"],
  confidence: number,
  reason = answer.reason
): boolean => {
  assert.strictEqual(answer.side, side, answer.reason)
  assert.closeTo(answer.confidence, confidence, 1e-9, answer.reason)
  assert.strictEqual(answer.reason, reason)
  return true
}
