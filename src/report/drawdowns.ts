/**
 * How far below its peak a series of equity is, and each fall from a peak.
 * In: equity, quote units, oldest first. Out: shares below the running peak, falls with their dates.
 * Two views of one thing: the page draws the line, the metrics count the falls.
 */
import type { Fall } from "./Ledger.ts"

/**
 * Share below the running peak at each point, 0 or negative. The peak begins at `start` (the capital) where it is given,
 * else at the first value. A peak that is not positive has no shares: 0.
 */
export const drawdownsOf = (
  values: ArrayLike<number>,
  start = 0
): ReadonlyArray<number> => {
  let peak = start
  return Array.from(values, (value) => {
    peak = Math.max(peak, value)
    return peak > 0 && value < peak ? value / peak - 1 : 0
  })
}

/**
 * Every fall below a peak, oldest first: from the last time at the peak to the first time back at it, the lowest point
 * between. The last one may still be open. Before the first point stands `start` at `startAt`.
 */
export const fallsOf = (
  at: ArrayLike<number>,
  values: ArrayLike<number>,
  startAt: number,
  start: number
): ReadonlyArray<Fall> => {
  const falls: Array<Fall> = []
  let peak = start
  let peakAt = startAt
  let trough = start
  let troughAt = startAt
  const close = (recoveredAt: number | null) => {
    if (trough >= peak) return
    const amount = peak - trough
    falls.push({ share: peak > 0 ? amount / peak : 0, amount, peakAt, troughAt, recoveredAt })
  }
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0
    const instant = at[index] ?? 0
    if (value >= peak) {
      close(instant)
      peak = value
      peakAt = instant
      trough = value
    } else if (value < trough) {
      trough = value
      troughAt = instant
    }
  }
  close(null)
  return falls
}

/** The fall with the largest share, the earlier of equal ones; null when there is none. */
export const deepestOf = (falls: ReadonlyArray<Fall>): Fall | null =>
  falls.reduce<Fall | null>(
    (deepest, fall) => deepest === null || fall.share > deepest.share ? fall : deepest,
    null
  )
