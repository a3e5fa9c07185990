/**
 * One writer an account: the right to write, with an epoch that only grows.
 * In: a claim. Out: a held lease, renewed while its scope is open, released when it closes.
 * Contract only; on one host it is a SQLite row and a lock file (layers/lease).
 */
import { Context } from "effect"
import type { Effect, Scope } from "effect"
import type { AnyFault } from "../domain/Fault.ts"

export interface HeldLease {
  readonly epoch: number
  readonly holder: string
  /** True while our own monotonic clock says that the lease has not run out (decisions 38). */
  readonly isValid: () => boolean
  /** Milliseconds left by the monotonic clock; negative when lost. */
  readonly remainingMillis: () => number
}

export class Lease extends Context.Service<Lease, {
  /** Takes the lease or fails with who holds it; a dead holder on this host is succeeded at once. */
  readonly acquire: Effect.Effect<HeldLease, AnyFault, Scope.Scope>
}>()("daruma/ports/Lease") {}
