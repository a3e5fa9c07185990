/**
 * The basic family: close, volume and the return of one bar.
 * In: closes of this bar and the one before. Out: a ratio of prices minus one.
 * Source: phase19.md section 2, rows 1-3; the first return is undefined, not 0 (decisions 26).
 */
import type { Feature } from "./Feature.ts"

const CLOSE = {
  name: "close",
  category: "basic",
  firstBar: 0,
  formula: "close",
  windows: []
} as const satisfies Feature
const VOLUME = {
  name: "volume",
  category: "basic",
  firstBar: 0,
  formula: "volume",
  windows: []
} as const satisfies Feature
const RETURNS = {
  name: "returns_1",
  category: "basic",
  firstBar: 1,
  formula: "close[t] / close[t-1] - 1",
  windows: [1]
} as const satisfies Feature

/** Relative change of the close over one bar. */
const simpleReturn = (close: number, previous: number): number => close / previous - 1

export { CLOSE, RETURNS, simpleReturn, VOLUME }
