/**
 * Where the close stands between the extremes of a window: the stochastic oscillator and Williams's %R.
 * In: high, low and close. Out: 0..100, or -100..0 for %R.
 * A window without any range is the middle by definition.
 */
import { define } from "./define.ts"
import { highestOver, lowestOver } from "./extremes.ts"
import { whole } from "./parameters.ts"
import { meanOver } from "./windows.ts"

/** 0 at `lowest`, 100 at `highest`, 50 where both are the same. */
const placeBetween = (value: number, lowest: number, highest: number): number =>
  highest === lowest ? 50 : 100 * (value - lowest) / (highest - lowest)

const STOCHASTIC = define({
  name: "stochastic",
  also: ["stoch"],
  words: "stochastic oscillator",
  formula: "k = mean(100 * (close - lowest(low, n)) / (highest(high, n) - lowest(low, n)), slowing), "
    + "d = mean(k, signal); 50 without range",
  origin: "Lane, Lane's Stochastics, Stocks & Commodities 1984",
  parameters: { period: whole(14), slowing: whole(3), signal: whole(3) },
  outputs: ["k", "d"],
  reach: "window",
  warmup: ({ period, signal, slowing }) => period + slowing + signal - 3,
  build: (memory, { period, signal, slowing }) => {
    const highest = highestOver(memory, period)
    const lowest = lowestOver(memory, period)
    const slow = meanOver(memory, slowing)
    const mean = meanOver(memory, signal)
    return (bar, out) => {
      const k = slow(placeBetween(bar.close, lowest(bar.low), highest(bar.high)))
      out[0] = k
      out[1] = mean(k)
    }
  }
})

const WILLIAMS_R = define({
  name: "williamsr",
  also: ["willr"],
  words: "Williams %R",
  formula: "-100 * (highest(high, n) - close) / (highest(high, n) - lowest(low, n)); -50 without range",
  origin: "Williams, How I Made One Million Dollars Trading Commodities, 1973",
  parameters: { period: whole(14) },
  reach: "window",
  warmup: ({ period }) => period - 1,
  build: (memory, { period }) => {
    const highest = highestOver(memory, period)
    const lowest = lowestOver(memory, period)
    return (bar, out) => {
      out[0] = placeBetween(bar.close, lowest(bar.low), highest(bar.high)) - 100
    }
  }
})

export { placeBetween, STOCHASTIC, WILLIAMS_R }
