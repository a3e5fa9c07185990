/**
 * Telemetry as one layer: DecisionTraces to a collector, or nothing at all when no endpoint is set.
 * In: settings.telemetry, resource facts. Out: the `DecisionTraces` reference and Effect's Tracer.
 * The SDK is imported here and only then: without an endpoint nothing is loaded, queued or sent.
 */
import { Effect, Layer } from "effect"
import type { TelemetryEndpointInvalid } from "../src/errors/ServerError.ts"
import { DecisionTraces } from "../src/ports/DecisionTraces.ts"
import { decisionSpans } from "./decisionSpans.ts"
import { keepsTrace } from "./sampling.ts"
import { tracesUrl, Transport } from "./transport.ts"
import type { ResourceFacts, TransportOptions } from "./transport.ts"

interface TelemetrySettings {
  /** Base or full URL of an OTLP/HTTP collector; null = off. */
  readonly endpoint: string | null
  readonly holdSample: number
}

/** A module that makes a transport: nodeSdk.ts or nativeOtlp.ts. */
type LoadTransport = () => Promise<{ readonly layer: (options: TransportOptions) => Layer.Layer<Transport> }>

const nodeSdk: LoadTransport = () => import("./nodeSdk.ts")
const nativeOtlp: LoadTransport = () => import("./nativeOtlp.ts")

const machineNow = (): number => performance.timeOrigin + performance.now()

/** Decisions into the transport, sampled. */
const decisionTraces = (holdSample: number): Layer.Layer<never, never, Transport> =>
  Layer.effect(
    DecisionTraces,
    Effect.map(Transport, (transport) => ({
      record: (timeline) => {
        if (keepsTrace(timeline, holdSample)) transport.offer(decisionSpans(timeline, machineNow()))
      }
    }))
  )

/** Errors: TelemetryEndpointInvalid (Medium) at start, before anything is loaded. */
const layer = (
  settings: TelemetrySettings,
  resource: ResourceFacts,
  load: LoadTransport = nodeSdk
): Layer.Layer<never, TelemetryEndpointInvalid> => {
  const { endpoint, holdSample } = settings
  if (endpoint === null) return Layer.empty
  return Layer.unwrap(
    Effect.gen(function*() {
      const url = yield* tracesUrl(endpoint)
      const transport = yield* Effect.promise(load)
      return Layer.provideMerge(decisionTraces(holdSample), transport.layer({ url, resource }))
    })
  )
}

export { layer, nativeOtlp, nodeSdk }
export type { LoadTransport, TelemetrySettings }
