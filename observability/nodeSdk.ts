/**
 * Spans by the OpenTelemetry SDK: `@effect/opentelemetry/NodeSdk` as Tracer, the SDK's OTLP/protobuf exporter below.
 * In: collector address and resource facts. Out: `Transport`, and Effect's Tracer for control-edge spans.
 * Loaded only when an endpoint is set (telemetry.ts imports it lazily); the SDK's own queue is not used: ours counts.
 */
import * as NodeSdk from "@effect/opentelemetry/NodeSdk"
import { Resource } from "@effect/opentelemetry/Resource"
import { SpanKind, SpanStatusCode, TraceFlags } from "@opentelemetry/api"
import type { HrTime, SpanContext } from "@opentelemetry/api"
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto"
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace-base"
import { Effect, Layer } from "effect"
import { ExportFailed } from "../src/errors/ServerError.ts"
import { make as makeOutbox } from "./Outbox.ts"
import type { Outbox } from "./Outbox.ts"
import type { SpanData } from "./SpanData.ts"
import { QUEUE, REQUEST_TIMEOUT_MILLIS, Transport } from "./transport.ts"
import type { TransportOptions } from "./transport.ts"

const KINDS: Readonly<Record<SpanData["kind"], SpanKind>> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER
}
const CODES = { unset: SpanStatusCode.UNSET, ok: SpanStatusCode.OK, error: SpanStatusCode.ERROR } as const
const SCOPE = { name: "daruma/decision" }
const NANOS_PER_SECOND = 1_000_000_000n

const hrTime = (nanos: bigint): HrTime => [Number(nanos / NANOS_PER_SECOND), Number(nanos % NANOS_PER_SECOND)]

const contextOf = (traceId: string, spanId: string): SpanContext => ({
  traceId,
  spanId,
  traceFlags: TraceFlags.SAMPLED
})

const readable = (span: SpanData, resource: ReadableSpan["resource"]): ReadableSpan => ({
  name: span.name,
  kind: KINDS[span.kind],
  spanContext: () => contextOf(span.traceId, span.spanId),
  ...(span.parentSpanId === null ? {} : { parentSpanContext: contextOf(span.traceId, span.parentSpanId) }),
  startTime: hrTime(span.startNanos),
  endTime: hrTime(span.endNanos),
  duration: hrTime(span.endNanos - span.startNanos),
  status: {
    code: CODES[span.status.code],
    ...(span.status.message === "" ? {} : { message: span.status.message })
  },
  attributes: { ...span.attributes },
  links: span.links.map(({ spanId, traceId }) => ({ context: contextOf(traceId, spanId) })),
  events: span.events.map((event) => ({
    name: event.name,
    time: hrTime(event.atNanos),
    attributes: { ...event.attributes }
  })),
  ended: true,
  resource,
  instrumentationScope: SCOPE,
  droppedAttributesCount: 0,
  droppedEventsCount: 0,
  droppedLinksCount: 0
})

/** The exporter as an effect; it reports by callback and must never throw into trading. */
const sendBy = (exporter: OTLPTraceExporter) => (batch: ReadonlyArray<ReadableSpan>) =>
  Effect.callback<void, ExportFailed>((resume) => {
    exporter.export([...batch], (result) => {
      resume(
        result.code === 0
          ? Effect.void
          : Effect.fail(new ExportFailed({ words: result.error?.message ?? "no reason given" }))
      )
    })
  }).pipe(
    Effect.catchDefect((defect) => Effect.fail(new ExportFailed({ words: String(defect) })))
  )

/** Sends the spans of Effect's own Tracer through the same bounded queue; decisions have priority there. */
const processorOf = (outbox: Outbox<ReadableSpan>): SpanProcessor => ({
  onStart: () => {},
  onEnd: (span) => outbox.offerSpare([span]),
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve()
})

const makeExporterOutbox = Effect.fnUntraced(function*(url: string) {
  const exporter = yield* Effect.acquireRelease(
    Effect.sync(() => new OTLPTraceExporter({ url, timeoutMillis: REQUEST_TIMEOUT_MILLIS })),
    // Its shutdown waits for requests under way, which the queue has already given up: not ours to wait for.
    (opened) => Effect.sync(() => void opened.shutdown().catch(() => {}))
  )
  return yield* makeOutbox<ReadableSpan>({ ...QUEUE, send: sendBy(exporter) })
})

/** Transport and Tracer over the SDK; closing sends what waits for at most 2 s. */
const layer = (options: TransportOptions): Layer.Layer<Transport> =>
  Layer.unwrap(
    Effect.map(makeExporterOutbox(options.url), (outbox) => {
      const { serviceName, serviceVersion, attributes } = options.resource
      const sdk = NodeSdk.layer(() => ({
        spanProcessor: processorOf(outbox),
        resource: { serviceName, serviceVersion, attributes: { ...attributes } },
        shutdownTimeout: "100 millis"
      }))
      const transport = Layer.effect(
        Transport,
        Effect.map(Resource, (resource) =>
          Transport.of({
            offer: (trace) => outbox.offer(trace.map((span) => readable(span, resource))),
            counts: outbox.counts
          }))
      )
      return Layer.provideMerge(transport, sdk)
    })
  )

export { layer, readable }
