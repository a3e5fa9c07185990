/**
 * One trace a decision, built after its outcome is known: root `decision`, one child a stage that happened.
 * In: DecisionTimeline (record + machine times of its stages). Out: SpanData, root first, children in time order.
 * Pure; stages themselves run untraced, because a root and eight spans alone cost 40 µs (decisions 7).
 */
import type { DecisionTimeline, StageMark, StageName } from "../src/ports/DecisionTraces.ts"
import { nanosOf, spanIdOf, traceIdOf } from "./SpanData.ts"
import type { Attributes, AttributeValue, SpanData, SpanEvent } from "./SpanData.ts"

/** Leaves out what is not known: an attribute is a fact or absent. */
const known = (attributes: Readonly<Record<string, AttributeValue | null>>): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, AttributeValue] => entry[1] !== null)
  )

const decisionAttributes = ({ account, demo, epoch, outcome, record, words }: DecisionTimeline): Attributes =>
  known({
    "decision.id": record.id,
    "decision.close_time": record.closeTime,
    "trading.account": account,
    "trading.epoch": epoch,
    "trading.demo": demo,
    "trading.outcome": outcome,
    "trading.words": words === "" ? null : words,
    "trading.side": record.side,
    "trading.score": record.tally.score,
    "trading.score.buy": record.tally.buy,
    "trading.score.sell": record.tally.sell,
    "trading.verdict": record.verdict,
    "trading.reason": record.reason,
    "trading.refusals": record.refusals.length === 0 ? null : record.refusals.join(" "),
    "trading.mode": record.mode,
    "trading.attribution": record.attribution,
    "trading.risk_score": record.riskScore,
    "model.hash": record.prediction?.modelHash ?? null
  })

const orderAttributes = ({ record: { order } }: DecisionTimeline): Attributes =>
  order === null ? {} : known({
    "order.intent_id": order.intentId,
    "order.instrument": order.instrument,
    "order.leg": order.leg,
    "order.purpose": order.purpose,
    "order.side": order.side,
    "order.type": order.type,
    "order.amount": order.amount,
    "order.price": order.price,
    "order.trigger": order.trigger,
    "order.strategy": order.strategy,
    "order.edge": order.edge
  })

/** One event a vote, one a check: the details of two stages, at the time the stage ended. */
const eventsOf = (
  timeline: DecisionTimeline,
  stage: StageName,
  atNanos: bigint
): ReadonlyArray<SpanEvent> => {
  if (stage === "vote") {
    return timeline.record.votes.map((vote) => ({
      name: "vote",
      atNanos,
      attributes: {
        "vote.strategy": vote.strategy,
        "vote.side": vote.side,
        "vote.confidence": vote.confidence,
        "vote.reason": vote.reason
      }
    }))
  }
  if (stage !== "check") return []
  return timeline.record.checks.map((check) => ({
    name: "check",
    atNanos,
    attributes: known({
      "check.rule": check.rule,
      "check.verdict": check.verdict,
      "check.value": check.value,
      "check.limit": check.limit
    })
  }))
}

const statusOf = (timeline: DecisionTimeline): SpanData["status"] =>
  timeline.outcome === "error" ? { code: "error", message: timeline.words } : { code: "ok", message: "" }

const UNSET: SpanData["status"] = { code: "unset", message: "" }

/** Order in which stages of equal start are shown. */
const byStart = (a: StageMark, b: StageMark): number =>
  a.startMillis - b.startMillis || a.endMillis - b.endMillis

/**
 * The spans of one decision. `nowMillis` (Unix, milliseconds with fraction) dates the root when no stage left a mark.
 * A mark that ends before it starts is shown with no length rather than a negative one.
 */
const decisionSpans = (timeline: DecisionTimeline, nowMillis: number): ReadonlyArray<SpanData> => {
  const { marks, record: { id } } = timeline
  const traceId = traceIdOf(id)
  const rootId = spanIdOf(id, "decision")
  const start = marks.length === 0 ? nowMillis : Math.min(...marks.map((mark) => mark.startMillis))
  const end = Math.max(start, ...marks.map((mark) => mark.endMillis))
  const seen = new Map<StageName, number>()
  const children = marks.toSorted(byStart).map((mark): SpanData => {
    const index = seen.get(mark.stage) ?? 0
    seen.set(mark.stage, index + 1)
    const endNanos = nanosOf(Math.max(mark.startMillis, mark.endMillis))
    return {
      traceId,
      spanId: spanIdOf(id, `${mark.stage}.${index}`),
      parentSpanId: rootId,
      name: mark.stage,
      kind: mark.stage === "submit" ? "client" : "internal",
      startNanos: nanosOf(mark.startMillis),
      endNanos,
      attributes: mark.attributes,
      // A stage that was marked twice (two legs) shows the record's details once.
      events: index === 0 ? eventsOf(timeline, mark.stage, endNanos) : [],
      links: [],
      status: UNSET
    }
  })
  const root: SpanData = {
    traceId,
    spanId: rootId,
    parentSpanId: null,
    name: "decision",
    kind: "internal",
    startNanos: nanosOf(start),
    endNanos: nanosOf(end),
    attributes: { ...decisionAttributes(timeline), ...orderAttributes(timeline) },
    events: [],
    links: [],
    status: statusOf(timeline)
  }
  return [root, ...children]
}

export { decisionSpans }
