/**
 * Channels around the price: Keltner's, Donchian's, the chandelier exit, and the plain extremes.
 * In: high, low and close. Out: price units.
 * Donchian's channel includes the newest bar unless asked otherwise; a breakout needs `current=exclude`.
 */
import { atrOf, atrWarmup, first } from "./atr.ts"
import { define } from "./define.ts"
import { formerBy, highestOver, lowestOver } from "./extremes.ts"
import { factor, oneOf, read, seed, source, whole } from "./parameters.ts"
import { emaOf } from "./smoothing.ts"

const HIGHEST = define({
  name: "highest",
  also: ["max"],
  words: "highest value",
  formula: "max(x, n), the newest included",
  origin: "any textbook",
  parameters: { period: whole(20), source },
  reach: "window",
  warmup: ({ period }) => period - 1,
  build: (memory, { period, source: of }) => {
    const highest = highestOver(memory, period)
    return (bar, out) => {
      out[0] = highest(read(bar, of))
    }
  }
})

const LOWEST = define({
  name: "lowest",
  also: ["min"],
  words: "lowest value",
  formula: "min(x, n), the newest included",
  origin: "any textbook",
  parameters: { period: whole(20), source },
  reach: "window",
  warmup: ({ period }) => period - 1,
  build: (memory, { period, source: of }) => {
    const lowest = lowestOver(memory, period)
    return (bar, out) => {
      out[0] = lowest(read(bar, of))
    }
  }
})

const DONCHIAN = define({
  name: "donchian",
  also: ["dc"],
  words: "Donchian channel",
  formula:
    "upper = max(high, n), lower = min(low, n), middle = (upper + lower) / 2; with or without the newest bar",
  origin: "Donchian, High Finance in Copper, Financial Analysts Journal 1960",
  parameters: { period: whole(20), current: oneOf("include", "exclude") },
  outputs: ["lower", "middle", "upper"],
  reach: "window",
  warmup: ({ current, period }) => current === "include" ? period - 1 : period,
  build: (memory, { current, period }) => {
    const highest = highestOver(memory, period)
    const lowest = lowestOver(memory, period)
    const delay = current === "include" ? 0 : 1
    const formerHigh = formerBy(memory, delay)
    const formerLow = formerBy(memory, delay)
    return (bar, out) => {
      const upper = highest(formerHigh(bar.high))
      const lower = lowest(formerLow(bar.low))
      out[0] = lower
      out[1] = (upper + lower) / 2
      out[2] = upper
    }
  }
})

const KELTNER = define({
  name: "keltner",
  also: ["kc"],
  words: "Keltner channel",
  formula: "middle = ema(x, n), upper and lower = middle +- width * atr of `atr` bars",
  origin: "Keltner, How to Make Money in Commodities, 1960; with EMA and ATR: Raschke",
  parameters: { period: whole(20), atr: whole(10), width: factor(2, 0.001, 1000), seed, first, source },
  outputs: ["lower", "middle", "upper"],
  reach: "all",
  warmup: ({ atr, first: from, period }) => Math.max(period - 1, atrWarmup(atr, from)),
  build: (memory, { atr, first: from, period, seed: start, source: of, width }) => {
    const average = emaOf(memory, period, start)
    const ranges = atrOf(memory, atr, from)
    return (bar, out) => {
      const middle = average(read(bar, of))
      const reach = width * ranges(bar)
      out[0] = middle - reach
      out[1] = middle
      out[2] = middle + reach
    }
  }
})

const CHANDELIER = define({
  name: "chandelier",
  words: "chandelier exit",
  formula: "long = max(high, n) - width * atr(n), short = min(low, n) + width * atr(n)",
  origin: "LeBeau, in Elder, Come Into My Trading Room, 2002",
  parameters: { period: whole(22), width: factor(3, 0.001, 1000), first },
  outputs: ["long", "short"],
  reach: "all",
  warmup: ({ first: from, period }) => atrWarmup(period, from),
  build: (memory, { first: from, period, width }) => {
    const highest = highestOver(memory, period)
    const lowest = lowestOver(memory, period)
    const atr = atrOf(memory, period, from)
    return (bar, out) => {
      const reach = width * atr(bar)
      out[0] = highest(bar.high) - reach
      out[1] = lowest(bar.low) + reach
    }
  }
})

export { CHANDELIER, DONCHIAN, HIGHEST, KELTNER, LOWEST }
