/**
 * Spans by Effect's own OTLP encoding over fetch, without the OpenTelemetry SDK.
 * In: collector address and resource facts. Out: `Transport`, and Effect's Tracer for control-edge spans.
 * The alternative of decisions 46: same queue, same contract; its tracer is a few lines, because the stock one drops silently.
 */
import { Cause, Effect, Layer, Option, Tracer } from "effect"
import type { Exit } from "effect"
import { FetchHttpClient, HttpClient, HttpClientRequest } from "effect/http"
import { OtlpResource, OtlpSerialization } from "effect/observability"
import type { OtlpTracer } from "effect/observability"
import { ExportFailed } from "../src/errors/ServerError.ts"
import { make as makeOutbox } from "./Outbox.ts"
import type { Attributes, SpanData } from "./SpanData.ts"
import { QUEUE, REQUEST_TIMEOUT_MILLIS, Transport } from "./transport.ts"
import type { TransportOptions } from "./transport.ts"

type OtlpSpan = OtlpTracer.ScopeSpan["spans"][number]

const KINDS: Readonly<Record<SpanData["kind"], number>> = {
  internal: 1,
  server: 2,
  client: 3,
  producer: 4,
  consumer: 5
}
const CODES = { unset: 0, ok: 1, error: 2 } as const

const pairs = (attributes: Attributes) => OtlpResource.entriesToAttributes(Object.entries(attributes))

const otlpSpan = (span: SpanData): OtlpSpan => ({
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId ?? undefined,
  name: span.name,
  kind: KINDS[span.kind],
  startTimeUnixNano: String(span.startNanos),
  endTimeUnixNano: String(span.endNanos),
  attributes: pairs(span.attributes),
  droppedAttributesCount: 0,
  events: span.events.map((event) => ({
    name: event.name,
    timeUnixNano: String(event.atNanos),
    attributes: pairs(event.attributes),
    droppedAttributesCount: 0
  })),
  droppedEventsCount: 0,
  links: span.links.map((link) => ({ ...link, attributes: [], droppedAttributesCount: 0 })),
  droppedLinksCount: 0,
  status: {
    code: CODES[span.status.code],
    ...(span.status.message === "" ? {} : { message: span.status.message })
  }
})

const plain = (value: unknown): string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : String(value)

const plainAll = (entries: Iterable<[string, unknown]>): Attributes =>
  Object.fromEntries(Array.from(entries, ([key, value]) => [key, plain(value)]))

const statusOf = (exit: Exit.Exit<unknown, unknown>): SpanData["status"] =>
  exit._tag === "Success" || Cause.hasInterruptsOnly(exit.cause)
    ? { code: exit._tag === "Success" ? "ok" : "unset", message: "" }
    : { code: "error", message: Cause.prettyErrors(exit.cause)[0]?.message ?? "failed" }

/** A span of Effect's Tracer that hands itself over when it ends. */
class EdgeSpan extends Tracer.NativeSpan {
  readonly done: (span: SpanData) => void

  constructor(options: ConstructorParameters<typeof Tracer.NativeSpan>[0], done: (span: SpanData) => void) {
    super(options)
    this.done = done
  }

  override end(endTime: bigint, exit: Exit.Exit<unknown, unknown>): void {
    if (this.status._tag === "Ended") return
    super.end(endTime, exit)
    if (!this.sampled) return
    this.done({
      traceId: this.traceId,
      spanId: this.spanId,
      parentSpanId: Option.isSome(this.parent) ? this.parent.value.spanId : null,
      name: this.name,
      kind: this.kind,
      startNanos: this.startTime,
      endNanos: endTime,
      attributes: plainAll(this.attributes),
      events: this.events.map(([name, atNanos, attributes]) => ({
        name,
        atNanos,
        attributes: plainAll(Object.entries(attributes))
      })),
      links: this.links.map(({ span }) => ({ traceId: span.traceId, spanId: span.spanId })),
      status: statusOf(exit)
    })
  }
}

const makeOutboxTo = Effect.fnUntraced(function*(options: TransportOptions) {
  const client = yield* HttpClient.HttpClient
  const serialization = yield* OtlpSerialization.OtlpSerialization
  const resource = OtlpResource.make(options.resource)
  const send = (batch: ReadonlyArray<SpanData>) => {
    const spans = batch.map(otlpSpan)
    const body = serialization.traces({
      resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "daruma/decision" }, spans }] }]
    })
    return client.execute(HttpClientRequest.post(options.url).pipe(HttpClientRequest.setBody(body))).pipe(
      Effect.tap((response) => Effect.ignore(response.arrayBuffer)),
      Effect.timeout(REQUEST_TIMEOUT_MILLIS),
      Effect.mapError((error) => new ExportFailed({ words: error.message })),
      Effect.flatMap(({ status }) =>
        status < 300
          ? Effect.void
          : Effect.fail(new ExportFailed({ words: `the collector answered ${status}` }))
      )
    )
  }
  return yield* makeOutbox<SpanData>({ ...QUEUE, send })
})

const encodings = { protobuf: OtlpSerialization.layerProtobuf, json: OtlpSerialization.layerJson } as const

/** Transport and Tracer without the SDK; closing sends what waits for at most 2 s. */
const layer = (
  options: TransportOptions,
  encoding: keyof typeof encodings = "protobuf"
): Layer.Layer<Transport> =>
  Layer.unwrap(
    Effect.map(makeOutboxTo(options), (outbox) =>
      Layer.merge(
        Layer.succeed(Transport, Transport.of({ offer: outbox.offer, counts: outbox.counts })),
        Layer.succeed(
          Tracer.Tracer,
          Tracer.make({ span: (span) => new EdgeSpan(span, (done) => outbox.offerSpare([done])) })
        )
      ))
  ).pipe(Layer.provide([encodings[encoding], FetchHttpClient.layer]))

export { layer, otlpSpan }
