/**
 * Kaufman's adaptive average: quick where the market goes somewhere, slow where it only shakes.
 * In: one number of each bar, the efficiency window, the fastest and the slowest span. Out: an average in its units.
 * A market at rest counts as perfectly efficient, as in TA-Lib: the average returns to the price quickly.
 */
import { define } from "./define.ts"
import { formerBy } from "./extremes.ts"
import { read, source, whole } from "./parameters.ts"
import { sumOver } from "./windows.ts"

const KAMA = define({
  name: "kama",
  also: ["ama"],
  words: "Kaufman's adaptive moving average",
  formula: "k += (er * (2 / (fast + 1) - 2 / (slow + 1)) + 2 / (slow + 1))^2 * (x - k), er = |x - x[n]| / "
    + "sum(|x - x[1]|, n), 1 at rest; k starts as x at bar n - 1",
  origin: "Kaufman, Smarter Trading, 1995",
  parameters: { period: whole(10), fast: whole(2), slow: whole(30), source },
  reach: "all",
  rule: ({ fast, slow }) => fast < slow ? undefined : "fast must be shorter than slow",
  warmup: ({ period }) => period - 1,
  build: (memory, { fast, period, slow, source: of }) => {
    const quickest = 2 / (fast + 1)
    const slowest = 2 / (slow + 1)
    const former = formerBy(memory, period)
    const path = sumOver(memory, period)
    const at = memory.take(3) // bars seen, average, newest value
    return (bar, out) => {
      const value = read(bar, of)
      const seen = at[0]!
      const way = Math.abs(value - former(value))
      const travelled = seen === 0 ? NaN : path(Math.abs(value - at[2]!))
      at[0] = seen + 1
      at[2] = value
      if (seen === period - 1) at[1] = value
      else if (seen >= period) {
        const efficiency = travelled === 0 ? 1 : way / travelled
        const weight = (efficiency * (quickest - slowest) + slowest) ** 2
        at[1] = at[1]! + weight * (value - at[1]!)
      }
      out[0] = seen < period - 1 ? NaN : at[1]!
    }
  }
})

export { KAMA }
