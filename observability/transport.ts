/**
 * What both transports are to the rest: a way to send spans, and a Tracer for the spans of control edges.
 * In: endpoint and resource facts. Out: the `Transport` service and the address of a collector's traces.
 * The contract of one suite (test/observability/transport.slow.test.ts), so the default can change by measurement.
 */
import { Context, Effect } from "effect"
import { TelemetryEndpointInvalid } from "../src/errors/ServerError.ts"
import type { SpanData } from "./SpanData.ts"

/** Who sends; attributes of every span's resource. */
interface ResourceFacts {
  readonly serviceName: string
  readonly serviceVersion: string
  readonly attributes: Readonly<Record<string, string>>
}

interface TransportOptions {
  /** Full address, such as http://127.0.0.1:4318/v1/traces. */
  readonly url: string
  readonly resource: ResourceFacts
}

/** Accepts finished decision traces; never blocks, never throws. */
class Transport extends Context.Service<Transport, {
  readonly offer: (trace: ReadonlyArray<SpanData>) => void
  readonly counts: () => {
    readonly sent: number
    readonly full: number
    readonly failed: number
    readonly shutdown: number
  }
}>()("daruma/observability/Transport") {}

/** Bounds of the queue, the same for both: 2,048 spans are about 200 traces. */
const QUEUE = { capacity: 2_048, batchSize: 256, interval: "500 millis", shutdownGrace: "2 seconds" } as const

/** One request may take this long; the queue meanwhile fills and then drops. */
const REQUEST_TIMEOUT_MILLIS = 5_000

const TRACES_PATH = "/v1/traces"

/** The traces address of a collector given by base or full URL. Errors: TelemetryEndpointInvalid (Medium). */
const tracesUrl = (endpoint: string): Effect.Effect<string, TelemetryEndpointInvalid> => {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return Effect.fail(new TelemetryEndpointInvalid({ endpoint }))
  }
  if (!url.pathname.endsWith(TRACES_PATH)) url.pathname = url.pathname.replace(/\/$/, "") + TRACES_PATH
  return Effect.succeed(url.href)
}

export { QUEUE, REQUEST_TIMEOUT_MILLIS, tracesUrl, Transport }
export type { ResourceFacts, TransportOptions }
