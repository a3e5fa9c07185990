/**
 * The highest, the lowest and the former of the newest values.
 * In: values one by one; NaN in is NaN out and changes nothing. Out: NaN until enough were seen.
 * Extremes keep two halves of a window as windows.ts does (van Herk, 1992): a constant cost whatever its length.
 */
import type { Memory } from "./Memory.ts"
import type { Fold } from "./windows.ts"

/** Largest of the newest `period` values. */
const highestOver = (memory: Memory, period: number): Fold => {
  const held = memory.take(period)
  const at = memory.take(3) // place in the block, largest of the block, whether a block was full
  const last = period - 1
  return (value) => {
    if (value !== value) return NaN
    const place = at[0]! | 0
    const top = place === 0 || value > at[1]! ? value : at[1]!
    held[place] = value
    if (place < last) {
      at[0] = place + 1
      at[1] = top
      if (at[2] === 0) return NaN
      const former = held[place + 1]!
      return former > top ? former : top
    }
    let rest = value
    for (let index = last; index >= 0; index--) {
      const candidate = held[index]!
      if (candidate > rest) rest = candidate
      held[index] = rest
    }
    at[0] = 0
    at[2] = 1
    return top
  }
}

/** Smallest of the newest `period` values. */
const lowestOver = (memory: Memory, period: number): Fold => {
  const highest = highestOver(memory, period)
  return (value) => -highest(-value)
}

/** How many values ago the largest of the newest `period` was; the newest of equals. */
const ageOfHighest = (memory: Memory, period: number): Fold => {
  const ring = memory.take(period, -Infinity)
  const at = memory.take(4) // place in the ring, largest, its age, values seen (up to period)
  const find = (place: number): void => {
    let cell = place
    for (let age = 0; age < period; age++) {
      const candidate = ring[cell]!
      if (age === 0 || candidate > at[1]!) {
        at[1] = candidate
        at[2] = age
      }
      cell = cell === 0 ? period - 1 : cell - 1
    }
  }
  return (value) => {
    if (value !== value) return NaN
    const place = at[0]! | 0
    const seen = Math.min(period, at[3]! + 1)
    ring[place] = value
    at[0] = place + 1 === period ? 0 : place + 1
    at[2] = at[2]! + 1
    at[3] = seen
    if (seen === 1 || value >= at[1]!) {
      at[1] = value
      at[2] = 0
    } else if (at[2]! >= period) find(place)
    return seen < period ? NaN : at[2]!
  }
}

/** The value that came `count` values before this one; `count` 0 is this one. */
const formerBy = (memory: Memory, count: number): Fold => {
  if (count === 0) return (value) => value
  const ring = memory.take(count, NaN)
  const at = memory.take(1)
  return (value) => {
    if (value !== value) return NaN
    const place = at[0]! | 0
    const former = ring[place]!
    ring[place] = value
    at[0] = place + 1 === count ? 0 : place + 1
    return former
  }
}

export { ageOfHighest, formerBy, highestOver, lowestOver }
