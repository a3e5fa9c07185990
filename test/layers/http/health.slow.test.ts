/**
 * The health server over real sockets on loopback.
 * In: a HealthSource that the test moves. Out: assertions on what a client gets, and on ports, ends and stalls.
 * Port 0 everywhere; each server is closed by its scope.
 */
import { createServer } from "node:http"
import { connect } from "node:net"
import type { AddressInfo } from "node:net"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer, Logger, Scope } from "effect"
import { EventLoop, layer as eventLoop } from "../../../layers/http/EventLoop.ts"
import { HealthServer, layer } from "../../../layers/http/health.ts"
import type { Address } from "../../../layers/http/health.ts"
import { HealthSource } from "../../../src/ports/HealthSource.ts"
import type { HealthSnapshot } from "../../../src/ports/HealthSource.ts"
import { wellSnapshot } from "../../kit/healthSnapshots.ts"

const anyPort: Address = { port: 0, portChosen: true, host: null, onCloudRun: false }

const quiet = Logger.layer([])

const served = (snapshot: Effect.Effect<HealthSnapshot>, address: Address = anyPort) =>
  layer(address).pipe(
    Layer.provide([eventLoop, Layer.succeed(HealthSource, HealthSource.of({ snapshot }))])
  )

const get = (url: string) =>
  Effect.promise(async () => {
    const response = await fetch(url)
    const text = await response.text()
    return { status: response.status, text, type: response.headers.get("content-type") ?? "" }
  })

const occupied = Effect.acquireRelease(
  Effect.promise(() =>
    new Promise<{ readonly port: number; readonly close: () => void }>((resolve) => {
      const server = createServer()
      server.listen(0, "127.0.0.1", () => {
        resolve({ port: (server.address() as AddressInfo).port, close: () => void server.close() })
      })
    })
  ),
  (server) => Effect.sync(server.close)
)

