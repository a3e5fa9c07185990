/**
 * What the desk counts for /metrics: orders, decisions, refusals, latencies, equity, the journal's head.
 * In: rows as they are written, finished timelines, marked books. Out: Effect metrics, exported elsewhere.
 * Moved where the fact is made, for well under 1 µs a bar; what only a scrape asks is in layers/http/healthMetrics.ts.
 */
import { Context, Metric } from "effect"
import { DECISION_REASONS } from "../domain/decisionReasons.ts"
import type { JournalEvent, JournalRow } from "../domain/Event.ts"
import { toFloat } from "../domain/money.ts"
import { equityOf } from "../engine/portfolio/Account.ts"
import type { Books } from "../engine/portfolio/Books.ts"
import { lossShare } from "../engine/risk/drawdown.ts"
import type { StageMark, StageName } from "../ports/DecisionTraces.ts"

/** Where an order can stand in `daruma_orders_total`: stored names (decisions 34), and what never became an order. */
export const ORDER_STATES = [
  "Sending",
  "Denied",
  "Accepted",
  "Refused",
  "Unknown",
  "Expired",
  "Absent",
  "PartiallyFilled",
  "Filled",
  "Canceled"
] as const
type OrderState = (typeof ORDER_STATES)[number]

/** Parts of an order's way in `daruma_order_latency_seconds`; `fill` on a replayed market holds the wait for its next bar. */
export const LATENCY_PHASES = ["decide", "journal", "wire", "ack", "fill"] as const
type LatencyPhase = (typeof LATENCY_PHASES)[number]

const counted = (name: string, description: string) =>
  Metric.counter(name, { description, incremental: true })
const orders = counted("daruma_orders_total", "orders that entered a state, by state")
const decisions = counted("daruma_decisions_total", "decisions, by outcome")
const denied = counted("daruma_risk_denied_total", "wanted orders that a check forbade, by rule")
const latency = Metric.histogram("daruma_order_latency_seconds", {
  description: "machine time of an order's way, by phase",
  // 10 µs to 84 s: from a stage's work to a slow venue.
  boundaries: Metric.exponentialBoundaries({ start: 0.000_01, factor: 2, count: 24 })
})
const equity = Metric.gauge("daruma_equity", {
  description: "cash plus position at the newest mark, by currency"
})
const drawdown = Metric.gauge("daruma_drawdown_ratio", {
  description: "share of the peak equity that is lost, by currency"
})
const head = Metric.gauge("daruma_journal_head", { description: "sequence number of the newest row" })

/** One series a label value, made once: an update then costs some 70 ns. */
const seriesOf = <I, S>(metric: Metric.Metric<I, S>, label: string) => {
  const made = new Map<string, Metric.Metric<I, S>>()
  return (value: string): Metric.Metric<I, S> => {
    let series = made.get(value)
    if (series === undefined) made.set(value, series = Metric.withAttributes(metric, { [label]: value }))
    return series
  }
}
const ordersIn = seriesOf(orders, "state")
const decisionsWith = seriesOf(decisions, "outcome")
const deniedBy = seriesOf(denied, "rule")
const latencyOf = seriesOf(latency, "phase")
const equityIn = seriesOf(equity, "currency")
const drawdownIn = seriesOf(drawdown, "currency")

/** The registry of the process: the one that /metrics prints. */
const HERE = Context.empty()

const countOrder = (state: OrderState): void => ordersIn(state).updateUnsafe(1, HERE)

/** Counts one row that was just written; rows of earlier processes are not counted again. */
export const countRow = ({ event, seq }: JournalRow): void => {
  head.updateUnsafe(seq, HERE)
  if (event._tag === "DecisionMade") {
    decisionsWith(DECISION_REASONS[event.record.reason].kind).updateUnsafe(1, HERE)
    for (const rule of event.record.refusals) deniedBy(rule).updateUnsafe(1, HERE)
    return
  }
  const state = stateOf(event)
  if (state !== null) countOrder(state)
}

const stateOf = (event: JournalEvent): OrderState | null => {
  switch (event._tag) {
    case "OrderSending":
      return "Sending"
    case "OrderDenied":
      return "Denied"
    case "OrderAccepted":
      return "Accepted"
    case "OrderRefused":
      return "Refused"
    case "OrderUnknown":
      return "Unknown"
    case "OrderExpired":
      return "Expired"
    case "OrderAbsent":
      return "Absent"
    case "VenueReported":
      return reportedState(event.report)
    default:
      return null
  }
}

const reportedState = (
  report: Extract<JournalEvent, { _tag: "VenueReported" }>["report"]
): OrderState | null => {
  if (report._tag === "Canceled") return "Canceled"
  if (report._tag !== "Filled") return null
  return report.complete ? "Filled" : "PartiallyFilled"
}

/** From which stage's start or end to which stage's end each phase runs. */
const SPANS: Readonly<
  Record<LatencyPhase, readonly [from: StageName, edge: "startMillis" | "endMillis", to: StageName]>
> = {
  decide: ["observe", "startMillis", "plan"],
  journal: ["append", "startMillis", "append"],
  wire: ["submit", "startMillis", "submit"],
  ack: ["submit", "endMillis", "ack"],
  fill: ["submit", "endMillis", "fill"]
}

/** Measures the way of one finished order; a phase whose marks are missing is not measured. */
export const measureOrder = (marks: ReadonlyArray<StageMark>): void => {
  for (const phase of LATENCY_PHASES) {
    const [from, edge, to] = SPANS[phase]
    const begun = marks.find((mark) => mark.stage === from)
    const ended = marks.find((mark) => mark.stage === to)
    if (begun === undefined || ended === undefined) continue
    latencyOf(phase).updateUnsafe(Math.max(0, ended.endMillis - begun[edge]) / 1_000, HERE)
  }
}

/** Shows equity and drawdown of books that were just marked. */
export const gaugeEquity = (books: Books): void => {
  const { priceScale, quote } = books.instrument
  const now = equityOf(books.account)
  equityIn(quote).updateUnsafe(toFloat(now, priceScale), HERE)
  drawdownIn(quote).updateUnsafe(lossShare(books.account.drawdown.peak, now), HERE)
}
