/**
 * The folds that all indicators are made of, against the plain computation over the list of what was folded.
 * In: short lists of few different values, so that equals are frequent, with undefined ones among them. Out: equality.
 * An undefined value is answered by NaN and leaves no trace: the list is that of the defined ones.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { ageOfHighest, formerBy, highestOver, lowestOver } from "../../../src/engine/indicators/extremes.ts"
import { Memory } from "../../../src/engine/indicators/Memory.ts"
import { emaOf, wilderOf } from "../../../src/engine/indicators/smoothing.ts"
import { lineOver, meanOver, momentsOver, sumOver } from "../../../src/engine/indicators/windows.ts"
import type { Fold } from "../../../src/engine/indicators/windows.ts"

const Drawn = Schema.Struct({
  period: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 9 })),
  values: Schema.Array(
    Schema.Literals([0, 0, 1, 2, 3, 3, -1, 0.1, 100_000.1, "none"])
  ).check(Schema.isMinLength(1), Schema.isMaxLength(60))
})

type Plain = (window: ReadonlyArray<number>) => number

const total: Plain = (window) => window.reduce((sum, value) => sum + value, 0)
const middle: Plain = (window) => total(window) / window.length
const squares: Plain = (window) => total(window.map((value) => (value - middle(window)) ** 2))
const lean: Plain = (window) =>
  total(window.map((value, index) => (index - (window.length - 1) / 2) * (value - middle(window))))
const age: Plain = (window) => window.length - 1 - window.lastIndexOf(Math.max(...window))

const second = (make: typeof momentsOver) => (memory: Memory, period: number): Fold => {
  const { fold, result } = make(memory, period)
  return (value) => {
    fold(value)
    return result[1]!
  }
}

/** Exponential average of all that was folded, begun with the mean of the first `period`. */
const recursion =
  (weight: (period: number) => number) => (all: ReadonlyArray<number>, period: number): number => {
    let average = middle(all.slice(0, period))
    for (const value of all.slice(period)) average = weight(period) * value + (1 - weight(period)) * average
    return average
  }

const FOLDS: Readonly<
  Record<
    string,
    readonly [
      (memory: Memory, period: number) => Fold,
      (all: ReadonlyArray<number>, period: number) => number
    ]
  >
> = {
  sumOver: [sumOver, (all, period) => total(all.slice(-period))],
  meanOver: [meanOver, (all, period) => middle(all.slice(-period))],
  "momentsOver's mean": [
    (memory, period) => {
      const { fold, result } = momentsOver(memory, period)
      return (value) => (fold(value), result[0]!)
    },
    (all, period) => middle(all.slice(-period))
  ],
  "momentsOver's squares": [second(momentsOver), (all, period) => squares(all.slice(-period))],
  "lineOver's lean": [second(lineOver), (all, period) => lean(all.slice(-period))],
  highestOver: [highestOver, (all, period) => Math.max(...all.slice(-period))],
  lowestOver: [lowestOver, (all, period) => Math.min(...all.slice(-period))],
  ageOfHighest: [ageOfHighest, (all, period) => age(all.slice(-period))],
  // A value that came `period - 1` before, so that it too needs `period` values.
  formerBy: [(memory, period) => formerBy(memory, period - 1), (all, period) => all.at(-period)!],
  emaOf: [(memory, period) => emaOf(memory, period, "sma"), recursion((period) => 2 / (period + 1))],
  wilderOf: [(memory, period) => wilderOf(memory, period), recursion((period) => 1 / period)]
}

describe("folds", () => {
  for (const [name, [make, plain]] of Object.entries(FOLDS)) {
    it.prop(
      `${name} is the plain computation over the defined values, undefined until there are enough`,
      [Drawn],
      ([{ period, values }]) => {
        const fold = make(new Memory(), period)
        const all: Array<number> = []
        for (const drawn of values) {
          const value = drawn === "none" ? NaN : drawn
          const given = fold(value)
          if (value === value) all.push(value)
          if (value !== value || all.length < period) assert.isNaN(given)
          // Cancellation may cost what the largest of the values is rounded by.
          else {assert.closeTo(
              given,
              plain(all, period),
              1e-10 * (1 + total(all.slice(-period).map((x) => x * x)))
            )}
        }
      },
      { arbitrary: { runs: 100 } }
    )
  }
})
