/**
 * One writer on one host: two processes, one holder.
 * In: child processes on one folder. Out: who gets the lease, what the other is told.
 * Real pids, because a pid and its start time are what the lease trusts.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { existsSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { holderText, liveHolder } from "../../../layers/lease/lockFile.ts"
import { LeaseHeld } from "../../../src/errors/LeaseError.ts"
import { Lease } from "../../../src/ports/Lease.ts"
import { temporaryFolder } from "../../kit/folder.ts"
import { runScript } from "../../kit/processes.ts"
import { sqliteStand } from "../../kit/stands.ts"

const acquire = Effect.flatMap(Lease, (lease) => lease.acquire)

const take = (folder: string) =>
  Effect.scoped(acquire).pipe(
    Effect.provide(Layer.fresh(sqliteStand(folder))),
    Effect.match({ onFailure: (fault) => fault, onSuccess: (held) => held.epoch })
  )

describe("SQLite lease among processes", () => {
  it.live(
    "L-42 a second process is refused with the pid of the first, and gets the lease when that one is dead",
    () =>
      Effect.scoped(Effect.gen(function*() {
        const folder = yield* temporaryFolder
        const first = yield* runScript("kit/writer.ts", [folder])
        yield* first.line((line) => line === "epoch 1")
        const second = yield* runScript("kit/writer.ts", [folder])
        const said = yield* second.line((line) => line.startsWith("refused"))
        assert.match(said, new RegExp(`^refused another daruma trades here: pid ${first.pid} since 20`))
        assert.strictEqual(yield* second.exit, 4)
        const fault = yield* take(folder)
        if (!(fault instanceof LeaseHeld)) return assert.fail(`not refused: ${String(fault)}`)
        assert.deepStrictEqual([fault.pid, fault.severity], [first.pid, "High"])
        assert.strictEqual(liveHolder(join(folder, "lock"))?.pid, first.pid)
        yield* first.kill("SIGKILL")
        yield* first.exit
        assert.isNull(liveHolder(join(folder, "lock")))
        assert.strictEqual(yield* take(folder), 2)
      })),
    30_000
  )

  it.live(
    "P5 a process frozen in an open transaction keeps the lease, and the next one is told who it is",
    () =>
      Effect.scoped(Effect.gen(function*() {
        const folder = yield* temporaryFolder
        const first = yield* runScript("kit/writer.ts", [folder, "freeze"])
        yield* first.line((line) => line === "frozen")
        yield* first.kill("SIGSTOP")
        const fault = yield* take(folder)
        if (!(fault instanceof LeaseHeld)) return assert.fail(`not refused: ${String(fault)}`)
        assert.strictEqual(fault.pid, first.pid)
      })),
    30_000
  )

  it.effect("the lock file goes with the lease", () =>
    Effect.scoped(Effect.gen(function*() {
      const folder = yield* temporaryFolder
      yield* Effect.scoped(
        Effect.andThen(acquire, Effect.sync(() => assert.isTrue(existsSync(join(folder, "lock")))))
      ).pipe(
        Effect.provide(Layer.fresh(sqliteStand(folder)))
      )
      assert.isFalse(existsSync(join(folder, "lock")))
    })))

  it.effect("a lock whose pid was given to another process is nobody's", () =>
    Effect.scoped(Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const reused = {
        host: hostname(),
        pid: process.pid,
        start: "an earlier start",
        since: "2026-01-01T00:00:00Z",
        instance: 0
      }
      writeFileSync(join(folder, "lock"), holderText(reused))
      assert.isNull(liveHolder(join(folder, "lock")))
      assert.strictEqual(yield* take(folder), 1)
    })))

  it.effect("a living holder's lock protects a folder whose journal is gone", () =>
    Effect.scoped(Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const elsewhere = {
        host: "another-host",
        pid: 1,
        start: "s",
        since: "2026-01-01T00:00:00Z",
        instance: 0
      }
      writeFileSync(join(folder, "lock"), holderText(elsewhere))
      assert.instanceOf(yield* take(folder), LeaseHeld)
    })))
})
