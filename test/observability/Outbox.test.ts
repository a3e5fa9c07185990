/**
 * The bounds of the queue between trading and a collector.
 * In: a `send` that the test holds in its hand. Out: assertions on what was taken, dropped, retried and said.
 * Virtual time where an interval has to pass; real time where the end of a scope is bounded by it.
 */
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Logger, Scope } from "effect"
import { TestClock } from "effect/testing"
import { make } from "../../observability/Outbox.ts"
import { ExportFailed } from "../../src/errors/ServerError.ts"

const options = { capacity: 8, batchSize: 4, interval: "1 second", shutdownGrace: "2 seconds" } as const
const numbers = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, index) => index)

describe("Outbox", () => {
  it.live("a group that does not fit is dropped whole and counted; a smaller one after it still fits", () =>
    Effect.gen(function*() {
      const outbox = yield* make<number>({ ...options, shutdownGrace: "10 millis", send: () => Effect.never })
      outbox.offer(numbers(6))
      outbox.offer(numbers(3))
      outbox.offer(numbers(2))
      outbox.offer([])
      assert.deepStrictEqual(outbox.counts(), { sent: 0, full: 3, failed: 0, shutdown: 0 })
    }).pipe(Effect.scoped))

  it.live("spans of control edges leave half of the queue to decisions", () =>
    Effect.gen(function*() {
      const outbox = yield* make<number>({ ...options, shutdownGrace: "10 millis", send: () => Effect.never })
      for (let index = 0; index < 10; index++) outbox.offerSpare([index])
      assert.strictEqual(outbox.counts().full, 6)
      outbox.offer(numbers(4))
      assert.strictEqual(outbox.counts().full, 6)
    }).pipe(Effect.scoped))

  it.effect("a batch waits for its interval, and comes in the order it was offered", () =>
    Effect.gen(function*() {
      const got: Array<ReadonlyArray<number>> = []
      const outbox = yield* make<number>({
        ...options,
        send: (batch) => Effect.sync(() => void got.push([...batch]))
      })
      yield* TestClock.adjust("10 millis")
      outbox.offer([1, 2])
      yield* TestClock.adjust("500 millis")
      assert.deepStrictEqual(got, [])
      outbox.offer([3, 4, 5])
      yield* TestClock.adjust("600 millis")
      assert.deepStrictEqual(got, [[1, 2, 3, 4], [5]])
      assert.strictEqual(outbox.counts().sent, 5)
    }).pipe(Effect.scoped))

  it.effect("failures are counted at once and said once a minute with their sum", () => {
    const lines: Array<string> = []
    const logger = Logger.make<unknown, void>(({ message }) => void lines.push(String(message)))
    return Effect.gen(function*() {
      const outbox = yield* make<number>({
        ...options,
        send: () => Effect.fail(new ExportFailed({ words: "answered 503" }))
      })
      for (let second = 0; second < 90; second++) {
        outbox.offer([second])
        yield* TestClock.adjust("1 second")
      }
      assert.isTrue(outbox.counts().failed >= 80)
      assert.strictEqual(lines.length, 2)
      assert.match(lines[0] ?? "", /answered 503; 1 spans/)
      assert.match(lines[1] ?? "", /answered 503; (5\d|60) spans/)
    }).pipe(Effect.scoped, Effect.provide(Logger.layer([logger])))
  })

  it.effect("a defect of the exporter is a failed batch, not the end of the queue", () =>
    Effect.gen(function*() {
      let calls = 0
      const outbox = yield* make<number>({
        ...options,
        send: () => ++calls === 1 ? Effect.die(new Error("broken")) : Effect.void
      })
      outbox.offer([1])
      yield* TestClock.adjust("1100 millis")
      outbox.offer([2])
      yield* TestClock.adjust("1100 millis")
      assert.deepStrictEqual(outbox.counts(), { sent: 1, full: 0, failed: 1, shutdown: 0 })
    }).pipe(Effect.scoped))

  const closing = (first: Effect.Effect<void>) =>
    Effect.gen(function*() {
      const got: Array<number> = []
      let calls = 0
      const begun = yield* Deferred.make<void>()
      const scope = yield* Scope.make()
      const outbox = yield* make<number>({
        ...options,
        interval: "1 millis",
        shutdownGrace: "300 millis",
        send: (batch) =>
          Deferred.succeed(begun, undefined).pipe(
            Effect.andThen(++calls === 1 ? first : Effect.void),
            Effect.andThen(Effect.sync(() => void got.push(...batch)))
          )
      }).pipe(Effect.provideService(Scope.Scope, scope))
      outbox.offer([1, 2])
      yield* Deferred.await(begun)
      outbox.offer([3, 4, 5, 6, 7])
      const before = performance.now()
      yield* Scope.close(scope, Exit.void)
      return { got, counts: outbox.counts(), millis: performance.now() - before }
    })

  it.live("closing waits for the batch under way, sends what waits, and sends nothing twice", () =>
    Effect.gen(function*() {
      const { counts, got } = yield* closing(Effect.sleep("100 millis"))
      assert.deepStrictEqual(got, [1, 2, 3, 4, 5, 6, 7])
      assert.deepStrictEqual(counts, { sent: 7, full: 0, failed: 0, shutdown: 0 })
    }))

  it.live("closing gives up and counts what a hanging collector did not take within the grace", () =>
    Effect.gen(function*() {
      const { counts, got, millis } = yield* closing(Effect.never)
      assert.isTrue(millis < 1_500, `closing took ${millis.toFixed(0)} ms`)
      assert.deepStrictEqual(got, [])
      assert.deepStrictEqual(counts, { sent: 0, full: 0, failed: 0, shutdown: 7 })
    }))
})
