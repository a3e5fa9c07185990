/**
 * What telemetry says about itself.
 * In: nothing. Out: counters of spans sent, dropped and failed, shown at /metrics.
 * In its own file because a silent exporter is the fault nobody sees otherwise.
 */
import { Metric } from "effect"

export const spansSent = Metric.counter("daruma_telemetry_spans_sent_total", {
  description: "spans a collector accepted",
  incremental: true
})

/** By `reason`: `full` (queue), `failed` (exporter), `shutdown` (not sent within the grace). */
export const spansDropped = Metric.counter("daruma_telemetry_spans_dropped_total", {
  description: "spans given up, by reason",
  incremental: true
})
