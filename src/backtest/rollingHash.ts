/**
 * One hash over all decisions of a run: equal hash, equal run (decisions 31).
 * In: decisions in order. Out: sha256 over fixed little-endian records, layout version 1.
 * Here because backtest, parity tests and benches put it beside every figure.
 */
import { createHash } from "node:crypto"
import { DECISION_REASONS } from "../domain/decisionReasons.ts"
import type { Decision } from "../engine/Decision.ts"

const RECORD_BYTES = 42
const RECORDS = 512
const SIDE = { buy: 1, sell: -1, hold: 0 } as const

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
  const add = (decision: Decision): void => {
    const at = used * RECORD_BYTES
    const order = decision.order
    integer(view, at, decision.observation.bar.closeTime)
    view.setInt8(at + 8, SIDE[decision.ballot.side])
    view.setUint8(at + 9, DECISION_REASONS[decision.reason].code)
    view.setFloat64(at + 10, decision.ballot.score, true)
    integer(view, at + 18, order === null ? 0 : order.amount)
    integer(view, at + 26, order?.plannedStop ?? 0)
    integer(view, at + 34, order?.plannedTarget ?? 0)
    used += 1
    if (used === RECORDS) flush()
  }
  const flush = (): void => {
    hash.update(bytes.subarray(0, used * RECORD_BYTES))
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
