/**
 * The memory journal keeps the journal's contract.
 * In: the contract suite. Out: its cases.
 * Beside the SQLite caller, so that the two can be read together.
 */
import { Layer } from "effect"
import { journalContract } from "../../contract/journal.ts"
import { memoryStand } from "../../kit/stands.ts"

journalContract("memory", () => Layer.fresh(memoryStand))
