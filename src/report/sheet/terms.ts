/**
 * The terms of every figure on the sheet.
 * In: nothing. Out: 365 days, Bessel's correction, no riskless return, arithmetic.
 * Fixed once, so that two rows cannot differ in them (decisions 33).
 */
import type { Terms } from "../metrics/Terms.ts"
import { PERIODS_PER_YEAR } from "./Curve.ts"

export const TERMS: Terms = {
  periodsPerYear: PERIODS_PER_YEAR,
  ddof: 1,
  riskFree: 0,
  annualisation: "arithmetic"
}

/** Why a figure of variation has no answer. */
export const STILL = "daily returns do not vary"

/** Why a figure of falls has none. */
export const NO_FALL = "equity never fell"
