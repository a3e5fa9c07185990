/**
 * The desk's right to write: the lease as its holder's neighbours may see it, and whether the journal is open under it.
 * In: granted and revoked by LeaseActor, opened and shut by JournalActor. Out: the epoch; waits for lease and journal.
 * Here because everybody starts after these two and nobody may hold them.
 */
import { Context, Deferred, Effect, Layer } from "effect"
import { invariant } from "../engine/invariant.ts"
import type { HeldLease } from "../ports/Lease.ts"

export class Standing extends Context.Service<Standing, {
  readonly grant: (lease: HeldLease) => void
  readonly revoke: () => void
  /** Waits until a lease is held. */
  readonly granted: Effect.Effect<void>
  readonly current: () => HeldLease | null
  /** The journal is folded and takes messages. */
  readonly open: () => void
  readonly shut: () => void
  /** Waits until the journal is open. */
  readonly opened: Effect.Effect<void>
  /** Epoch of the held lease; asking without one is a defect. */
  readonly epoch: () => number
}>()("daruma/actors/Standing") {
  static readonly layer: Layer.Layer<Standing> = Layer.sync(Standing, () => {
    let lease: HeldLease | null = null
    let waiting = Deferred.makeUnsafe<void>()
    let isOpen = false
    let opening = Deferred.makeUnsafe<void>()
    return {
      grant: (held) => {
        lease = held
        Deferred.doneUnsafe(waiting, Effect.void)
      },
      revoke: () => {
        lease = null
        waiting = Deferred.makeUnsafe<void>()
      },
      granted: Effect.suspend(() => lease === null ? Deferred.await(waiting) : Effect.void),
      current: () => lease,
      open: () => {
        isOpen = true
        Deferred.doneUnsafe(opening, Effect.void)
      },
      shut: () => {
        isOpen = false
        opening = Deferred.makeUnsafe<void>()
      },
      opened: Effect.suspend(() => isOpen ? Effect.void : Deferred.await(opening)),
      epoch: () => {
        invariant(lease !== null, "the journal writes only under a lease")
        return lease.epoch
      }
    }
  })
}
