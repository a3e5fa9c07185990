/**
 * What any lease must do: the contract, run once per layer.
 * In: a layer of lease and table; a row swapped by hand stands for another party. Out: vitest cases under a test clock.
 * Time limits are those of decisions 38.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Scope } from "effect"
import type { Layer } from "effect"
import { Exit } from "effect"
import { TestClock } from "effect/testing"
import { LeaseTable } from "../../layers/lease/LeaseTable.ts"
import type { AnyFault } from "../../src/domain/Fault.ts"
import { Lease } from "../../src/ports/Lease.ts"

export type LeaseStand = Layer.Layer<Lease | LeaseTable, AnyFault>

const acquire = Effect.flatMap(Lease, (lease) => lease.acquire)

export const leaseContract = (name: string, stand: () => LeaseStand): void => {
  const test = (words: string, run: Effect.Effect<void, AnyFault, Lease | LeaseTable | Scope.Scope>) =>
    it.effect(words, () => Effect.scoped(run).pipe(Effect.provide(stand())))

  describe(`Lease contract: ${name}`, () => {
    test(
      "each acquisition has a greater epoch, and a released lease is free at once",
      Effect.gen(function*() {
        const first = yield* Effect.scoped(Effect.map(acquire, (held) => held.epoch))
        const table = yield* LeaseTable
        assert.deepStrictEqual(table.read(), { holder: "", epoch: 1, until: 0 })
        const second = yield* acquire
        assert.deepStrictEqual([first, second.epoch], [1, 2])
      })
    )

    test(
      "it is renewed every 5 s and never runs out while its scope is open",
      Effect.gen(function*() {
        const held = yield* acquire
        for (let second = 0; second < 60; second++) {
          yield* TestClock.adjust("1 second")
          assert.isAbove(held.remainingMillis(), 9_000)
          assert.isAtMost(held.remainingMillis(), 15_000)
        }
      })
    )

    test(
      "it is invalid 15 s after the last renewal by our own clock, whatever the row says",
      Effect.gen(function*() {
        const held = yield* acquire
        const table = yield* LeaseTable
        assert.strictEqual(held.remainingMillis(), 15_000)
        table.held.validUntilMillis -= 15_000
        assert.isFalse(held.isValid())
        assert.strictEqual(table.read().epoch, held.epoch)
      })
    )

    test(
      "L-42 once another party has swapped the row it is lost for good",
      Effect.gen(function*() {
        const held = yield* acquire
        const table = yield* LeaseTable
        const row = table.read()
        assert.isTrue(
          table.swap(row, { holder: "another", epoch: row.epoch + 1, until: Number.MAX_SAFE_INTEGER })
        )
        yield* TestClock.adjust("6 seconds")
        assert.isFalse(held.isValid())
        yield* TestClock.adjust("1 minute")
        assert.isFalse(held.isValid())
        assert.strictEqual(table.read().holder, "another")
      })
    )

    test(
      "a holder that we cannot judge is believed until its time is up",
      Effect.gen(function*() {
        const table = yield* LeaseTable
        table.swap(table.read(), { holder: "another", epoch: 4, until: 15_000 })
        const refused = yield* Effect.match(acquire, {
          onFailure: (fault) => fault._tag,
          onSuccess: () => "taken"
        })
        assert.strictEqual(refused, "LeaseHeld")
        yield* TestClock.adjust("16 seconds")
        assert.strictEqual((yield* acquire).epoch, 5)
      })
    )

    test(
      "a swap that comes second changes nothing",
      Effect.gen(function*() {
        const table = yield* LeaseTable
        const seen = table.read()
        assert.isTrue(table.swap(seen, { holder: "one", epoch: 1, until: 1 }))
        assert.isFalse(table.swap(seen, { holder: "two", epoch: 1, until: 1 }))
        assert.strictEqual(table.read().holder, "one")
      })
    )

    test(
      "a deposed holder's release does not free the lease of the next",
      Effect.gen(function*() {
        const table = yield* LeaseTable
        const scope = yield* Scope.make()
        yield* Scope.provide(acquire, scope)
        const row = table.read()
        table.swap(row, { holder: "another", epoch: row.epoch + 1, until: 99 })
        yield* Scope.close(scope, Exit.void)
        assert.deepStrictEqual(table.read(), { holder: "another", epoch: 2, until: 99 })
      })
    )
  })
}
