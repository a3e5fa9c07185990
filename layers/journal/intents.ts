/**
 * What rows mean for intents and control.
 * In: events. Out: the intent that a row moves, its next status, the next trading state.
 * Pure and shared, so that memory and SQLite cannot answer differently.
 */
import type { JournalEvent } from "../../src/domain/Event.ts"
import { isUnresolved, nextStatus } from "../../src/domain/orderStatus.ts"
import type { OrderEvent, OrderStatus } from "../../src/domain/orderStatus.ts"
import { stricter } from "../../src/domain/severityTable.ts"
import type { TradingState } from "../../src/domain/severityTable.ts"

/** The intent that an event is about and what it does to it; null for every other row. */
const moveOf = (event: JournalEvent): { readonly intentId: string; readonly move: OrderEvent } | null => {
  switch (event._tag) {
    case "OrderAccepted":
      return { intentId: event.intentId, move: "Ack" }
    case "OrderRefused":
      return { intentId: event.intentId, move: "Refuse" }
    case "OrderUnknown":
      return { intentId: event.intentId, move: "Timeout" }
    case "OrderExpired":
      return { intentId: event.intentId, move: "Expire" }
    case "OrderAbsent":
      return { intentId: event.intentId, move: "Absent" }
    case "VenueReported":
      if (event.report._tag === "Filled") {
        return { intentId: event.report.intentId, move: event.report.complete ? "FullFill" : "PartFill" }
      }
      return event.report._tag === "Canceled" ? { intentId: event.report.intentId, move: "CancelAck" } : null
    default:
      return null
  }
}

/** The status after a move. A cancel by the venue proves that it had accepted. An illegal one leaves it: the row is a fact all the same, and the books raise the defect. */
const statusAfter = (status: OrderStatus, move: OrderEvent): OrderStatus => {
  if (move === "CancelAck" && isUnresolved(status)) return "Canceled"
  const next = nextStatus(status, move)
  return next === undefined || next === "ignore" ? status : next
}

/** A resume opens; halt and reduce only ever tighten. */
const stateAfter = (state: TradingState, control: "halt" | "reduce" | "resume"): TradingState =>
  control === "resume" ? "Active" : stricter(state, control === "halt" ? "Halted" : "Reducing")

export { moveOf, stateAfter, statusAfter }
