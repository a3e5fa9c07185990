/**
 * The deepest fall of equity, seen at every bar and not only once a day.
 * In: equity bar by bar. Out: the fall from the highest point to the lowest one after it.
 * Constant memory; a fall that was overtaken by a deeper one is forgotten.
 */
import type { Fall } from "../../report/Ledger.ts"

export interface FallTape {
  peak: number
  peakAt: number
  /** Of the fall that runs now; `share` 0 at a new peak. */
  share: number
  deepest: { -readonly [Field in keyof Fall]: Fall[Field] } | null
  /** Whether the deepest fall is the one that runs now. */
  isRunning: boolean
}

export const makeFallTape = (capital: number, from: number): FallTape => ({
  peak: capital,
  peakAt: from,
  share: 0,
  deepest: null,
  isRunning: false
})

export const tapeEquity = (tape: FallTape, equity: number, at: number): void => {
  if (equity >= tape.peak) {
    if (tape.isRunning && tape.deepest !== null) tape.deepest.recoveredAt = at
    tape.isRunning = false
    tape.peak = equity
    tape.peakAt = at
    tape.share = 0
    return
  }
  const share = 1 - equity / tape.peak
  if (share <= tape.share) return
  tape.share = share
  if (tape.deepest !== null && share <= tape.deepest.share) return
  const { peak, peakAt } = tape
  tape.deepest = { share, amount: peak - equity, peakAt, troughAt: at, recoveredAt: null }
  tape.isRunning = true
}
