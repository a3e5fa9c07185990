/**
 * The straight line of least squares through the newest values: its end and its slope.
 * In: one number of each bar, bars the line spans. Out: the line's value at the newest bar; its rise a bar.
 * Sums behind it are those of windows.ts: they do not drift.
 */
import { define } from "./define.ts"
import { read, source, whole } from "./parameters.ts"
import { lineOver } from "./windows.ts"

/** Sum of squared places around the middle of `period` places. */
const placesOf = (period: number): number => period * (period * period - 1) / 12

const LINREG = define({
  name: "linreg",
  also: ["lsma"],
  words: "end of the least-squares line",
  formula: "value at the newest bar of the least-squares line through the last n values of x",
  origin: "Gauss 1809, Legendre 1805; as an indicator: Chande and Kroll, The New Technical Trader, 1994",
  parameters: { period: whole(14, 2), source },
  reach: "window",
  warmup: ({ period }) => period - 1,
  build: (memory, { period, source: of }) => {
    const { fold, result } = lineOver(memory, period)
    const reach = (period - 1) / 2 / placesOf(period)
    return (bar, out) => {
      fold(read(bar, of))
      out[0] = result[0]! + result[1]! * reach
    }
  }
})

const SLOPE = define({
  name: "slope",
  also: ["linregslope"],
  words: "slope of the least-squares line, a bar",
  formula: "slope of the least-squares line through the last n values of x, in units of x a bar; 0 at rest",
  origin: "Gauss 1809, Legendre 1805; as an indicator: Chande and Kroll, The New Technical Trader, 1994",
  parameters: { period: whole(14, 2), source },
  reach: "window",
  warmup: ({ period }) => period - 1,
  build: (memory, { period, source: of }) => {
    const { fold, result } = lineOver(memory, period)
    const places = placesOf(period)
    return (bar, out) => {
      fold(read(bar, of))
      out[0] = result[1]! / places
    }
  }
})

export { LINREG, SLOPE }
