/**
 * A journaled candle back into numbers: the journal keeps the text as received, and reading it again gives the same bits.
 * In: `{openTime, closeTime, text}`. Out: a Bar.
 * Alone because Feature and Reconciler read candles back.
 */
import { invariant } from "../engine/invariant.ts"
import type { Bar } from "../engine/Observation.ts"

export const barOfText = (
  row: { readonly openTime: number; readonly closeTime: number; readonly text: string }
): Bar => {
  const fields = row.text.split(",")
  invariant(fields.length === 5, "a journaled candle holds open,high,low,close,volume")
  return {
    openTime: row.openTime,
    closeTime: row.closeTime,
    open: Number(fields[0]),
    high: Number(fields[1]),
    low: Number(fields[2]),
    close: Number(fields[3]),
    volume: Number(fields[4])
  }
}