describe("health server", () => {
  it.live("L-25: the answer follows the state: 200, then 503 with reasons once the trading loop is dead, then 200 again", () => {
    let now = wellSnapshot()
    return Effect.gen(function*() {
      const { url } = yield* HealthServer
      assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/)
      assert.strictEqual((yield* get(`${url}/health`)).status, 200)
      now = wellSnapshot({ decisions: { count: 1, ageMillis: 99_000, stalledAfterMillis: 10_000 } })
      const ill = yield* get(`${url}/health`)
      assert.strictEqual(ill.status, 503)
      const body = JSON.parse(ill.text)
      assert.strictEqual(body.status, "unhealthy")
      assert.deepStrictEqual(body.reasons, [{
        code: "loopStalled",
        severity: "High",
        words: "no decision for 99.0 s",
        runbook: "observability/runbooks/loop-stalled.md"
      }])
      now = wellSnapshot()
      assert.strictEqual((yield* get(`${url}/health?x=1`)).status, 200)
    }).pipe(Effect.provide(Layer.provideMerge(served(Effect.sync(() => now)), quiet)))
  })

  it.live("each endpoint answers, an unknown one is 404 and names those that exist", () =>
    Effect.gen(function*() {
      const { url } = yield* HealthServer
      for (const path of ["/livez", "/startupz", "/readyz", "/health", "/"]) {
        const answer = yield* get(url + path)
        assert.strictEqual(answer.status, 200, path)
        assert.match(answer.type, /application\/json/)
      }
      const missing = yield* get(`${url}/api/status`)
      assert.strictEqual(missing.status, 404)
      assert.include(missing.text, "/readyz")
    }).pipe(Effect.provide(Layer.provideMerge(served(Effect.succeed(wellSnapshot())), quiet))))

  it.live("/metrics is Prometheus text with the state of the moment", () =>
    Effect.gen(function*() {
      const { url } = yield* HealthServer
      const { text, type } = yield* get(`${url}/metrics`)
      assert.match(type, /text\/plain; version=0\.0\.4/)
      assert.match(text, /^daruma_feed_staleness_seconds 0\.04$/m)
      assert.match(text, /^daruma_naked_position_seconds 31$/m)
      assert.match(text, /^daruma_incidents_open\{severity="High"\} 2$/m)
      assert.match(text, /^daruma_trading_state\{state="Active"\} 1$/m)
      assert.match(text, /^daruma_health_reason\{code="positionUnprotected"\} 1$/m)
      assert.match(text, /^daruma_health_reason\{code="halted"\} 0$/m)
    }).pipe(Effect.provide(Layer.provideMerge(
      served(Effect.succeed(wellSnapshot({
        protection: { state: "uncovered", uncoveredMillis: 31_000 },
        incidents: { Critical: 0, High: 2, Medium: 0, Low: 0 }
      }))),
      quiet
    ))))

  it.live("a runtime that does not answer within 2 s, or dies answering, is 503 and not a hung request", () =>
    Effect.gen(function*() {
      for (const snapshot of [Effect.never, Effect.die(new Error("no state"))]) {
        const started = performance.now()
        const answer = yield* Effect.flatMap(HealthServer, ({ url }) => get(`${url}/livez`)).pipe(
          Effect.provide(Layer.provideMerge(served(snapshot), quiet))
        )
        assert.strictEqual(answer.status, 503)
        assert.include(answer.text, "noAnswer")
        assert.isTrue(performance.now() - started < 4_000)
      }
    }))

  it.live("a chosen port that is taken fails as PortTaken and says what to do", () =>
    Effect.gen(function*() {
      const { port } = yield* occupied
      const failure = yield* Layer.build(served(Effect.succeed(wellSnapshot()), { ...anyPort, port })).pipe(
        Effect.provide(quiet),
        Effect.flip
      )
      assert.strictEqual(failure._tag, "PortTaken")
      assert.match(failure.message, new RegExp(`port ${port} .*server\\.port to 0`))
    }).pipe(Effect.scoped))

  it.live("a default port that is taken gives way to a free one, and the log says so plainly", () => {
    const lines: Array<string> = []
    const logger = Logger.make<unknown, void>(({ message }) => void lines.push(String(message)))
    return Effect.gen(function*() {
      const { port } = yield* occupied
      const { url } = yield* HealthServer.pipe(
        Effect.provide(Layer.provideMerge(
          served(Effect.succeed(wellSnapshot()), { ...anyPort, port, portChosen: false }),
          Logger.layer([logger])
        ))
      )
      assert.notStrictEqual(new URL(url).port, String(port))
      assert.include(lines.join("\n"), `port ${port} is taken`)
      assert.include(lines.join("\n"), url)
    }).pipe(Effect.scoped)
  })

  it.live("an address that is not ours is ServerNotStarted; on Cloud Run all addresses are listened on", () =>
    Effect.gen(function*() {
      const failure = yield* Layer.build(
        served(Effect.succeed(wellSnapshot()), { ...anyPort, host: "192.0.2.1" })
      ).pipe(
        Effect.provide(quiet),
        Effect.flip
      )
      assert.strictEqual(failure._tag, "ServerNotStarted")
      assert.include(failure.message, "192.0.2.1")
      const { url } = yield* HealthServer.pipe(
        Effect.provide(
          Layer.provideMerge(served(Effect.succeed(wellSnapshot()), { ...anyPort, onCloudRun: true }), quiet)
        )
      )
      assert.match(url, /0\.0\.0\.0/)
    }).pipe(Effect.scoped))

  it.live("closing takes its grace of 1 s and no more although a client asks and asks and reads no answer", () =>
    Effect.gen(function*() {
      const scope = yield* Scope.make()
      const context = yield* Layer.build(Layer.provideMerge(served(Effect.succeed(wellSnapshot())), quiet))
        .pipe(
          Effect.provideService(Scope.Scope, scope)
        )
      const { url } = yield* HealthServer.pipe(Effect.provide(context))
      const deaf = yield* Effect.acquireRelease(
        Effect.sync(() => connect(Number(new URL(url).port), "127.0.0.1").on("error", () => {}).pause()),
        (socket) => Effect.sync(() => socket.destroy())
      )
      deaf.write("GET /health HTTP/1.1\r\nhost: x\r\n\r\n".repeat(10_000))
      yield* Effect.sleep("1500 millis")
      const before = performance.now()
      yield* Scope.close(scope, Exit.void)
      assert.isTrue(
        performance.now() - before < 1_900,
        `closing took ${(performance.now() - before).toFixed(0)} ms`
      )
    }).pipe(Effect.scoped))

  it.live("closing takes its grace of 1 s and no more although one client waits for its answer and another never finishes its request", () =>
    Effect.gen(function*() {
      const scope = yield* Scope.make()
      const context = yield* Layer.build(Layer.provideMerge(served(Effect.never), quiet)).pipe(
        Effect.provideService(Scope.Scope, scope)
      )
      const { url } = yield* HealthServer.pipe(Effect.provide(context))
      const pending = yield* Effect.forkChild(Effect.exit(Effect.tryPromise(() => fetch(`${url}/health`))))
      const half = yield* Effect.acquireRelease(
        Effect.sync(() => connect(Number(new URL(url).port), "127.0.0.1").on("error", () => {})),
        (socket) => Effect.sync(() => socket.destroy())
      )
      half.write("POST /health HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc")
      yield* Effect.sleep("100 millis")
      const before = performance.now()
      yield* Scope.close(scope, Exit.void)
      assert.isTrue(
        performance.now() - before < 1_600,
        `closing took ${(performance.now() - before).toFixed(0)} ms`
      )
      yield* Fiber.await(pending)
    }).pipe(Effect.scoped))
})

describe("EventLoop", () => {
  it.live("L-37: a blocked loop is seen afterwards, and an idle one is not blamed", () =>
    Effect.gen(function*() {
      const loop = yield* EventLoop
      yield* Effect.sleep("250 millis")
      const idle = loop.lagMillis()
      const until = performance.now() + 600
      while (performance.now() < until);
      assert.isTrue(loop.lagMillis() >= 480, `overdue: ${loop.lagMillis()} ms`)
      yield* Effect.sleep("250 millis")
      assert.isTrue(loop.lagMillis() >= 480, `remembered: ${loop.lagMillis()} ms`)
      assert.isTrue(idle < loop.lagMillis(), `idle: ${idle} ms`)
    }).pipe(Effect.provide(eventLoop)))
})
