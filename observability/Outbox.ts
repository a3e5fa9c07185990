/**
 * The bounded queue between trading and a collector: full means drop and count, never wait.
 * In: groups of spans (a group is one trace; it goes in whole or not at all). Out: batches to one `send`.
 * One per process; both transports use it, so bounds, counters and the once-a-minute complaint exist once.
 */
import { Cause, Clock, Effect, Latch, Metric, Semaphore } from "effect"
import type { Duration, Scope } from "effect"
import type { ExportFailed } from "../src/errors/ServerError.ts"
import { spansDropped, spansSent } from "./metrics.ts"

interface OutboxOptions<A> {
  /** Spans that may wait. */
  readonly capacity: number
  readonly batchSize: number
  /** A batch waits at most this long for company. */
  readonly interval: Duration.Input
  /** What a shutdown may still take, sending included. */
  readonly shutdownGrace: Duration.Input
  readonly send: (batch: ReadonlyArray<A>) => Effect.Effect<void, ExportFailed>
}

interface Outbox<A> {
  /** Takes the group or drops it whole. */
  readonly offer: (group: ReadonlyArray<A>) => void
  /** As `offer`, but only while the queue is less than half full: spans of control edges yield to decisions. */
  readonly offerSpare: (group: ReadonlyArray<A>) => void
  readonly counts: () => {
    readonly sent: number
    readonly full: number
    readonly failed: number
    readonly shutdown: number
  }
}

const COMPLAINT_EVERY_MILLIS = 60_000
type Loss = "full" | "failed" | "shutdown"

const make = Effect.fnUntraced(function*<A>(
  options: OutboxOptions<A>
): Effect.fn.Return<Outbox<A>, never, Scope.Scope> {
  const clock = yield* Clock.Clock
  const context = yield* Effect.context<never>()
  const bell = Latch.makeUnsafe(false)
  /** One batch is under way at a time: the end of the scope waits for it instead of sending it twice. */
  const turn = Semaphore.makeUnsafe(1)
  const counts = { sent: 0, full: 0, failed: 0, shutdown: 0 }
  const losses = {
    full: Metric.withAttributes(spansDropped, { reason: "full" }),
    failed: Metric.withAttributes(spansDropped, { reason: "failed" }),
    shutdown: Metric.withAttributes(spansDropped, { reason: "shutdown" })
  }
  let waiting: Array<A> = []
  let inHand = 0
  let complainedAt = Number.NEGATIVE_INFINITY
  let unsaid = 0

  const lose = (reason: Loss, spans: number): void => {
    counts[reason] += spans
    unsaid += spans
    losses[reason].updateUnsafe(spans, context)
  }
  /** At most one line a minute; it is not a span and no exporter reads the log, so it cannot feed itself (P-6). */
  const complain = (words: string) =>
    Effect.suspend(() => {
      const now = clock.currentTimeMillisUnsafe()
      if (now - complainedAt < COMPLAINT_EVERY_MILLIS) return Effect.void
      complainedAt = now
      const spans = unsaid
      unsaid = 0
      return Effect.logWarning(
        `${words}; ${spans} spans given up since the last such line, trading is not affected`
      )
    })

  const sendOne = Effect.suspend(() => {
    if (waiting.length === 0) return Effect.void
    const batch = waiting.slice(0, options.batchSize)
    waiting = waiting.slice(batch.length)
    inHand = batch.length
    return options.send(batch).pipe(
      Effect.andThen(Effect.suspend(() => {
        counts.sent += batch.length
        inHand = 0
        return Metric.update(spansSent, batch.length)
      })),
      Effect.onInterrupt(() =>
        Effect.sync(() => {
          waiting = [...batch, ...waiting]
          inHand = 0
        })
      ),
      Effect.catchCause((cause) => {
        if (Cause.hasInterruptsOnly(cause)) return Effect.failCause(cause)
        const failure = cause.reasons.find((reason) => reason._tag === "Fail")
        inHand = 0
        lose("failed", batch.length)
        return complain(failure?.error.message ?? "the span exporter broke")
      })
    )
  }).pipe(Effect.withTracerEnabled(false), turn.withPermits(1))

  const sendAll = Effect.gen(function*() {
    while (waiting.length > 0) yield* sendOne
  })

  const loop = Effect.gen(function*() {
    while (true) {
      yield* bell.await
      if (waiting.length < options.batchSize) yield* Effect.sleep(options.interval)
      bell.closeUnsafe()
      yield* sendAll
      if (counts.full > 0 && unsaid > 0) yield* complain("the span queue was full")
    }
  })
  yield* Effect.forkScoped(loop)
  // After the fork, so that it runs before the loop is interrupted.
  yield* Effect.addFinalizer(() =>
    sendAll.pipe(
      Effect.interruptible,
      Effect.timeoutOption(options.shutdownGrace),
      Effect.ignore,
      Effect.andThen(Effect.suspend(() => {
        const left = waiting.length + inHand
        waiting = []
        if (left === 0) return Effect.void
        lose("shutdown", left)
        return Effect.logWarning(`${left} spans were not sent before the end`)
      }))
    )
  )

  const take = (group: ReadonlyArray<A>, room: number): void => {
    if (group.length === 0) return
    if (waiting.length + inHand + group.length > room) return lose("full", group.length)
    for (const span of group) waiting.push(span)
    bell.openUnsafe()
  }
  return {
    offer: (group) => take(group, options.capacity),
    offerSpare: (group) => take(group, options.capacity / 2),
    counts: () => ({ ...counts })
  }
})

export { make }
export type { Outbox, OutboxOptions }
