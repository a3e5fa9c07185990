/**
 * What goes wrong with books and positions: ours and the venue's disagree, or a position cannot be protected.
 * In: both sides' figures, or the journal's refusal. Out: Critical faults; trading is halted before anything else happens.
 * One file a room.
 */
import { Schema } from "effect"
import { Fault } from "../domain/Fault.ts"

/** Cash or base of the journal's fold differ from the venue's own, at the same report number. Scaled integers. */
export class LedgerMismatch extends Fault<LedgerMismatch>()("LedgerMismatch", "Critical", "ledger-mismatch", {
  ourQuote: Schema.Int,
  theirQuote: Schema.Int,
  ourBase: Schema.Int,
  theirBase: Schema.Int,
  reportSeq: Schema.Int
}) {
  override get message() {
    return `after report ${this.reportSeq} the journal holds ${this.ourQuote} quote and ${this.ourBase} base, `
      + `the venue ${this.theirQuote} and ${this.theirBase} (scaled integers)`
  }
}

/** The journal did not take a protective leg; the position it was for may stand without a stop. */
export class ProtectionDenied
  extends Fault<ProtectionDenied>()("ProtectionDenied", "Critical", "position-unprotected", {
    instrument: Schema.String,
    words: Schema.String
  })
{
  override get message() {
    return `${this.instrument}: a protective order was denied: ${this.words}`
  }
}
