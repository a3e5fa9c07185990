/**
 * Hosoda's cloud, as it stands at the newest bar: conversion, base, and both spans.
 * In: high and low. Out: price units.
 * Nothing is shifted: charts draw the spans 26 bars ahead, so today's cloud is the span of 26 bars ago.
 */
import { define } from "./define.ts"
import { highestOver, lowestOver } from "./extremes.ts"
import type { PriceBar } from "./Indicator.ts"
import type { Memory } from "./Memory.ts"
import { whole } from "./parameters.ts"

/** Middle between the extremes of the newest `period` bars. */
const middleOver = (memory: Memory, period: number): (bar: PriceBar) => number => {
  const highest = highestOver(memory, period)
  const lowest = lowestOver(memory, period)
  return (bar) => (highest(bar.high) + lowest(bar.low)) / 2
}

const ICHIMOKU = define({
  name: "ichimoku",
  words: "Ichimoku lines, not shifted",
  formula: "m(n) = (max(high, n) + min(low, n)) / 2; conversion = m(conversion), base = m(base), "
    + "spanA = (conversion + base) / 2, spanB = m(span)",
  origin: "Hosoda (Ichimoku Sanjin), Ichimoku Kinko Hyo, 1969",
  parameters: { conversion: whole(9), base: whole(26), span: whole(52) },
  outputs: ["conversion", "base", "spanA", "spanB"],
  reach: "window",
  warmup: ({ base, conversion, span }) => Math.max(base, conversion, span) - 1,
  build: (memory, periods) => {
    const conversion = middleOver(memory, periods.conversion)
    const base = middleOver(memory, periods.base)
    const span = middleOver(memory, periods.span)
    return (bar, out) => {
      out[0] = conversion(bar)
      out[1] = base(bar)
      out[2] = (out[0]! + out[1]!) / 2
      out[3] = span(bar)
    }
  }
})

export { ICHIMOKU }
