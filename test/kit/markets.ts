/**
 * Small markets for tests: the reference series, seeded walks, and their mirror images.
 * In: seeds and prices. Out: bars that observe accepts.
 * Walks stay within a band around p0, because the mirror property holds on narrow ranges only (decisions 26).
 */
import type { Bar } from "../../src/engine/Observation.ts"

export const MINUTE = 60_000

/** A seeded stream of numbers in [0, 1). */
export const chance = (seed: number): () => number => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A bar of `millis` that opens at bar number `index` of the grid. */
export const barAt = (
  index: number,
  prices: { open: number; high: number; low: number; close: number; volume: number },
  millis = MINUTE
): Bar => ({ openTime: index * millis, closeTime: (index + 1) * millis, ...prices })

/** Bars through these closes: each opens at the close before, wicks `wick` beyond its body, volume 1. */
export const barsThrough = (closes: ReadonlyArray<number>, wick = 0, millis = MINUTE): Array<Bar> =>
  closes.map((close, index) => {
    const open = closes[index - 1] ?? close
    const high = Math.max(open, close) + wick
    const low = Math.min(open, close) - wick
    return barAt(index, { open, high, low, close, volume: 1 }, millis)
  })

/** The sixty bars of phase19.md, appendix A. */
export const appendixBars = (millis = MINUTE): Array<Bar> => {
  const closes = Array.from({ length: 60 }, (_, i) => 10_000_000 + 400_000 * Math.sin(i / 6) + 3_000 * i)
  return closes.map((close, i) => {
    const open = closes[i - 1] ?? close
    const high = Math.max(open, close) + 20_000 + 1_000 * (i % 7)
    const low = Math.min(open, close) - 15_000 - 1_000 * (i % 5)
    return barAt(i, { open, high, low, close, volume: 10 + (i % 9) + 0.5 * (i % 4) }, millis)
  })
}

/** A restless seeded walk between 0.99 p0 and 1.01 p0, wicks included, with trends, pauses and volume spikes. */
export const walk = (seed: number, length: number, p0 = 10_000_000): Array<Bar> => {
  const next = chance(seed)
  const top = 1.01 * p0
  const bottom = 0.99 * p0
  let close = p0
  let drift = 0
  let step = 0
  return Array.from({ length }, (_, index) => {
    if (index % 25 === 0) {
      drift = (next() - 0.5) * 0.0014 * p0
      step = (0.0002 + 0.003 * next() * next()) * p0
    }
    const open = close
    const wanted = open + drift + (next() - 0.5) * step
    if (wanted > 0.999 * top || wanted < 1.001 * bottom) drift = -drift
    close = Math.min(0.9995 * top, Math.max(1.0005 * bottom, wanted))
    const reach = step * (next() < 0.15 ? 3 : 0.4)
    const high = Math.min(top, Math.max(open, close) + next() * reach)
    const low = Math.max(bottom, Math.min(open, close) - next() * reach)
    const volume = (1 + next()) * (next() < 0.1 ? 4 : 1)
    return barAt(index, { open, high, low, close, volume })
  })
}

/** A slow zigzag within 0.5 % of p0 under wide noise: long trends on a higher frame, crossings and pullbacks below it. */
export const zigzag = (seed: number, length: number, p0 = 10_000_000): Array<Bar> => {
  const next = chance(seed)
  const phase = next() * 400
  let close = p0
  return Array.from({ length }, (_, index) => {
    const place = ((index + phase) % 400) / 200
    const centre = p0 * (1 + 0.0048 * (place < 1 ? 2 * place - 1 : 3 - 2 * place))
    const open = close
    close = centre + p0 * 0.004 * (2 * next() - 1)
    const high = Math.max(open, close) + p0 * 0.0009 * next()
    const low = Math.min(open, close) - p0 * 0.0009 * next()
    return barAt(index, { open, high, low, close, volume: 1 + next() })
  })
}

/** The same market upside down around p0: p' = 2 p0 - p, high and low exchanged (decisions 26). */
export const mirrored = (bars: ReadonlyArray<Bar>, p0 = 10_000_000): Array<Bar> =>
  bars.map((bar) => ({
    ...bar,
    open: 2 * p0 - bar.open,
    high: 2 * p0 - bar.low,
    low: 2 * p0 - bar.high,
    close: 2 * p0 - bar.close
  }))
