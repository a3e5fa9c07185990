/**
 * Sums, means, deviations and lines over the newest values, at a constant cost a value and without drift.
 * In: values one by one; NaN in is NaN out and changes nothing. Out: NaN until the window is full.
 * A window is the end of the last full block and the begin of this one: only additions, so no error can pile up.
 *
 * The first cells of `held` are this block's values; behind them still lie, from the block before, totals from each place
 * to that block's end. A full block is turned into such totals, oldest last. Means and deviations add distances from an
 * anchor, the newest value of the block before, which is a value of every window it serves: so a window at rest has
 * distances of exactly 0, and cancellation stays within a factor of the window's length.
 */
import type { Memory } from "./Memory.ts"

/** Takes the next value, returns what now holds. */
export type Fold = (value: number) => number

/** A fold with several results, kept in `result` (NaN while undefined); returns nothing. */
export interface Multiple {
  readonly result: Float64Array
  readonly fold: (value: number) => void
}

/** Sum of the newest `period` values; exactly 0 when all of them are. */
const sumOver = (memory: Memory, period: number): Fold => {
  const held = memory.take(period)
  const at = memory.take(3) // place in the block, sum of the block, whether a block was full
  const last = period - 1
  return (value) => {
    if (value !== value) return NaN
    const place = at[0]! | 0
    held[place] = value
    if (place < last) {
      const sum = at[1]! + value
      at[0] = place + 1
      at[1] = sum
      return at[2] === 0 ? NaN : held[place + 1]! + sum
    }
    let rest = 0
    for (let index = last; index >= 0; index--) held[index] = rest += held[index]!
    at[0] = 0
    at[1] = 0
    at[2] = 1
    return rest
  }
}

/** Mean of the newest `period` values; exact when they are all equal. */
const meanOver = (memory: Memory, period: number): Fold => {
  const held = memory.take(period)
  const at = memory.take(4) // place, sum of distances, whether a block was full, anchor
  const last = period - 1
  return (value) => {
    if (value !== value) return NaN
    const place = at[0]! | 0
    held[place] = value
    if (place < last) {
      const anchor = at[3]!
      const sum = at[1]! + (value - anchor)
      at[0] = place + 1
      at[1] = sum
      return at[2] === 0 ? NaN : anchor + (held[place + 1]! + sum) / period
    }
    let rest = 0
    for (let index = last; index >= 0; index--) held[index] = rest += held[index]! - value
    at[0] = 0
    at[1] = 0
    at[2] = 1
    at[3] = value
    return value + rest / period
  }
}

/** Mean and sum of squared distances from it, of the newest `period` values; the second is exactly 0 at rest. */
const momentsOver = (memory: Memory, period: number): Multiple => {
  const held = memory.take(period)
  const squares = memory.take(period)
  const at = memory.take(5) // place, sum of distances, whether a block was full, anchor, sum of their squares
  const result = memory.take(2, NaN)
  const last = period - 1
  const conclude = (anchor: number, sum: number, square: number): void => {
    result[0] = anchor + sum / period
    result[1] = Math.max(0, square - sum * sum / period)
  }
  const fold = (value: number): void => {
    if (value !== value) return void result.fill(NaN)
    const place = at[0]! | 0
    held[place] = value
    if (place < last) {
      const anchor = at[3]!
      const distance = value - anchor
      const sum = at[1]! + distance
      const square = at[4]! + distance * distance
      at[0] = place + 1
      at[1] = sum
      at[4] = square
      if (at[2] !== 0) conclude(anchor, held[place + 1]! + sum, squares[place + 1]! + square)
      return
    }
    let rest = 0
    let square = 0
    for (let index = last; index >= 0; index--) {
      const distance = held[index]! - value
      held[index] = rest += distance
      squares[index] = square += distance * distance
    }
    at[0] = 0
    at[1] = 0
    at[2] = 1
    at[3] = value
    at[4] = 0
    conclude(value, rest, square)
  }
  return { result, fold }
}

/**
 * Mean of the newest `period` values, and their sum weighted by place (-(period - 1) / 2 for the oldest, its opposite for
 * the newest): what weighted averages and regression lines are made of.
 */
const lineOver = (memory: Memory, period: number): Multiple => {
  const held = memory.take(period)
  const weighted = memory.take(period)
  const at = memory.take(5) // place, sum of distances, whether a block was full, anchor, sum weighted 1, 2, 3...
  const result = memory.take(2, NaN)
  const last = period - 1
  const conclude = (anchor: number, sum: number, weightedSum: number): void => {
    result[0] = anchor + sum / period
    result[1] = weightedSum - sum * (period + 1) / 2
  }
  const fold = (value: number): void => {
    if (value !== value) return void result.fill(NaN)
    const place = at[0]! | 0
    held[place] = value
    if (place < last) {
      const anchor = at[3]!
      const distance = value - anchor
      const sum = at[1]! + distance
      const own = at[4]! + (place + 1) * distance
      at[0] = place + 1
      at[1] = sum
      at[4] = own
      if (at[2] === 0) return
      const older = last - place
      conclude(anchor, held[place + 1]! + sum, weighted[place + 1]! + older * sum + own)
      return
    }
    let rest = 0
    let own = 0
    for (let index = last; index >= 0; index--) {
      held[index] = rest += held[index]! - value
      weighted[index] = own += rest
    }
    at[0] = 0
    at[1] = 0
    at[2] = 1
    at[3] = value
    at[4] = 0
    conclude(value, rest, own)
  }
  return { result, fold }
}

export { lineOver, meanOver, momentsOver, sumOver }
