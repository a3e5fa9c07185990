/**
 * A received trace as text: a tree with durations, main attributes and events, for eyes and for acceptance tests.
 * In: spans of one or more traces, in any order. Out: lines; a span whose parent did not arrive stands as a root, marked.
 * Pure, beside what builds the spans, so that both change together.
 */
import type { SpanData } from "./SpanData.ts"

/** Shown on the line of a span; everything else stays in the collector. */
const MAIN: ReadonlyArray<string> = [
  "decision.id",
  "trading.side",
  "trading.score",
  "trading.verdict",
  "trading.reason",
  "trading.mode",
  "trading.demo",
  "order.side",
  "order.type",
  "order.amount"
]

const duration = (nanos: bigint): string => {
  const micros = Number(nanos) / 1_000
  if (micros < 1_000) return `${micros.toFixed(1)} µs`
  const millis = micros / 1_000
  return millis < 1_000 ? `${millis.toFixed(2)} ms` : `${(millis / 1_000).toFixed(2)} s`
}

const byStart = (a: SpanData, b: SpanData): number =>
  a.startNanos < b.startNanos ? -1 : a.startNanos > b.startNanos ? 1 : a.endNanos < b.endNanos ? -1 : 1

/** The root shows the main attributes, a child all of its own: there are few. */
const attributesOf = (span: SpanData): string => {
  const names = span.parentSpanId === null
    ? MAIN.filter((name) => name in span.attributes)
    : Object.keys(span.attributes)
  return names.map((name) => ` ${name}=${span.attributes[name]}`).join("")
}

const statusOf = ({ status }: SpanData): string => status.code === "error" ? ` ERROR ${status.message}` : ""

const lineOf = (span: SpanData): string =>
  `${span.name} ${duration(span.endNanos - span.startNanos)}${statusOf(span)}${attributesOf(span)}`

const eventLine = (event: SpanData["events"][number]): string =>
  `· ${event.name}${
    Object.entries(event.attributes).map(([name, value]) => ` ${name.split(".").at(-1)}=${value}`).join("")
  }`

/** Appends a span, its events and its children, drawn below `indent`. */
const draw = (
  lines: Array<string>,
  span: SpanData,
  children: Map<string, Array<SpanData>>,
  indent: string
): void => {
  for (const event of span.events) lines.push(`${indent}   ${eventLine(event)}`)
  const below = (children.get(span.spanId) ?? []).toSorted(byStart)
  below.forEach((child, index) => {
    const last = index === below.length - 1
    lines.push(`${indent}${last ? "└─ " : "├─ "}${lineOf(child)}`)
    draw(lines, child, children, `${indent}${last ? "   " : "│  "}`)
  })
}

/** One block a root, in order of start, each headed by its trace id. */
const printTrace = (spans: ReadonlyArray<SpanData>): string => {
  const present = new Set(spans.map((span) => span.spanId))
  const children = new Map<string, Array<SpanData>>()
  const roots: Array<SpanData> = []
  for (const span of spans) {
    if (span.parentSpanId === null || !present.has(span.parentSpanId)) roots.push(span)
    else children.set(span.parentSpanId, [...(children.get(span.parentSpanId) ?? []), span])
  }
  const lines: Array<string> = []
  for (const root of roots.toSorted(byStart)) {
    const orphan = root.parentSpanId === null ? "" : ` (parent ${root.parentSpanId} did not arrive)`
    lines.push(`trace ${root.traceId}${orphan}`, lineOf(root))
    draw(lines, root, children, "")
  }
  return lines.join("\n")
}

export { printTrace }
