/**
 * Which decisions get a trace: every order, refusal and error, and a fixed share of plain holds (decisions 7).
 * In: timeline, share 0..1. Out: keep or not; the same decision is kept in every process and on every run.
 * Pure: the choice reads the trace id, not chance, so a replay sends the traces that the first run sent.
 */
import type { DecisionTimeline } from "../src/ports/DecisionTraces.ts"
import { traceIdOf } from "./SpanData.ts"

const TWO_TO_32 = 4_294_967_296

/** True when the decision is worth a trace. `holdSample` is the share of plain holds. */
const keepsTrace = (timeline: DecisionTimeline, holdSample: number): boolean => {
  if (timeline.outcome !== "hold") return true
  if (holdSample <= 0) return false
  // The last four bytes: a collector that samples by the first ones stays independent of this choice.
  return Number.parseInt(traceIdOf(timeline.record.id).slice(24), 16) < holdSample * TWO_TO_32
}

export { keepsTrace }
