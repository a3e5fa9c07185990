/**
 * What a feature is: a name, a family, the bar from which it is defined, and its formula in words.
 * In: written beside each formula, one family a file. Out: read by registry.ts, which fixes the order and hashes it all.
 * Types only.
 */

export type Category = "basic" | "momentum" | "volatility" | "trend" | "volume" | "anomaly"

export interface Feature {
  readonly name: string
  readonly category: Category
  /** First bar (0-based, counted from the first bar folded) at which it is defined; NaN before (decisions 26). */
  readonly firstBar: number
  /** Part of the spec's hash: change it whenever the arithmetic changes. */
  readonly formula: string
  /** Bars each window or exponential average spans; part of the hash (L-18). */
  readonly windows: ReadonlyArray<number>
}
