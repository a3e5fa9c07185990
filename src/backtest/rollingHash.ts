/**
 * One hash over all decisions of a run: equal hash, equal run (decisions 31).
 * In: decisions in order. Out: sha256 over fixed little-endian records, layout version 1.
 * Here because backtest, parity tests and benches put it beside every figure.
 */
import { createHash } from "node:crypto"
import { DECISION_REASONS } from "../domain/decisionReasons.ts"
import type { DecisionReason } from "../domain/decisionReasons.ts"
import type { Decision } from "../engine/Decision.ts"

const RECORD_BYTES = 42
const RECORDS = 512

export interface RollingHash {
  /** Adds {close time i64, side i8, reason u8, s f64, size i64, stop i64, target i64}. */
  readonly add: (decision: Decision) => void
  /** Hex digest of all so far; ends the hash. */
  readonly digest: () => string
}

export const makeRollingHash = (): RollingHash => {
  const hash = createHash("sha256").update("daruma/decisions/1")
  const bytes = new Uint8Array(RECORD_BYTES * RECORDS)
  const view = new DataView(bytes.buffer)
  let used = 0
  let [reason, code] = ["ordered" as DecisionReason, DECISION_REASONS.ordered.code as number]
  const add = (decision: Decision): void => {
    const at = used * RECORD_BYTES
    const { ballot, order } = decision
    // Reasons come in runs, and a name is looked up in a table more slowly than it is compared with the one before.
    if (decision.reason !== reason) {
      reason = decision.reason
      code = DECISION_REASONS[reason].code
    }
    integer(view, at, decision.observation.bar.closeTime)
    view.setInt8(at + 8, ballot.side === "hold" ? 0 : ballot.side === "buy" ? 1 : -1)
    view.setUint8(at + 9, code)
    view.setFloat64(at + 10, ballot.score, true)
    if (order !== null) {
      integer(view, at + 18, order.amount)
      integer(view, at + 26, order.plannedStop ?? 0)
      integer(view, at + 34, order.plannedTarget ?? 0)
    }
    used += 1
    if (used === RECORDS) flush()
  }
  // What is not written is zero: hardly any decision has an order.
  const flush = (): void => {
    hash.update(bytes.subarray(0, used * RECORD_BYTES))
    bytes.fill(0)
    used = 0
  }
  const digest = (): string => {
    flush()
    return hash.digest("hex")
  }
  return { add, digest }
}

// A 64-bit integer as two halves: DataView's own takes a BigInt, which costs more than the rest of the record.
const integer = (view: DataView, at: number, value: number): void => {
  view.setUint32(at, value >>> 0, true)
  view.setInt32(at + 4, Math.floor(value / 4_294_967_296), true)
}
