/**
 * Anomalies of the newest bar: how far its return and volume stand from the hundred before, and whether it is absurd.
 * In: bars as they are marked. Out: warnings for the risk score, a critical for refusal (phase19 6.3, L-2).
 * A window of its own, because features keep less history and would mix the judged bar into its own measure.
 */
import type { Settings } from "../../domain/Settings.ts"
import type { Bar } from "../Observation.ts"

/** Rings of the newest 101 returns and volumes; the newest is compared with those before it. */
export interface AnomalyWindow {
  readonly returns: Float64Array
  readonly volumes: Float64Array
  /** Bars ever pushed; the return of the first is unknown and not stored. */
  seen: number
  lastClose: number
  /** Move of the newest bar, share of price: the larger of close to close and high to low. */
  move: number
}

export interface Anomalies {
  readonly warnings: number
  readonly criticals: number
  readonly move: number
}

const KEPT = 101
const MIN_RETURNS = 9
const MIN_VOLUMES = 10
/** With no spread at all in the past, a return beyond this is a spike. */
const STILL_MOVE = 0.001

export const makeAnomalyWindow = (): AnomalyWindow => ({
  returns: new Float64Array(KEPT),
  volumes: new Float64Array(KEPT),
  seen: 0,
  lastClose: 0,
  move: 0
})

/** Takes a closed bar in. */
export const pushBar = (window: AnomalyWindow, bar: Bar): void => {
  const change = window.seen === 0 ? 0 : bar.close / window.lastClose - 1
  if (window.seen > 0) window.returns[(window.seen - 1) % KEPT] = change
  window.volumes[window.seen % KEPT] = bar.volume
  window.move = Math.max(Math.abs(change), (bar.high - bar.low) / bar.close)
  window.lastClose = bar.close
  window.seen += 1
}

/** Judges the newest bar; called only when an entry is wanted. */
export const anomaliesOf = (
  window: AnomalyWindow,
  risk: Pick<Settings["risk"], "anomalyScore" | "anomalyMove">
): Anomalies => {
  const warnings =
    (isSpike(window.returns, window.seen - 1, MIN_RETURNS, risk.anomalyScore, STILL_MOVE) ? 1 : 0) +
    (isSpike(window.volumes, window.seen, MIN_VOLUMES, risk.anomalyScore, 0) ? 1 : 0)
  return { warnings, criticals: window.move > risk.anomalyMove ? 1 : 0, move: window.move }
}

// Compares the newest value with all kept before it; population deviation, as the predecessor's.
const isSpike = (
  ring: Float64Array,
  pushed: number,
  minimum: number,
  limit: number,
  still: number
): boolean => {
  const before = Math.min(pushed, KEPT) - 1
  if (before < minimum) return false
  const newest = (pushed - 1) % KEPT
  let sum = 0
  for (let index = 0; index <= before; index++) if (index !== newest) sum += ring[index] ?? 0
  const mean = sum / before
  let squares = 0
  for (let index = 0; index <= before; index++) {
    if (index !== newest) squares += ((ring[index] ?? 0) - mean) ** 2
  }
  const distance = Math.abs((ring[newest] ?? 0) - mean)
  const deviation = Math.sqrt(squares / before)
  return deviation === 0 ? distance > still : distance >= limit * deviation
}
