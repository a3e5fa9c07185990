/**
 * Who may write, and who may no longer.
 * In: the holder found. Out: typed faults; a deposed writer writes nothing more (L-42).
 * High: a stage of the pipeline is out, the books are whole.
 */
import { Schema } from "effect"
import { Fault } from "../domain/Fault.ts"

/** Somebody else holds the lease; `pid` is null when the holder is no process of this host. */
export class LeaseHeld extends Fault<LeaseHeld>()("LeaseHeld", "High", "lease-held", {
  holder: Schema.String,
  pid: Schema.NullOr(Schema.Int),
  /** ISO 8601, UTC. */
  since: Schema.String
}) {
  override get message() {
    const who = this.pid === null ? this.holder : `pid ${this.pid}`
    return `another daruma trades here: ${who} since ${this.since}`
  }
}

/** Our lease ran out or was taken; rows of this epoch are refused from now on. */
export class LeaseLost extends Fault<LeaseLost>()("LeaseLost", "High", "lease-lost", {
  account: Schema.String,
  epoch: Schema.Int
}) {
  override get message() {
    return `the lease of ${this.account}, epoch ${this.epoch}, is lost`
  }
}
