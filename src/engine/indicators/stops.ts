/**
 * Trailing lines that change sides: Supertrend and the parabolic stop-and-reverse.
 * In: high, low and close. Out: the line in price units, and the side: 1 below a rising market, -1 above a falling one.
 * Their first side is a guess that the first reversal forgets.
 */
import { atrOf, atrWarmup, first } from "./atr.ts"
import { define } from "./define.ts"
import { factor, whole } from "./parameters.ts"

const SUPERTREND = define({
  name: "supertrend",
  words: "Supertrend",
  formula:
    "bands (high + low) / 2 +- width * atr(n), each kept from moving away until the close crosses it; the line is "
    + "the lower band while the close stays at or above it, else the upper; begins above",
  origin: "Seban 2009; arithmetic as TradingView's ta.supertrend",
  parameters: { period: whole(10), width: factor(3, 0.001, 1000), first },
  outputs: ["line", "side"],
  reach: "all",
  warmup: ({ first: from, period }) => atrWarmup(period, from),
  build: (memory, { first: from, period, width }) => {
    const atr = atrOf(memory, period, from)
    const at = memory.take(4) // side (0 = not begun), upper band, lower band, newest close
    return (bar, out) => {
      const middle = (bar.high + bar.low) / 2
      const reach = width * atr(bar)
      if (reach !== reach) return
      const side = at[0]!
      const before = at[3]!
      let upper = middle + reach
      let lower = middle - reach
      if (side !== 0) {
        if (upper >= at[1]! && before <= at[1]!) upper = at[1]!
        if (lower <= at[2]! && before >= at[2]!) lower = at[2]!
      }
      const rising = side === 1 ? bar.close >= lower : bar.close > upper
      at[0] = rising ? 1 : -1
      at[1] = upper
      at[2] = lower
      at[3] = bar.close
      out[0] = rising ? lower : upper
      out[1] = rising ? 1 : -1
    }
  }
})

// Cells of PSAR's memory.
const SEEN = 0
const SIDE = 1
const LINE = 2
const EXTREME = 3
const PACE = 4
const HIGH = 5
const LOW = 6
const OLDER_HIGH = 7
const OLDER_LOW = 8

/** The line for the bar to come, before that bar is looked at: never inside the two bars before it. */
const aheadOf = (at: Float64Array): number => {
  const line = at[LINE]! + at[PACE]! * (at[EXTREME]! - at[LINE]!)
  const older = at[SEEN]! >= 2
  if (at[SIDE] === 1) return Math.min(line, at[LOW]!, older ? at[OLDER_LOW]! : Infinity)
  return Math.max(line, at[HIGH]!, older ? at[OLDER_HIGH]! : -Infinity)
}

const PSAR = define({
  name: "psar",
  also: ["sar"],
  words: "parabolic stop and reverse",
  formula:
    "line += pace * (extreme - line), kept outside the last two bars; pace rises by step at each new extreme up to "
    + "most; touched, it jumps to the extreme and changes sides; begins long if the middle did not fall from bar 0 to 1",
  origin: "Wilder, New Concepts in Technical Trading Systems, 1978",
  parameters: { step: factor(0.02, 0.000_001, 1), most: factor(0.2, 0.000_001, 1) },
  outputs: ["line", "side"],
  reach: "all",
  rule: ({ most, step }) => step <= most ? undefined : "step must not exceed most",
  warmup: () => 1,
  build: (memory, { most, step }) => {
    const at = memory.take(9)
    return (bar, out) => {
      const { high, low } = bar
      if (at[SEEN] === 1) {
        const rising = high + low >= at[HIGH]! + at[LOW]!
        at[SIDE] = rising ? 1 : -1
        at[LINE] = rising ? at[LOW]! : at[HIGH]!
        at[EXTREME] = rising ? at[HIGH]! : at[LOW]!
        at[PACE] = step
      }
      if (at[SEEN]! >= 1) {
        const side = at[SIDE]!
        const ahead = aheadOf(at)
        const reached = side === 1 ? high : low
        if (side * (reached - at[EXTREME]!) > 0) {
          at[EXTREME] = reached
          at[PACE] = Math.min(most, at[PACE]! + step)
        }
        const touched = side === 1 ? low < ahead : high > ahead
        at[LINE] = touched ? at[EXTREME]! : ahead
        if (touched) {
          at[SIDE] = -side
          at[EXTREME] = side === 1 ? low : high
          at[PACE] = step
        }
        out[0] = at[LINE]!
        out[1] = at[SIDE]!
      }
      at[OLDER_HIGH] = at[HIGH]!
      at[OLDER_LOW] = at[LOW]!
      at[HIGH] = high
      at[LOW] = low
      at[SEEN] = Math.min(2, at[SEEN]! + 1)
    }
  }
})

export { PSAR, SUPERTREND }
