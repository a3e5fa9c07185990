/**
 * Holding a lease: take it by compare-and-swap, renew it in the background, let it go with the scope.
 * In: the lease row, and a judge of whether another holder still lives. Out: the `Lease` service.
 * Shared by SQLite and memory; time is the machine's, what is left is read by the monotonic clock (decisions 38, 47).
 */
import { Clock, Effect, Schedule } from "effect"
import type { AnyFault } from "../../src/domain/Fault.ts"
import { LeaseHeld } from "../../src/errors/LeaseError.ts"
import type { HeldLease, Lease } from "../../src/ports/Lease.ts"
import type { LeaseRow, LeaseTable } from "./LeaseTable.ts"

const TTL_MILLIS = 15_000
const RENEW_EVERY = "5 seconds"

/** What this holder is, and what it knows of others. */
export interface Party<E extends AnyFault> {
  /** Unique among all holders of the row, living or dead. */
  readonly holder: string
  /** `gone` may be succeeded at once, `unknown` when its time is up, `alive` never. */
  readonly judge: (holder: string) => "alive" | "gone" | "unknown"
  readonly describe: (
    holder: string
  ) => { readonly holder: string; readonly pid: number | null; readonly since: string }
  readonly explain: (cause: unknown) => E
  /** Runs once the row is ours, and before it is let go. */
  readonly taken: Effect.Effect<void, E | LeaseHeld>
  readonly released: Effect.Effect<void>
}

const holding = <E extends AnyFault>(table: LeaseTable["Service"], party: Party<E>): Lease["Service"] => {
  const trying = <A>(run: () => A) => Effect.try({ try: run, catch: party.explain })
  const lost = (row: LeaseRow) => row.epoch !== table.held.epoch || row.holder !== party.holder

  const take = Effect.fnUntraced(function*(clock: Clock.Clock) {
    const found = yield* trying(table.read)
    const free = found.holder === "" || found.holder === party.holder
    const state = free ? "gone" : party.judge(found.holder)
    const now = clock.currentTimeMillisUnsafe()
    if (state === "alive" || (state === "unknown" && found.until > now)) {
      return yield* new LeaseHeld(party.describe(found.holder))
    }
    const started = monotonicMillis(clock)
    const next = { holder: party.holder, epoch: found.epoch + 1, until: now + TTL_MILLIS }
    if (!(yield* trying(() => table.swap(found, next)))) {
      return yield* new LeaseHeld(party.describe((yield* trying(table.read)).holder))
    }
    if (!free) {
      yield* Effect.logWarning(`lease taken over from ${party.describe(found.holder).holder}, which is gone`)
    }
    table.held.epoch = next.epoch
    table.held.validUntilMillis = started + TTL_MILLIS
    return next.epoch
  })

  const renew = Effect.fnUntraced(function*(clock: Clock.Clock) {
    const row = yield* trying(table.read)
    if (lost(row)) {
      table.held.validUntilMillis = Number.NEGATIVE_INFINITY
      return
    }
    const started = monotonicMillis(clock)
    const next = { ...row, until: clock.currentTimeMillisUnsafe() + TTL_MILLIS }
    if (yield* trying(() => table.swap(row, next))) table.held.validUntilMillis = started + TTL_MILLIS
  })

  // The epoch stays ours until somebody takes the next one: late rows of a drain may still be written.
  const release = (epoch: number) =>
    Effect.gen(function*() {
      if (table.held.epoch !== epoch) return
      table.held.validUntilMillis = Number.NEGATIVE_INFINITY
      yield* party.released
      const row = yield* trying(table.read)
      if (!lost(row)) yield* trying(() => table.swap(row, { holder: "", epoch: row.epoch, until: 0 }))
    }).pipe(Effect.catch((fault) => Effect.logWarning(`the lease could not be released: ${fault.message}`)))

  const acquire = Effect.fn("Lease.acquire")(function*() {
    const clock = yield* Clock.Clock
    const epoch = yield* Effect.acquireRelease(take(clock), release)
    yield* party.taken
    // A renewal that fails is tried again; meanwhile the lease runs out by our own clock.
    yield* Effect.forkScoped(
      Effect.repeat(
        renew(clock).pipe(
          Effect.catch((fault) => Effect.logWarning(`the lease was not renewed: ${fault.message}`))
        ),
        Schedule.spaced(RENEW_EVERY)
      )
    )
    const remainingMillis = () =>
      table.held.epoch === epoch
        ? table.held.validUntilMillis - monotonicMillis(clock)
        : Number.NEGATIVE_INFINITY
    const held: HeldLease = {
      epoch,
      holder: party.holder,
      remainingMillis,
      isValid: () => remainingMillis() > 0
    }
    return held
  })
  return { acquire: acquire() }
}

const monotonicMillis = (clock: Clock.Clock): number => Number(clock.monotonicTimeNanosUnsafe()) / 1_000_000

export { holding, TTL_MILLIS }
