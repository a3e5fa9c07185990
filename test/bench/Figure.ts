/**
 * One line of the bench's table, the group it stands in, and the median that most of them are.
 * In: measurements. Out: words for a table.
 * Apart from bench.ts so that those who measure do not import the one who prints.
 */

/** What, how fast, beside what, what was hoped for, and proof that it was done. */
export interface Figure {
  readonly name: string
  readonly value: string
  /** Against the yardstick that the group names; empty for the yardstick itself. */
  readonly ratio: string
  readonly aim: string
  /** A fingerprint (equal fingerprints mean equal results), or how far the result is from ours. */
  readonly proof: string
}

/** Figures that were measured together, with the words one needs to read them. */
export interface Group {
  readonly title: string
  /** Sentences under the title: on what it was measured, what a ratio is of, what is missing. */
  readonly words: ReadonlyArray<string>
  readonly figures: ReadonlyArray<Figure>
  /** True when what must be equal was not: the bench then ends with exit code 1. Never set by a slow figure. */
  readonly failed: boolean
}

/** The upper middle value; NaN of nothing. */
export const median = (values: ReadonlyArray<number>): number =>
  values.toSorted((left, right) => left - right)[values.length >> 1] ?? NaN

/** `312 ns a bar`, from milliseconds of a run over so many bars. */
export const perBar = (millis: number, bars: number): string => {
  const nanos = millis * 1e6 / bars
  return `${nanos < 100 ? nanos.toFixed(1) : Math.round(nanos)} ns a bar`
}

/** `0.86x`: two digits after the point below ten, one below a hundred, then none. */
export const times = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 2 : ratio < 100 ? 1 : 0)}x`
