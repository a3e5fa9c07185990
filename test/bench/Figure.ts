/**
 * One line of the bench's table, and the median that most of them are.
 * In: measurements. Out: words for a table.
 * Apart from figures.ts so that those who measure do not import the one who prints.
 */

/** What, how fast, what was hoped for, and proof that it was done: equal fingerprints mean equal results. */
export interface Figure {
  readonly name: string
  readonly value: string
  readonly aim: string
  readonly fingerprint: string
}

/** The upper middle value; NaN of nothing. */
export const median = (values: ReadonlyArray<number>): number =>
  values.toSorted((left, right) => left - right)[values.length >> 1] ?? NaN
