/**
 * Runs a whole desk in memory to the end of its market and returns its journal.
 * In: a desk's options, or any layer that provides one. Out: all rows, and what supervision saw.
 */
import { Effect } from "effect"
import { pipelineTree } from "../../src/actors/Pipeline.ts"
import { runDesk } from "../../src/actors/runDesk.ts"
import type { JournalRow } from "../../src/domain/Event.ts"
import { Journal } from "../../src/ports/Journal.ts"

const PAGE = 5_000

export const readAll = Effect.gen(function*() {
  const journal = yield* Journal
  const rows: Array<JournalRow> = []
  while (true) {
    const page = yield* journal.read(rows.at(-1)?.seq ?? 0, PAGE)
    rows.push(...page)
    if (page.length < PAGE) return rows
  }
})

/** Starts the tree, waits for the market's end, drains, reads the journal. */
export const runToEnd = Effect.scoped(Effect.gen(function*() {
  const desk = yield* runDesk(yield* pipelineTree)
  const how = yield* desk.finished
  yield* desk.drain(how === "failed" ? "failed" : how === "marketEnded" ? "marketEnded" : "drained")
  return { how, rows: yield* readAll, status: desk.supervision.status() }
}))
