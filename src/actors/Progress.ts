/**
 * Where the desk stands: the few numbers that neighbours wait for, folded from journal rows by their one writer.
 * In: rows, from JournalActor (and at its start from the journal itself). Out: level-triggered conditions for lock step,
 * reconciliation and health. Here because waiting on a level survives any crash; waiting on a message does not.
 */
import { Context, Layer } from "effect"
import type { JournalRow } from "../domain/Event.ts"
import type { Order } from "../domain/Order.ts"
import { isUnresolved } from "../domain/orderStatus.ts"
import type { OrderStatus } from "../domain/orderStatus.ts"
import type { Severity, TradingState } from "../domain/severityTable.ts"

export interface IntentProgress {
  readonly order: Order
  readonly seq: number
  status: OrderStatus
}

export interface OpenDecision {
  readonly id: string
  readonly closeTime: number
  last: Order | null
  absent: boolean
}

/** Mutable; only JournalActor writes the folded part, the named owner the rest. */
export interface ProgressState {
  /** Newest row folded. */
  seq: number
  /** Newest venue report journaled, and the row that holds it. */
  reportSeq: number
  reportRowSeq: number
  /** ProtectionChecked's newest `throughSeq` and verdict. */
  protectedThrough: number
  protection: "flat" | "covered" | "uncovered"
  /** Newest bar in the journal (seeded or closed), open time; null before the first. */
  lastOpenTime: number | null
  /** Close time of the newest decision made, and of the newest that is closed. */
  decidedThrough: number
  closedThrough: number
  /** A decision whose order has no answer yet; `last` and `absent` say how its newest attempt stands. */
  openDecision: OpenDecision | null
  tradingState: TradingState
  /** Group whose outage reduced trading; null when an operator did, or nobody. */
  reducedBy: string | null
  sessionEnded: boolean
  /** Open incidents by severity; none is closed by the runtime itself. */
  readonly incidents: Record<Severity, number>
  /** Incidents in which books and venue disagreed. */
  divergences: number
  /** Bars in the journal, seeded ones included. */
  bars: number
  /** Orders whose outcome is unknown, by intent id. */
  readonly unresolved: Map<string, IntentProgress>
  decisions: number
  sessionStarted: boolean
  /** Owner: Execution. Intents at or before this row are not its own: it restarted after them. */
  executionFrom: number
  /** Owner: supervision's event hook. Grows with every restart; whoever waits sends its message again. */
  restarts: number
  /** Owner: Reconciler. False until the venue's books and ours agree; nothing is decided before (law 6). */
  converged: boolean
  reconciledAt: number
  /** Owner: Feed. Waiting for the market's next bar; stopped on command; the market has ended. */
  feedWaiting: boolean
  feedStopped: boolean
  marketEnded: boolean
}

export class Progress extends Context.Service<Progress, ProgressState>()("daruma/actors/Progress") {
  static readonly layer: Layer.Layer<Progress> = Layer.sync(Progress, () => initial())
}

const initial = (): ProgressState => ({
  seq: 0,
  reportSeq: 0,
  reportRowSeq: 0,
  protectedThrough: 0,
  protection: "flat",
  lastOpenTime: null,
  decidedThrough: 0,
  closedThrough: 0,
  openDecision: null,
  tradingState: "Active",
  reducedBy: null,
  sessionEnded: false,
  divergences: 0,
  bars: 0,
  incidents: { Critical: 0, High: 0, Medium: 0, Low: 0 },
  unresolved: new Map(),
  decisions: 0,
  sessionStarted: false,
  executionFrom: 0,
  restarts: 0,
  converged: false,
  reconciledAt: 0,
  feedWaiting: false,
  feedStopped: false,
  marketEnded: false
})

/** Folds one row; a row already folded changes nothing. */
export const foldProgress = (state: ProgressState, row: JournalRow): void => {
  if (row.seq <= state.seq) return
  state.seq = row.seq
  const event = row.event
  switch (event._tag) {
    case "CandleSeeded":
    case "CandleClosed":
      state.lastOpenTime = event.openTime
      state.bars += 1
      return
    case "DecisionMade":
      state.decisions += 1
      state.decidedThrough = event.record.closeTime
      if (event.record.order === null) state.closedThrough = event.record.closeTime
      else {state.openDecision = {
          id: event.record.id,
          closeTime: event.record.closeTime,
          last: null,
          absent: false
        }}
      return
    case "DecisionClosed":
      if (state.openDecision?.id === event.decisionId) {
        state.closedThrough = state.openDecision.closeTime
        state.openDecision = null
      }
      return
    case "OrderSending":
      state.unresolved.set(event.order.intentId, { order: event.order, seq: row.seq, status: "Sending" })
      if (event.order.purpose !== "protect" && state.openDecision?.id === event.order.decisionId) {
        state.openDecision.last = event.order
        state.openDecision.absent = false
      }
      return
    case "OrderUnknown": {
      const intent = state.unresolved.get(event.intentId)
      if (intent !== undefined) intent.status = "Unknown"
      return
    }
    case "OrderAccepted":
    case "OrderRefused":
      state.unresolved.delete(event.intentId)
      return
    case "OrderExpired":
    case "OrderAbsent":
      state.unresolved.delete(event.intentId)
      if (state.openDecision?.last?.intentId === event.intentId) state.openDecision.absent = true
      return
    case "VenueReported":
      state.reportSeq = event.report.reportSeq
      state.reportRowSeq = row.seq
      if (event.report._tag !== "InterestCharged") state.unresolved.delete(event.report.intentId)
      return
    case "ProtectionChecked":
      state.protectedThrough = event.throughSeq
      state.protection = event.state
      return
    case "ControlSet":
      state.tradingState = event.control === "halt"
        ? "Halted"
        : event.control === "reduce"
        ? "Reducing"
        : "Active"
      state.reducedBy = event.control === "reduce" && event.by.startsWith("supervision/")
        ? event.by.slice(12)
        : null
      return
    case "IncidentOpened":
      state.incidents[event.severity] += 1
      if (event.code === "LedgerMismatch") state.divergences += 1
      return
    case "SessionStarted":
      state.sessionEnded = false
      return
    case "SessionEnded":
      state.sessionEnded = true
      return
    default:
      return
  }
}

/** True when every report of the venue is journaled and protection has answered to it. */
export const isSettled = (state: ProgressState, reportSeq: number): boolean =>
  state.reportSeq >= reportSeq && state.protectedThrough >= state.reportRowSeq &&
  !hasUnresolvedProtection(state)

/** True when nothing is on its way: no open decision, no unknown order, protection has answered. */
export const isQuiet = (state: ProgressState): boolean =>
  state.openDecision === null && state.unresolved.size === 0 && state.protectedThrough >= state.reportRowSeq

const hasUnresolvedProtection = (state: ProgressState): boolean => {
  for (const intent of state.unresolved.values()) {
    if (intent.order.purpose === "protect" && isUnresolved(intent.status)) return true
  }
  return false
}
