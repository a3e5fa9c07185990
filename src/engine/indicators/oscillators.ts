/**
 * Williams's two oscillators: the awesome and the ultimate.
 * In: high, low and close. Out: price units; 0..100.
 * Sums over windows only: exactly neutral where nothing moved.
 */
import { define } from "./define.ts"
import type { Memory } from "./Memory.ts"
import { whole } from "./parameters.ts"
import { meanOver, sumOver } from "./windows.ts"

const AO = define({
  name: "ao",
  also: ["awesome"],
  words: "awesome oscillator",
  formula: "mean(m, fast) - mean(m, slow), m = (high + low) / 2",
  origin: "Williams, New Trading Dimensions, 1998",
  parameters: { fast: whole(5), slow: whole(34) },
  reach: "window",
  rule: ({ fast, slow }) => fast < slow ? undefined : "fast must be shorter than slow",
  warmup: ({ slow }) => slow - 1,
  build: (memory, { fast, slow }) => {
    const quick = meanOver(memory, fast)
    const steady = meanOver(memory, slow)
    return (bar, out) => {
      const middle = (bar.high + bar.low) / 2
      out[0] = quick(middle) - steady(middle)
    }
  }
})

/** Sum of buying pressure over sum of true range; 0.5 where nothing moved. */
const pressureOver = (memory: Memory, period: number): (pressure: number, range: number) => number => {
  const pressures = sumOver(memory, period)
  const ranges = sumOver(memory, period)
  return (pressure, range) => {
    const bought = pressures(pressure)
    const moved = ranges(range)
    return moved === 0 ? 0.5 : bought / moved
  }
}

const ULTOSC = define({
  name: "ultosc",
  also: ["uo"],
  words: "ultimate oscillator",
  formula:
    "100 / 7 * (4 * p(short) + 2 * p(medium) + p(long)), p(n) = sum(close - true low, n) / sum(true range, n), "
    + "0.5 when nothing moved",
  origin: "Williams, The Ultimate Oscillator, Stocks & Commodities 1985",
  parameters: { short: whole(7), medium: whole(14), long: whole(28) },
  reach: "window",
  rule: ({ long, medium, short }) =>
    short < medium && medium < long ? undefined : "short, medium and long must rise",
  warmup: ({ long }) => long,
  build: (memory, { long, medium, short }) => {
    const quick = pressureOver(memory, short)
    const middle = pressureOver(memory, medium)
    const steady = pressureOver(memory, long)
    const former = memory.take(1, NaN)
    return (bar, out) => {
      const close = former[0]!
      const low = Math.min(bar.low, close)
      const pressure = bar.close - low
      const range = Math.max(bar.high, close) - low
      former[0] = bar.close
      out[0] = 100 / 7 * (4 * quick(pressure, range) + 2 * middle(pressure, range) + steady(pressure, range))
    }
  }
})

export { AO, ULTOSC }
