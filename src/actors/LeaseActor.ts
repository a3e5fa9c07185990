/**
 * Holds the lease while it lives, and falls when the lease does.
 * In: nothing. Out: Standing granted and revoked; LeaseLost when our own clock says that it ran out.
 * In `core` beside the journal: one falls, both start again (decisions 13).
 */
import { Context, Effect, Layer } from "effect"
import { LeaseLost } from "../errors/LeaseError.ts"
import { Lease } from "../ports/Lease.ts"
import { child } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import { Desk } from "./Desk.ts"
import { Standing } from "./Standing.ts"

const LOOK_EVERY = "1 second"

export class LeaseActor extends Context.Service<LeaseActor, Child<never>>()("daruma/actors/LeaseActor") {
  static readonly layer: Layer.Layer<LeaseActor, never, Desk | Lease | Standing> = Layer.effect(
    LeaseActor,
    Effect.gen(function*() {
      const desk = yield* Desk
      const lease = yield* Lease
      const standing = yield* Standing
      const run = Effect.scoped(Effect.gen(function*() {
        const held = yield* lease.acquire
        standing.grant(held)
        yield* Effect.addFinalizer(() => Effect.sync(standing.revoke))
        while (held.isValid()) yield* Effect.sleep(LOOK_EVERY)
        return yield* new LeaseLost({ account: desk.account, epoch: held.epoch })
      }))
      return LeaseActor.of(child("lease", run))
    })
  )
}
