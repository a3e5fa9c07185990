/**
 * The arithmetic of restarting: intensity window, backoff steps, parking steps.
 * In: failures with their instants (monotonic milliseconds) and a chance in [0, 1). Out: spent or not, and delays.
 * Pure and apart from the supervisor, so that each figure can be checked without a fiber.
 */

/** How often a group may fail: `max` restarts within `withinMillis`; one more spends the budget. */
export interface Intensity {
  readonly max: number
  readonly withinMillis: number
}

export interface Backoff {
  readonly firstMillis: number
  readonly maxMillis: number
}

/** One failure that counted; the weight of a defect is 2, of any other failure 1. */
export interface Spend {
  readonly atMillis: number
  readonly weight: number
}

/** The memory of one restarting unit: a child under one_for_one, else the whole group. */
export interface BackoffStep {
  readonly attempt: number
  /** Instant of its last restart; null while a restart is still due. */
  readonly restartedAtMillis: number | null
}

export const FAILURE_WEIGHT = 1
/** A defect is a bug of ours; repeating it helps less, so it counts double (decisions 13). */
export const DEFECT_WEIGHT = 2
/** First rest of a parked group (decisions 13). */
export const PARK_FIRST_MILLIS = 60_000
/** Longest rest of a parked group, and the run without a spent budget that brings the first rest back. */
export const PARK_MAX_MILLIS = 600_000

/** Beyond this every delay is the longest; 2 ** 1,024 would be infinite, and 0 times that no number. */
const MAX_DOUBLINGS = 50

/** The window with one more failure; those `withinMillis` old or older have left it. */
export const spend = (
  window: ReadonlyArray<Spend>,
  next: Spend,
  withinMillis: number
): ReadonlyArray<Spend> => [
  ...window.filter((earlier) => next.atMillis - earlier.atMillis < withinMillis),
  next
]

/** True when the weights in the window are more than `max`, as in OTP. */
export const isSpent = (window: ReadonlyArray<Spend>, max: number): boolean =>
  window.reduce((sum, one) => sum + one.weight, 0) > max

/** The attempt that a failure begins: one further, or 0 after a quiet window since the last restart. */
export const nextAttempt = (
  step: BackoffStep | undefined,
  nowMillis: number,
  quietMillis: number
): number => {
  if (step === undefined) return 0
  if (step.restartedAtMillis !== null && nowMillis - step.restartedAtMillis >= quietMillis) return 0
  return step.attempt + 1
}

/**
 * Delay before a restart: exponential with full jitter, uniform in [0, min(max, first x 2^attempt)], whole milliseconds.
 * Attempt 0 waits at most `firstMillis`; `firstMillis` 0 restarts at once, as OTP always does.
 * Source: "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
 */
export const backoffMillis = (attempt: number, backoff: Backoff, chance: number): number =>
  Math.round(
    chance * Math.min(backoff.maxMillis, backoff.firstMillis * 2 ** Math.min(attempt, MAX_DOUBLINGS))
  )

/** How long a group rests the `step`-th time in a row (from 0): 60 s, doubling to 10 min. */
export const parkMillis = (step: number): number =>
  Math.min(PARK_MAX_MILLIS, PARK_FIRST_MILLIS * 2 ** Math.min(step, MAX_DOUBLINGS))

/** The step of the next rest: one further, or 0 when the group ran for 10 minutes since it was resumed. */
export const nextParkStep = (step: number, ranMillis: number): number =>
  ranMillis >= PARK_MAX_MILLIS ? 0 : step + 1
