/**
 * Longer bars out of closed shorter ones, on the UTC grid.
 * In: closed bars in order. Out: each longer bar once it is closed; prices keep the digits they came with.
 * Here, before the pipeline, so that a decision timeframe above the file's own is simply a market of that timeframe (decisions 24, 28).
 */
import type { Candle } from "../../src/domain/Candle.ts"
import { periodStart } from "../../src/domain/timeframe.ts"

/** A longer bar closes when a bar of the next period arrives or with the bar that ends at its own end. */
export class Aggregate {
  readonly millis: number
  #start = 0
  #bars: Array<Candle> = []

  constructor(millis: number) {
    this.millis = millis
  }

  /** Appends the bars that this one closes (at most two) to `into`. */
  push(bar: Candle, into: Array<Candle>): void {
    const start = periodStart(bar.openTime, this.millis)
    if (this.#bars.length > 0 && start !== this.#start) into.push(this.#close())
    this.#start = start
    this.#bars.push(bar)
    if (bar.closeTime === start + this.millis) into.push(this.#close())
  }

  #close(): Candle {
    const bars = this.#bars
    this.#bars = []
    let high = bars[0] as Candle
    let low = high
    for (const bar of bars) {
      if (bar.high > high.high) high = bar
      if (bar.low < low.low) low = bar
    }
    const first = bars[0] as Candle
    const last = bars[bars.length - 1] as Candle
    const volume = sumOf(bars)
    const text = [field(first, 0), field(high, 1), field(low, 2), field(last, 3), volume].join(",")
    return {
      openTime: this.#start,
      closeTime: this.#start + this.millis,
      open: first.open,
      high: high.high,
      low: low.low,
      close: last.close,
      volume: Number(volume),
      text
    }
  }
}

const field = (bar: Candle, index: number): string => bar.text.split(",")[index] as string

// Volumes are decimals of the source: their sum has as many digits as the longest of them, no float dust.
const sumOf = (bars: ReadonlyArray<Candle>): string => {
  let sum = 0
  let digits = 0
  for (const bar of bars) {
    digits = Math.max(digits, volumeDigits(field(bar, 4)))
    sum += bar.volume
  }
  return String(roundedVolume(sum, digits))
}

/** Digits after the point of a volume as written, at most 12; one with an exponent counts as 12. */
export const volumeDigits = (text: string): number => {
  if (/[eE]/.test(text)) return MAX_DIGITS
  const point = text.indexOf(".")
  return point < 0 ? 0 : Math.min(text.length - point - 1, MAX_DIGITS)
}

/** A sum of volumes without what float addition left behind the digits of its parts. */
export const roundedVolume = (sum: number, digits: number): number => Number(sum.toFixed(digits))

const MAX_DIGITS = 12
