/**
 * Losing streaks as a state machine with an exit: counting -> paused -> recovering -> counting (L-9, P-18).
 * In: results and market time, never the wall clock (P-45). Out: whether entries pause, and whether size is reduced.
 * Apart from checks.ts because results and marks move it.
 */
import type { Settings } from "../../domain/Settings.ts"
import { NEVER } from "./protections.ts"

export interface Streak {
  /** Losses in a row since the last win or pause. */
  losses: number
  /** Market time at which the pause ends, -1 while none runs. */
  pausedUntil: number
  /** Closed trades still to come at reduced size. */
  recovering: number
}

type Limits = Pick<Settings["risk"], "lossStreak" | "streakPauseHours" | "recoveryTrades">

const HOUR = 3_600_000

export const makeStreak = (): Streak => ({ losses: 0, pausedUntil: NEVER, recovering: 0 })

/** Counts one closed trade. While a pause runs it only counts towards what follows the pause: nothing. */
export const recordResult = (streak: Streak, lost: boolean, at: number, limits: Limits): void => {
  advanceStreak(streak, at, limits)
  if (streak.pausedUntil !== NEVER) return
  if (streak.recovering > 0) streak.recovering -= 1
  streak.losses = lost ? streak.losses + 1 : 0
  if (streak.losses >= limits.lossStreak) {
    streak.pausedUntil = at + Math.round(limits.streakPauseHours * HOUR)
    streak.recovering = 0
  }
}

/** The exit: when the pause is over the streak is zero and the next trades are smaller. */
export const advanceStreak = (streak: Streak, now: number, limits: Limits): void => {
  if (streak.pausedUntil === NEVER || now < streak.pausedUntil) return
  streak.pausedUntil = NEVER
  streak.losses = 0
  streak.recovering = limits.recoveryTrades
}

/** True while the pause forbids entries. */
export const isPaused = (streak: Streak, now: number): boolean =>
  streak.pausedUntil !== NEVER && now < streak.pausedUntil

/** True when an entry now is one of the reduced ones; also between the end of a pause and the next mark. */
export const isRecovering = (streak: Streak, limits: Limits): boolean =>
  streak.pausedUntil === NEVER ? streak.recovering > 0 : limits.recoveryTrades > 0

/** Losses that count for the risk score now: none once a pause is over. */
export const lossesNow = (streak: Streak, now: number): number =>
  streak.pausedUntil !== NEVER && now >= streak.pausedUntil ? 0 : streak.losses
