/**
 * Health as the desk sees itself: each field moves because the part behind it moved, and only then (L-25).
 * In: the real parts, moved by hand; once a whole desk that loses its lease. Out: snapshots and their verdicts.
 */
import { it } from "@effect/vitest"
import { Effect } from "effect"
import { assert, describe } from "vitest"
import { deskHealth } from "../../src/actors/deskHealth.ts"
import { Progress } from "../../src/actors/Progress.ts"
import { Readers } from "../../src/actors/Readers.ts"
import { Standing } from "../../src/actors/Standing.ts"
import { Journal } from "../../src/ports/Journal.ts"
import type { HealthSnapshot } from "../../src/ports/HealthSource.ts"
import type { HeldLease } from "../../src/ports/Lease.ts"
import { MachineTime } from "../../src/ports/MachineTime.ts"
import { MarketClock } from "../../src/ports/MarketData.ts"
import type { TreeStatus } from "../../src/supervision/Supervisor.ts"
import { reasonsOf } from "../../layers/http/assess.ts"
import { servicesLayer } from "../../layers/test.ts"
import { desk, deskOn, play, reached, Stumble } from "./stage.ts"

const options = deskOn(11, 120)
const calm = { loopLagMillis: 0 }
const codes = (snapshot: HealthSnapshot) => reasonsOf(snapshot, calm).map(({ code }) => code)

const node = (
  name: string,
  state: TreeStatus["state"],
  children: ReadonlyArray<TreeStatus> = []
): TreeStatus => ({
  name,
  kind: children.length > 0 ? "group" : "child",
  state,
  restarts: 0,
  lastFailure: null,
  sinceMillis: 0,
  children
})

const lease: HeldLease = { epoch: 7, holder: "test", isValid: () => true, remainingMillis: () => 9_000 }

/** The desk's parts, its health, and the three things that stand outside: machine time, the tree, the wish to stop. */
const parts = Effect.gen(function*() {
  const outside = {
    now: 1_000,
    tree: node("root", "running", [node("journal", "running"), node("decision", "running")]),
    isDraining: false
  }
  const nobody = { crash: () => Effect.succeed(false), stop: Effect.void, ended: Effect.never }
  const supervision = { ...nobody, status: () => outside.tree }
  const source = yield* deskHealth({ supervision, isDraining: () => outside.isDraining }).pipe(
    Effect.provideService(MachineTime, { now: () => outside.now })
  )
  return {
    outside,
    progress: yield* Progress,
    readers: yield* Readers,
    standing: yield* Standing,
    journal: yield* Journal,
    clock: yield* MarketClock,
    look: source.snapshot
  }
})

const withParts = <E>(words: string, run: (of: Effect.Success<typeof parts>) => Effect.Effect<void, E>) =>
  it.effect(words, () => Effect.flatMap(parts, run).pipe(Effect.provide(servicesLayer(options))))

