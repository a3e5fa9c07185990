/**
 * Both leases keep the lease's contract.
 * In: the contract suite. Out: its cases on memory and on SQLite.
 * Processes stand in processes.test.ts.
 */
import { Layer } from "effect"
import { leaseContract } from "../../contract/lease.ts"
import { memoryStand, temporarySqliteStand } from "../../kit/stands.ts"

leaseContract("memory", () => Layer.fresh(memoryStand))
leaseContract("SQLite", () => Layer.fresh(temporarySqliteStand))
