/**
 * Volume-weighted average price since the session began.
 * In: typical price, volume, open time. Out: price units.
 * A session is a day that begins `offset` hours after 00:00 UTC (Tokyo's day begins at 15), or all bars ever seen.
 */
import { define } from "./define.ts"
import { factor, oneOf, typicalPrice } from "./parameters.ts"
import { runningSum } from "./smoothing.ts"

const HOUR = 3_600_000
const DAY = 24 * HOUR

const VWAP = define({
  name: "vwap",
  words: "volume-weighted average price of the session",
  formula: "sum(p * volume) / sum(volume) since the session began, p = (high + low + close) / 3; "
    + "mean of p while nothing was traded in it",
  origin: "Berkowitz, Logue and Noser, The Total Cost of Transactions on the NYSE, Journal of Finance 1988",
  parameters: { offset: factor(0, 0, 23.999), session: oneOf("day", "none") },
  reach: "all",
  warmup: () => 0,
  build: (memory, { offset, session }) => {
    const at = memory.take(2, NaN) // number of the session's day, typical prices in it
    const worthCells = memory.take(2)
    const volumeCells = memory.take(2)
    const priceCells = memory.take(2)
    const worth = runningSum(worthCells)
    const volume = runningSum(volumeCells)
    const price = runningSum(priceCells)
    return (bar, out) => {
      const day = session === "none" ? 0 : Math.floor((bar.openTime - offset * HOUR) / DAY)
      if (day !== at[0]) {
        at[0] = day
        at[1] = 0
        worthCells.fill(0)
        volumeCells.fill(0)
        priceCells.fill(0)
      }
      const typical = typicalPrice(bar)
      const count = at[1]! + 1
      at[1] = count
      const plain = price(typical) / count
      const value = worth(typical * bar.volume)
      const traded = volume(bar.volume)
      out[0] = traded === 0 ? plain : value / traded
    }
  }
})

export { VWAP }