describe("deskHealth", () => {
  withParts(
    "stands by until a lease is granted; from then on it leads, and leads wrongly without one",
    ({ look, standing }) =>
      Effect.gen(function*() {
        const before = yield* look
        assert.deepStrictEqual([before.role, before.epoch, before.lease], ["standby", 0, {
          held: false,
          remainingMillis: null
        }])
        standing.grant(lease)
        const leading = yield* look
        assert.deepStrictEqual([leading.role, leading.epoch, leading.lease], ["leader", 7, {
          held: true,
          remainingMillis: 9_000
        }])
        standing.revoke()
        const lost = yield* look
        assert.deepStrictEqual([lost.role, lost.lease.held], ["leader", false])
        assert.include(codes(lost), "leaseLost")
        assert.notInclude(codes(before), "leaseLost")
        assert.notInclude(codes(leading), "leaseLost")
      })
  )

  withParts(
    "walks through its phases as lease, journal and reconciliation come, and draining ends it",
    (of) =>
      Effect.gen(function*() {
        const phase = Effect.map(of.look, (seen) => seen.phase)
        assert.strictEqual(yield* phase, "booting")
        of.standing.grant(lease)
        assert.strictEqual(yield* phase, "booting")
        of.progress.sessionStarted = true
        assert.strictEqual(yield* phase, "reconciling")
        of.progress.converged = true
        assert.strictEqual(yield* phase, "trading")
        of.outside.isDraining = true
        assert.strictEqual(yield* phase, "draining")
        of.progress.sessionEnded = true
        const ended = yield* of.look
        assert.deepStrictEqual([ended.phase, ended.role, ended.feed.silentAfterMillis], [
          "stopped",
          "draining",
          null
        ])
      })
  )

  withParts(
    "ages grow with machine time and begin again with the next bar and decision",
    ({ look, outside, progress, readers }) =>
      Effect.gen(function*() {
        const ages = Effect.map(look, ({ decisions, feed }) => [feed.ageMillis, decisions.ageMillis])
        outside.now = 71_000
        const silent = yield* look
        assert.deepStrictEqual([silent.feed.ageMillis, silent.decisions.ageMillis], [70_000, 70_000])
        assert.includeMembers(codes(silent), ["feedSilent", "loopStalled"])
        progress.bars = 1
        readers.ring()
        assert.deepStrictEqual(yield* ages, [0, 70_000])
        progress.decisions = 1
        outside.now = 72_000
        readers.ring()
        assert.deepStrictEqual(yield* ages, [1_000, 0])
        progress.marketEnded = true
        assert.strictEqual((yield* look).feed.silentAfterMillis, null)
      })
  )

  withParts(
    "an uncovered position is timed from the moment it was seen, until it is covered",
    ({ look, outside, progress, readers }) =>
      Effect.gen(function*() {
        progress.protection = "uncovered"
        readers.ring()
        outside.now += 31_000
        readers.ring()
        const bare = yield* look
        assert.deepStrictEqual(bare.protection, { state: "uncovered", uncoveredMillis: 31_000 })
        assert.include(codes(bare), "positionUnprotected")
        progress.protection = "covered"
        readers.ring()
        assert.deepStrictEqual((yield* look).protection, { state: "covered", uncoveredMillis: 0 })
      })
  )

  withParts(
    "names what is parked, what ended, and why the journal does not run",
    ({ look, outside }) =>
      Effect.gen(function*() {
        assert.isNull((yield* look).journal.failure)
        const failure = {
          fault: "DiskFull",
          severity: "Critical",
          runbook: "disk-full",
          words: "the disk is full",
          defect: false
        } as const
        const journal = { ...node("journal", "restarting"), lastFailure: { ...failure, atMillis: 0 } }
        outside.tree = node("root", "running", [journal, node("decision", "parked")])
        const ill = yield* look
        assert.strictEqual(ill.journal.failure, "the disk is full")
        assert.deepStrictEqual([ill.supervisor.alive, ill.supervisor.parked], [true, ["decision"]])
        assert.includeMembers(codes(ill), ["journalFailed", "groupParked"])
        outside.tree = node("root", "stopped", [node("journal", "stopped")])
        const gone = yield* look
        assert.deepStrictEqual([gone.supervisor.alive, gone.journal.failure], [false, "stopped"])
      })
  )

  withParts(
    "counts, warmth, trading state, incidents and reconciliation are the progress's own",
    ({ look, outside, progress }) =>
      Effect.gen(function*() {
        const cold = yield* look
        assert.deepStrictEqual([cold.features.warm, cold.reconcile.ageMillis, cold.trading.state], [
          false,
          null,
          "Active"
        ])
        outside.now = 5_000
        Object.assign(progress, { bars: 50, decisions: 3, restarts: 2, converged: true, reconciledAt: 2_000 })
        Object.assign(progress, { tradingState: "Reducing", reducedBy: "market", divergences: 1 })
        progress.incidents.High = 4
        const warm = yield* look
        assert.deepStrictEqual([warm.features.warm, warm.features.bars], [true, 50])
        assert.deepStrictEqual([warm.decisions.count, warm.supervisor.restarts], [3, 2])
        assert.deepStrictEqual(warm.reconcile, { ageMillis: 3_000, divergences: 1 })
        assert.deepStrictEqual(warm.trading, { state: "Reducing", words: "market" })
        assert.strictEqual(warm.incidents.High, 4)
      })
  )

  it.live("a running leader whose lease actor falls says so, and is well again once it holds the lease", () =>
    Effect.gen(function*() {
      const seen: Array<HealthSnapshot> = []
      yield* play(desk(options), ({ supervision }) =>
        Effect.gen(function*() {
          const health = yield* deskHealth({ supervision, isDraining: () => false })
          yield* reached(({ decisions }) => decisions >= 60)
          seen.push(yield* health.snapshot)
          yield* supervision.crash("lease", new Stumble({ why: "the test asked for it" }))
          seen.push(yield* health.snapshot)
          yield* reached(({ restarts }) => restarts > 0)
          seen.push(yield* health.snapshot)
        }))
      assert.deepStrictEqual(seen.map(({ role }) => role), ["leader", "leader", "leader"])
      assert.deepStrictEqual(seen.map(({ lease: { held } }) => held), [true, false, true])
      assert.deepStrictEqual(seen.map((snapshot) => codes(snapshot).includes("leaseLost")), [
        false,
        true,
        false
      ])
    }))
})
