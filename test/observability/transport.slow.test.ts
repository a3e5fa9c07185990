/**
 * One contract, two transports: what a collector receives does not depend on which one sent it (decisions 46).
 * In: a collector on loopback. Out: assertions on exact ids, times, attributes, bounds and silence.
 * Real sockets and real time, all bounded; the collector shares no code with either exporter.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Layer, Logger } from "effect"
import { decisionSpans } from "../../observability/decisionSpans.ts"
import * as native from "../../observability/nativeOtlp.ts"
import { layer as telemetry, nativeOtlp, nodeSdk } from "../../observability/telemetry.ts"
import type { LoadTransport } from "../../observability/telemetry.ts"
import { tracesUrl } from "../../observability/transport.ts"
import { DecisionTraces } from "../../src/ports/DecisionTraces.ts"
import { collector, startCollector } from "../kit/collector.ts"
import { held, ordered, record } from "../kit/timelines.ts"

const RESOURCE = { serviceName: "daruma", serviceVersion: "0.1.0", attributes: { "daruma.stage": "paper" } }

const transports: ReadonlyArray<readonly [name: string, load: LoadTransport, type: string]> = [
  ["NodeSdk", nodeSdk, "application/x-protobuf"],
  ["native OTLP, protobuf", nativeOtlp, "application/x-protobuf"],
  [
    "native OTLP, JSON",
    () => Promise.resolve({ layer: (options) => native.layer(options, "json") }),
    "application/json"
  ]
]

const capture = () => {
  const lines: Array<string> = []
  const logger = Logger.make<unknown, void>(({ message }) => void lines.push(String(message)))
  return { lines, layer: Logger.layer([logger]) }
}

const timelineOf = (index: number) => ordered({ record: record({ id: `paper/BTC-JPY/15m/${index}` }) })

describe.each(transports)("Transport: %s", (_, load, type) => {
  const layerTo = (endpoint: string | null, holdSample = 0) =>
    telemetry({ endpoint, holdSample }, RESOURCE, load)

  it.live("a decision arrives with exactly the ids, times, attributes, events and status it was built with", () =>
    Effect.gen(function*() {
      const to = yield* collector
      yield* Effect.gen(function*() {
        const traces = yield* DecisionTraces
        traces.record(ordered())
        traces.record(
          ordered({ record: record({ id: "b", order: null }), outcome: "error", words: "venue gone" })
        )
      }).pipe(Effect.provide(layerTo(to.endpoint)))
      const sent = [
        ...decisionSpans(ordered(), 0),
        ...decisionSpans(
          ordered({ record: record({ id: "b", order: null }), outcome: "error", words: "venue gone" }),
          0
        )
      ]
      const got = to.spans()
      assert.deepStrictEqual(got.map(({ resource: __, ...span }) => span), sent)
      assert.strictEqual(got[0]?.resource["service.name"], "daruma")
      assert.strictEqual(got[0]?.resource["daruma.stage"], "paper")
      assert.deepStrictEqual([...new Set(to.requests())], [type])
    }).pipe(Effect.scoped))

  it.live("plain holds are left out when none are sampled, and sent when all are", () =>
    Effect.gen(function*() {
      const to = yield* collector
      const send = Effect.map(DecisionTraces, (traces) => traces.record(held()))
      yield* Effect.provide(send, layerTo(to.endpoint, 0))
      assert.strictEqual(to.spans().length, 0)
      yield* Effect.provide(send, layerTo(to.endpoint, 1))
      assert.deepStrictEqual(to.spans().map((span) => span.name), ["decision", "observe", "predict", "vote"])
    }).pipe(Effect.scoped))

  it.live("spans of control edges go the same way, with parent and failure", () =>
    Effect.gen(function*() {
      const to = yield* collector
      yield* Effect.fail("refused").pipe(
        Effect.withSpan("Venue.submit", { attributes: { "order.client_id": "x" } }),
        Effect.exit,
        Effect.withSpan("Reconcile"),
        Effect.provide(layerTo(to.endpoint))
      )
      const [inner, outer] = to.spans().toSorted((a, b) => Number(b.startNanos - a.startNanos))
      assert.strictEqual(inner?.name, "Venue.submit")
      assert.strictEqual(inner?.parentSpanId, outer?.spanId)
      assert.strictEqual(inner?.traceId, outer?.traceId)
      assert.strictEqual(inner?.status.code, "error")
      assert.strictEqual(inner?.attributes["order.client_id"], "x")
      assert.strictEqual(outer?.name, "Reconcile")
      assert.strictEqual(outer?.parentSpanId, null)
    }).pipe(Effect.scoped))

  it.live("a collector that never answers costs trading nothing: recording stays fast, whole traces are dropped, the end comes within 3 s", () =>
    Effect.gen(function*() {
      const to = yield* collector
      to.setMood("hang")
      const log = capture()
      let recording = 0
      let asked = 0
      yield* Effect.gen(function*() {
        const traces = yield* DecisionTraces
        const before = performance.now()
        for (let index = 0; index < 1_000; index++) traces.record(timelineOf(index))
        recording = performance.now() - before
        yield* Effect.sleep("700 millis")
        asked = performance.now()
      }).pipe(Effect.provide(Layer.provideMerge(layerTo(to.endpoint), log.layer)))
      assert.isTrue(recording < 1_500, `1,000 decisions took ${recording.toFixed(0)} ms to record`)
      assert.isTrue(
        performance.now() - asked < 3_000,
        `the end took ${(performance.now() - asked).toFixed(0)} ms`
      )
      const total = log.lines.map((line) => Number(/(\d+) spans/.exec(line)?.[1] ?? 0)).reduce(
        (sum, spans) => sum + spans,
        0
      )
      assert.isTrue(total > 0 && total <= 11_000, `lines: ${log.lines.join(" | ")}`)
      assert.strictEqual(to.spans().length, 0)
    }).pipe(Effect.scoped))

  it.live("P-6: failures of the exporter are said once a minute and never feed themselves", () =>
    Effect.gen(function*() {
      const to = yield* collector
      to.setMood(400)
      const log = capture()
      yield* Effect.gen(function*() {
        const traces = yield* DecisionTraces
        for (let round = 0; round < 3; round++) {
          traces.record(timelineOf(round))
          yield* Effect.sleep("600 millis")
        }
      }).pipe(Effect.provide(Layer.provideMerge(layerTo(to.endpoint), log.layer)))
      assert.isTrue(to.requests().length >= 3, `${to.requests().length} requests`)
      assert.isTrue(
        to.requests().length <= 4,
        `${to.requests().length} requests: the exporter talks about itself`
      )
      assert.strictEqual(
        log.lines.filter((line) => line.includes("could not be sent")).length,
        1,
        log.lines.join(" | ")
      )
    }).pipe(Effect.scoped))

  it.live("a collector that is not there when we start gets what is recorded after it came", () =>
    Effect.gen(function*() {
      const gone = yield* Effect.promise(() => startCollector())
      yield* Effect.promise(gone.close)
      const port = Number(new URL(gone.endpoint).port)
      yield* Effect.gen(function*() {
        const traces = yield* DecisionTraces
        const back = yield* Effect.acquireRelease(
          Effect.promise(() => startCollector(port)),
          (open) => Effect.promise(open.close)
        )
        traces.record(timelineOf(1))
        const spans = yield* Effect.promise(() => back.received(11))
        assert.strictEqual(spans.length, 11)
      }).pipe(Effect.scoped, Effect.provide(layerTo(gone.endpoint)))
    }))
})

describe("telemetry", () => {
  it.live("without an endpoint nothing is loaded and recording does nothing", () =>
    Effect.gen(function*() {
      let loads = 0
      const counting: LoadTransport = () => {
        loads++
        return nativeOtlp()
      }
      yield* Effect.map(DecisionTraces, (traces) => traces.record(ordered())).pipe(
        Effect.provide(telemetry({ endpoint: null, holdSample: 1 }, RESOURCE, counting))
      )
      assert.strictEqual(loads, 0)
    }))

  it.live("an endpoint that is no http URL fails at start, before anything is loaded", () =>
    Effect.gen(function*() {
      for (const endpoint of ["localhost:4318", "ftp://x", "", "not a url"]) {
        const exit = yield* Effect.exit(
          Layer.build(
            telemetry({ endpoint, holdSample: 1 }, RESOURCE, () => Promise.reject(new Error("loaded")))
          )
        )
        assert.isTrue(Exit.isFailure(exit))
        if (Exit.isFailure(exit)) assert.match(String(exit.cause), /TelemetryEndpointInvalid/)
      }
    }).pipe(Effect.scoped))

  it.effect("a base URL and a full URL mean the same collector", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* tracesUrl("http://127.0.0.1:4318"), "http://127.0.0.1:4318/v1/traces")
      assert.strictEqual(
        yield* tracesUrl("http://127.0.0.1:4318/v1/traces"),
        "http://127.0.0.1:4318/v1/traces"
      )
      assert.strictEqual(
        yield* tracesUrl("https://telemetry.example/otlp/"),
        "https://telemetry.example/otlp/v1/traces"
      )
    }))
})
