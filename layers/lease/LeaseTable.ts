/**
 * The one lease row of an account and what this process holds of it.
 * In: compare-and-swap by epoch. Out: the row; the journal reads it inside its transactions, the lease swaps it.
 * A service of its own because journal and lease share the row and neither owns the other (reliability 6.4).
 */
import { Context, Layer } from "effect"

export interface LeaseRow {
  /** Empty when nobody holds it. */
  readonly holder: string
  /** Grows by one with each acquisition, never falls. */
  readonly epoch: number
  /** Unix milliseconds of the machine's wall clock. */
  readonly until: number
}

export class LeaseTable extends Context.Service<LeaseTable, {
  readonly read: () => LeaseRow
  /** Writes `next` if the row still has that epoch and holder; false when somebody was faster. Throws when it cannot be written. */
  readonly swap: (expected: LeaseRow, next: LeaseRow) => boolean
  /** Our own hold: epoch (0 before the first) and its end by the monotonic clock, milliseconds. */
  readonly held: { epoch: number; validUntilMillis: number }
}>()("daruma/layers/lease/LeaseTable") {
  static readonly layerMemory: Layer.Layer<LeaseTable> = Layer.sync(LeaseTable, () => memoryTable())
}

/** Before the first acquisition. */
const NO_LEASE: LeaseRow = { holder: "", epoch: 0, until: 0 }

/** A row in memory; tables over one box are parties that compete for it. */
const memoryTable = (box: { row: LeaseRow } = { row: NO_LEASE }): LeaseTable["Service"] => ({
  read: () => box.row,
  swap: (expected, next) => {
    if (box.row.epoch !== expected.epoch || box.row.holder !== expected.holder) return false
    box.row = next
    return true
  },
  held: { epoch: 0, validUntilMillis: Number.NEGATIVE_INFINITY }
})

export { memoryTable, NO_LEASE }
