/**
 * Whether an order may go, asked inside the transaction that stores it.
 * In: the request, the folded tables, our lease. Out: the intent's row with `t0`, or the reason why not.
 * Shared by both journals, so that memory and SQLite cannot answer differently (decisions 2, 5, 15, 38).
 */
import type { Draft, JournalRow } from "../../src/domain/Event.ts"
import type { ApprovedOrder, Purpose } from "../../src/domain/Order.ts"
import type { TradingState } from "../../src/domain/severityTable.ts"
import type { SendPermit, SendRequest } from "../../src/ports/Journal.ts"

/** Milliseconds after `t0` at which an order without an answer is settled: window 2 s + skew 1 s + queue 15 s. */
const SETTLE_MILLIS = 18_000
/** What must be left of the lease when an order goes: window 2 s + skew 1 s (decisions 38). */
const SEND_MARGIN_MILLIS = 3_000

type Denied = Extract<SendPermit, { _tag: "Denied" }>["reason"]

/** The folded tables as a send looks at them, inside its transaction. */
export interface SendView {
  readonly trading: () => { readonly state: TradingState; readonly words: string }
  /** Epoch in the lease row. */
  readonly leaseEpoch: () => number
  /** What is left of our own lease by the monotonic clock. */
  readonly leaseMillisLeft: () => number
  readonly hasIntent: (decisionId: string, leg: string, attempt: number) => boolean
  /** The unresolved intent of that instrument and purpose. */
  readonly unresolved: (instrument: string, purpose: Purpose) => string | undefined
}

/** Why the order may not go, before its time is read; null when it may. */
const denialOf = (
  order: ApprovedOrder,
  epoch: number,
  view: SendView
): { reason: Denied; words: string } | null => {
  const { state, words } = view.trading()
  // Halted forbids all but protection; Reducing forbids entries (decisions 15).
  if (
    (state === "Halted" && order.purpose !== "protect") || (state === "Reducing" && order.purpose === "entry")
  ) {
    return { reason: "halted", words: `trading is ${state}: ${words}` }
  }
  const row = view.leaseEpoch()
  if (row !== epoch) return { reason: "leaseLost", words: `the lease has epoch ${row}, this order ${epoch}` }
  const left = view.leaseMillisLeft()
  if (left < SEND_MARGIN_MILLIS) return { reason: "leaseLost", words: `${left} ms of the lease are left` }
  if (view.hasIntent(order.decisionId, order.leg, order.attempt)) {
    return { reason: "duplicate", words: `${order.intentId} was sent before` }
  }
  const open = view.unresolved(order.instrument, order.purpose)
  return open === undefined ? null : { reason: "unresolved", words: `the outcome of ${open} is unknown` }
}

/** The order's own part of the transaction: every look first, then its time as the last act, then its row. */
const permitOf = (
  request: SendRequest,
  rows: Array<JournalRow>,
  view: SendView,
  write: (drafts: ReadonlyArray<Draft>) => ReadonlyArray<JournalRow>
): SendPermit => {
  const { epoch, now, order } = request
  const denial = denialOf(order, epoch, view)
  if (denial !== null) return { _tag: "Denied", rows, ...denial }
  const t0 = now()
  if (order.validUntil < t0) {
    const words = `${order.intentId} was valid until ${order.validUntil}, it is ${t0}`
    return { _tag: "Denied", rows, reason: "expired", words }
  }
  const settleBy = t0 + SETTLE_MILLIS
  rows.push(...write([{
    event: { _tag: "OrderSending", order, t0, settleBy },
    instant: t0,
    instrument: order.instrument,
    decisionId: order.decisionId,
    causationId: order.decisionId
  }]))
  return { _tag: "Sending", rows, t0, settleBy }
}

export { permitOf }
