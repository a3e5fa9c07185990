/**
 * The SQLite journal keeps the journal's contract.
 * In: the contract suite. Out: its cases.
 * Each case has its own file in its own folder.
 */
import { Layer } from "effect"
import { journalContract } from "../../contract/journal.ts"
import { temporarySqliteStand } from "../../kit/stands.ts"

journalContract("SQLite", () => Layer.fresh(temporarySqliteStand))
