/**
 * What can go wrong with a venue's books as we keep or read them.
 * In: where and what. Out: typed faults; an outcome of an order is never an error but one of three answers (decisions 35).
 * High: the venue is out, the journal is whole.
 */
import { Schema } from "effect"
import { Fault } from "../domain/Fault.ts"

/** The simulated venue cannot read or write its own ledger. */
export class VenueLedgerUnavailable extends Fault<VenueLedgerUnavailable>()(
  "VenueLedgerUnavailable",
  "High",
  "venue-ledger-unavailable",
  { path: Schema.String, words: Schema.String, cause: Schema.Defect() }
) {
  override get message() {
    return `venue ledger ${this.path}: ${this.words}`
  }
}

/** The ledger was kept for another instrument or account; the start is refused. */
export class VenueLedgerForeign
  extends Fault<VenueLedgerForeign>()("VenueLedgerForeign", "High", "venue-ledger-foreign", {
    path: Schema.String,
    expected: Schema.String,
    found: Schema.String
  })
{
  override get message() {
    return `venue ledger ${this.path} belongs to ${this.found}, not to ${this.expected}`
  }
}

/** The venue was asked for one order and its answer could not be read; nothing is concluded from that (law 3). */
export class LookupUnreadable
  extends Fault<LookupUnreadable>()("LookupUnreadable", "Medium", "lookup-unreadable", {
    intentId: Schema.String,
    words: Schema.String
  })
{
  override get message() {
    return `${this.intentId}: the venue's answer cannot be read: ${this.words}`
  }
}

export type VenueFault = VenueLedgerUnavailable | VenueLedgerForeign
