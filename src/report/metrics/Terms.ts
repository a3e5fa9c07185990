/**
 * What a metric must be told before two libraries mean the same by its name.
 * In: chosen by whoever asks. Out: taken by metrics whole or in part.
 * Types only. The tear sheet fixes 365 / 1 / 0 / arithmetic (decisions 33).
 */

export interface Terms {
  /** 365 for daily returns of a market that never closes, 252 for shares, 1 to leave a figure per period. */
  readonly periodsPerYear: number
  /** Subtracted from the count under a variance: 1 is Bessel's correction, 0 the population. */
  readonly ddof: number
  /** What money earned without risk in one period, as a share: one number, or one a return. */
  readonly riskFree: number | ReadonlyArray<number>
  /** `arithmetic`: mean times periods, deviation times their root. `geometric`: both compounded over the year. */
  readonly annualisation: "arithmetic" | "geometric"
}
