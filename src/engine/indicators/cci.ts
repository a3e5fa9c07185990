/**
 * The commodity channel index, and the mean deviation behind it.
 * In: typical price, or one number of each bar. Out: mean deviations from the mean; a deviation in units of the source.
 * The deviation is summed anew at each bar: it has no form that slides, so a bar costs as much as its window is long.
 */
import { define } from "./define.ts"
import type { Memory } from "./Memory.ts"
import { read, source, typicalPrice, whole } from "./parameters.ts"
import { meanOver } from "./windows.ts"
import type { Multiple } from "./windows.ts"

/** Mean of the newest `period` values and their mean absolute distance from it; the second is exactly 0 at rest. */
const deviationOver = (memory: Memory, period: number): Multiple => {
  const mean = meanOver(memory, period)
  const ring = memory.take(period)
  const at = memory.take(1)
  const result = memory.take(2, NaN)
  const fold = (value: number): void => {
    const place = at[0]! | 0
    ring[place] = value
    at[0] = place + 1 === period ? 0 : place + 1
    const middle = mean(value)
    let distance = 0
    for (let index = 0; index < period; index++) distance += Math.abs(ring[index]! - middle)
    result[0] = middle
    result[1] = distance / period
  }
  return { result, fold }
}

const CCI = define({
  name: "cci",
  words: "commodity channel index",
  formula: "(p - mean(p, n)) / (0.015 * mean deviation of p over n), p = (high + low + close) / 3; 0 at rest",
  origin: "Lambert, Commodity Channel Index, Commodities 1980",
  parameters: { period: whole(20) },
  reach: "window",
  warmup: ({ period }) => period - 1,
  build: (memory, { period }) => {
    const { fold, result } = deviationOver(memory, period)
    return (bar, out) => {
      const price = typicalPrice(bar)
      fold(price)
      const unit = 0.015 * result[1]!
      out[0] = unit === 0 ? 0 : (price - result[0]!) / unit
    }
  }
})

const MD = define({
  name: "md",
  also: ["mad", "meandev"],
  words: "mean absolute deviation",
  formula: "mean(|x - mean(x, n)|, n); 0 at rest",
  origin: "Lambert 1980 (the unit of the CCI)",
  parameters: { period: whole(20), source },
  reach: "window",
  warmup: ({ period }) => period - 1,
  build: (memory, { period, source: of }) => {
    const { fold, result } = deviationOver(memory, period)
    return (bar, out) => {
      fold(read(bar, of))
      out[0] = result[1]!
    }
  }
})

export { CCI, MD }
