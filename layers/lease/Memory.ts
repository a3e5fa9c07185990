/**
 * The lease in memory: the same row and rules, without processes.
 * In: nothing. Out: the `Lease` service; another holder is succeeded when its time is up.
 * For simulation and tests.
 */
import { Effect, Layer } from "effect"
import type { AnyFault } from "../../src/domain/Fault.ts"
import { Lease } from "../../src/ports/Lease.ts"
import { holding } from "./holding.ts"
import { LeaseTable } from "./LeaseTable.ts"

export interface MemoryLeaseOptions {
  readonly holder: string
}

const layer = (options: MemoryLeaseOptions): Layer.Layer<Lease, never, LeaseTable> =>
  Layer.effect(
    Lease,
    Effect.map(LeaseTable, (table) =>
      Lease.of(holding<AnyFault>(table, {
        holder: options.holder,
        judge: () => "unknown",
        describe: (holder) => ({ holder, pid: null, since: "an unknown time" }),
        explain: (cause) => {
          throw cause
        },
        taken: Effect.void,
        released: Effect.void
      })))
  )

export { layer }
