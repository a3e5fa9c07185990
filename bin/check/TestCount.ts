/**
 * What a run of the tests came to.
 * In: written by bin/check/reporter.ts. Out: read by bin/check/tests.ts.
 * A file of its own because the two run in different processes and meet only in this shape, as JSON.
 */

export interface TestCount {
  readonly passed: number
  /** Failed tests, files that could not be loaded, and errors outside any test. */
  readonly failed: number
  readonly skipped: number
  /** Reason to number of tests. */
  readonly reasons: Readonly<Record<string, number>>
}

/** The reason of a skip that gives none; the check is red then. */
export const NO_REASON = "no reason given"
