/**
 * The health server: /livez /startupz /readyz /health /metrics, answered anew for each request.
 * In: HealthSource, EventLoop, an address. Out: `HealthServer.url`; HTTP on loopback, on all addresses on Cloud Run.
 * A layer because it stands on sockets; what it says is decided in assess.ts and answers.ts.
 */
import { createServer } from "node:http"
import type { Server } from "node:http"
import { NodeHttpServer } from "@effect/platform-node"
import { Cause, Context, Effect, Latch, Layer } from "effect"
import type { Scope } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import type { HttpServer, HttpServerError } from "effect/http"
import { NetAddress } from "effect/net"
import { PortTaken, ServerNotStarted } from "../../src/errors/ServerError.ts"
import { HealthSource } from "../../src/ports/HealthSource.ts"
import type { HealthSnapshot } from "../../src/ports/HealthSource.ts"
import { mustSee } from "../../src/ports/logFacts.ts"
import { ANSWERS } from "./answers.ts"
import type { Probed } from "./assess.ts"
import { EventLoop } from "./EventLoop.ts"
import { prometheusText } from "./healthMetrics.ts"

/** Open requests get this long at shutdown, then their sockets are closed. */
const SHUTDOWN_GRACE_MILLIS = 1_000
/** A snapshot that takes longer is itself a failure: the actors do not answer. */
const SNAPSHOT_DEADLINE = "2 seconds"

export class HealthServer extends Context.Service<HealthServer, {
  /** Where it listens, such as http://127.0.0.1:8080. */
  readonly url: string
}>()("daruma/layers/http/HealthServer") {}

interface Address {
  /** 0 = any free port. */
  readonly port: number
  /** True when a person chose the port: a taken one is then an error; otherwise a free one is taken and said. */
  readonly portChosen: boolean
  /** Null = loopback, every address on Cloud Run. */
  readonly host: string | null
  readonly onCloudRun: boolean
}

const hostOf = (address: Address): string => address.host ?? (address.onCloudRun ? "0.0.0.0" : "127.0.0.1")

const codeOf = (cause: unknown): string =>
  typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : String(cause)

interface Listening {
  readonly server: HttpServer.HttpServer["Service"]
  readonly node: Server
}

const listen = (
  host: string,
  port: number
): Effect.Effect<Listening, PortTaken | ServerNotStarted, Scope.Scope> => {
  const node: Server = createServer({ keepAliveTimeout: 1_000 })
  return NodeHttpServer.make(() => node, { host, port, gracefulShutdownTimeout: SHUTDOWN_GRACE_MILLIS }).pipe(
    Effect.mapError((error: HttpServerError.ServeError) =>
      codeOf(error.cause) === "EADDRINUSE"
        ? new PortTaken({ host, port })
        : new ServerNotStarted({ host, port, words: codeOf(error.cause) })
    ),
    Effect.map((server) => ({ server, node }))
  )
}

/** No socket outlives the grace, so none keeps the process alive after the server has closed. */
const closeSocketsAfterGrace = (node: Server) =>
  Effect.addFinalizer(() =>
    Effect.sync(() => void setTimeout(() => node.closeAllConnections(), SHUTDOWN_GRACE_MILLIS).unref())
  )

/** Takes the port, or any free one when nobody chose it. */
const listenAt = (address: Address) => {
  const host = hostOf(address)
  const first = listen(host, address.port)
  return address.portChosen ?
    first :
    Effect.catchTag(
      first,
      "PortTaken",
      () =>
        mustSee(Effect.logWarning(`port ${address.port} is taken by another program; taking a free one`))
          .pipe(
            Effect.andThen(listen(host, 0))
          )
    )
}

/** Asks for the snapshot within its deadline; null = nobody answered, or the server is closing. */
const ask = (
  source: HealthSource["Service"],
  closing: Effect.Effect<void>
): Effect.Effect<HealthSnapshot | null> =>
  Effect.raceFirst(source.snapshot, Effect.as(closing, null)).pipe(
    Effect.timeoutOrElse({ duration: SNAPSHOT_DEADLINE, orElse: () => Effect.succeed(null) }),
    Effect.catchCause((cause) =>
      Effect.as(Effect.logError(`the health snapshot failed: ${Cause.pretty(cause)}`), null)
    )
  )

const unanswered = HttpServerResponse.jsonUnsafe(
  {
    status: "unknown",
    reasons: [{
      code: "noAnswer",
      severity: "High",
      words: "the runtime did not say how it is within 2 s",
      runbook: "observability/runbooks/event-loop-blocked.md"
    }]
  },
  { status: 503, headers: { "cache-control": "no-store" } }
)

const ENDPOINTS = [...Object.keys(ANSWERS), "/metrics"]

const pathOf = (url: string): string => url.split("?", 1)[0] ?? "/"

const respond = Effect.fnUntraced(
  function*(path: string, snapshotOrNull: Effect.Effect<HealthSnapshot | null>, probed: () => Probed) {
    const say = ANSWERS[path as keyof typeof ANSWERS]
    if (path === "/") return HttpServerResponse.jsonUnsafe({ service: "daruma", endpoints: ENDPOINTS })
    if (say === undefined && path !== "/metrics") {
      return HttpServerResponse.jsonUnsafe({ status: "notFound", endpoints: ENDPOINTS }, { status: 404 })
    }
    const snapshot = yield* snapshotOrNull
    if (snapshot === null) return unanswered
    if (say === undefined) {
      const text = yield* prometheusText(snapshot, probed())
      return HttpServerResponse.text(text, { contentType: "text/plain; version=0.0.4; charset=utf-8" })
    }
    const { body, status } = say(snapshot, probed())
    return HttpServerResponse.jsonUnsafe(body, { status, headers: { "cache-control": "no-store" } })
  }
)

/**
 * Listens until its scope closes; closing takes little more than 1 s.
 * Errors: PortTaken (Medium) when a chosen port is taken; ServerNotStarted (Medium) for any other refusal.
 */
export const layer = (
  address: Address
): Layer.Layer<HealthServer, PortTaken | ServerNotStarted, HealthSource | EventLoop> =>
  Layer.effect(
    HealthServer,
    Effect.gen(function*() {
      const source = yield* HealthSource
      const loop = yield* EventLoop
      const probed = (): Probed => ({ loopLagMillis: loop.lagMillis() })
      const { node, server } = yield* listenAt(address)
      const closing = Latch.makeUnsafe(false)
      const snapshot = ask(source, closing.await)
      yield* server.serve(
        Effect.flatMap(
          HttpServerRequest.HttpServerRequest,
          ({ url }) => respond(pathOf(url), snapshot, probed)
        )
      )
      yield* closeSocketsAfterGrace(node)
      // Registered last, so it runs first: whoever waits for a snapshot is answered at once.
      yield* Effect.addFinalizer(() => closing.open)
      const url = NetAddress.formatUrlUnsafe(server.address)
      yield* mustSee(Effect.log(`health: ${url}/health (also /livez /startupz /readyz /metrics)`))
      return HealthServer.of({ url })
    })
  )

export type { Address }
