/**
 * A small OTLP/HTTP collector on loopback: takes traces as protobuf or JSON and keeps them.
 * In: POST /v1/traces. Out: `spans()`, `requests()`; it can be told to refuse or to say nothing at all.
 * For contract and acceptance tests; it shares no code with the exporters that it receives from.
 */
import { createServer } from "node:http"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { gunzipSync } from "node:zlib"
import { Effect } from "effect"
import type { Scope } from "effect"
import type { Attributes, AttributeValue } from "../../observability/SpanData.ts"
import { readTraces } from "./otlpProtobuf.ts"
import type { ReceivedSpan } from "./otlpProtobuf.ts"

/** `accept` answers 200; a number answers with that status; `hang` reads and never answers. */
export type CollectorMood = "accept" | "hang" | number

export interface Collector {
  /** Base URL: what telemetry.endpoint is set to. */
  readonly endpoint: string
  readonly spans: () => ReadonlyArray<ReceivedSpan>
  /** Content type of every request seen, refused ones included. */
  readonly requests: () => ReadonlyArray<string>
  readonly setMood: (mood: CollectorMood) => void
  /** Waits until `count` spans have arrived; fails after `millis`. */
  readonly received: (count: number, millis?: number) => Promise<ReadonlyArray<ReceivedSpan>>
  readonly close: () => Promise<void>
}

interface JsonAttribute {
  readonly key: string
  readonly value: {
    readonly stringValue?: string
    readonly boolValue?: boolean
    readonly intValue?: string | number
    readonly doubleValue?: number
  }
}
interface JsonSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes?: ReadonlyArray<JsonAttribute>
  readonly events?: ReadonlyArray<
    {
      readonly name: string
      readonly timeUnixNano: string
      readonly attributes?: ReadonlyArray<JsonAttribute>
    }
  >
  readonly links?: ReadonlyArray<{ readonly traceId: string; readonly spanId: string }>
  readonly status?: { readonly code?: number; readonly message?: string }
}
interface JsonTraces {
  readonly resourceSpans: ReadonlyArray<{
    readonly resource?: { readonly attributes?: ReadonlyArray<JsonAttribute> }
    readonly scopeSpans: ReadonlyArray<{ readonly spans: ReadonlyArray<JsonSpan> }>
  }>
}

const KINDS: ReadonlyArray<ReceivedSpan["kind"]> = [
  "internal",
  "internal",
  "server",
  "client",
  "producer",
  "consumer"
]
const CODES: ReadonlyArray<ReceivedSpan["status"]["code"]> = ["unset", "ok", "error"]

const valueOf = ({ boolValue, doubleValue, intValue, stringValue }: JsonAttribute["value"]): AttributeValue =>
  stringValue ?? boolValue ?? doubleValue ?? (intValue === undefined ? "" : Number(intValue))

const attributesOf = (pairs: ReadonlyArray<JsonAttribute> = []): Attributes =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, valueOf(value)]))

const readJson = (text: string): ReadonlyArray<ReceivedSpan> =>
  (JSON.parse(text) as JsonTraces).resourceSpans.flatMap((group) =>
    group.scopeSpans.flatMap((scope) =>
      scope.spans.map((span): ReceivedSpan => ({
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId === undefined || span.parentSpanId === "" ? null : span.parentSpanId,
        name: span.name,
        kind: KINDS[span.kind] ?? "internal",
        startNanos: BigInt(span.startTimeUnixNano),
        endNanos: BigInt(span.endTimeUnixNano),
        attributes: attributesOf(span.attributes),
        events: (span.events ?? []).map((event) => ({
          name: event.name,
          atNanos: BigInt(event.timeUnixNano),
          attributes: attributesOf(event.attributes)
        })),
        links: span.links ?? [],
        status: { code: CODES[span.status?.code ?? 0] ?? "unset", message: span.status?.message ?? "" },
        resource: attributesOf(group.resource?.attributes)
      }))
    )
  )

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  return request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body
}

/** Listens on `port` of loopback (0 = any free one) until closed. */
export const startCollector = (port = 0): Promise<Collector> => {
  const spans: Array<ReceivedSpan> = []
  const requests: Array<string> = []
  let mood: CollectorMood = "accept"
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request)
    const type = request.headers["content-type"] ?? ""
    if (request.method !== "POST" || request.url !== "/v1/traces") return void response.writeHead(404).end()
    requests.push(type)
    if (mood === "hang") return
    if (mood !== "accept") return void response.writeHead(mood).end()
    const isJson = type.startsWith("application/json")
    spans.push(...(isJson ? readJson(body.toString("utf8")) : readTraces(body)))
    response.writeHead(200, { "content-type": type }).end(isJson ? "{}" : "")
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(400).end(String(error)))
  })
  const received: Collector["received"] = async (count, millis = 5_000) => {
    const deadline = performance.now() + millis
    while (spans.length < count) {
      if (performance.now() > deadline) {
        throw new Error(`${spans.length} of ${count} spans arrived within ${millis} ms`)
      }
      await new Promise((resume) => setTimeout(resume, 10))
    }
    return [...spans]
  }
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", () => {
      resolve({
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        spans: () => [...spans],
        requests: () => [...requests],
        setMood: (next) => {
          mood = next
        },
        received,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            server.closeAllConnections()
          })
      })
    })
  })
}

/** The collector for as long as the scope is open. */
export const collector: Effect.Effect<Collector, never, Scope.Scope> = Effect.acquireRelease(
  Effect.promise(() => startCollector()),
  (open) => Effect.promise(() => open.close())
)
