/**
 * The journal of a process that was killed in the middle of writing.
 * In: a child process, SIGKILL. Out: what is left on disk, and who may go on.
 * Real processes and files: nothing here is simulated.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { join } from "node:path"
import { verifyFile } from "../../../layers/journal/walk.ts"
import { Journal } from "../../../src/ports/Journal.ts"
import { Lease } from "../../../src/ports/Lease.ts"
import { temporaryFolder } from "../../kit/folder.ts"
import { runScript } from "../../kit/processes.ts"
import { candleDraft } from "../../kit/rows.ts"
import { sqliteStand } from "../../kit/stands.ts"

describe("SQLite journal after SIGKILL", () => {
  it.live(
    "P1 every durable row is there, the chain is whole, and the next process goes on at once",
    () =>
      Effect.scoped(Effect.gen(function*() {
        const folder = yield* temporaryFolder
        for (const round of [1, 2]) {
          const child = yield* runScript("kit/writer.ts", [folder])
          assert.strictEqual(yield* child.line((line) => line.startsWith("epoch")), `epoch ${2 * round - 1}`)
          yield* child.line((line) => Number(line) >= 300 * round)
          yield* child.kill("SIGKILL")
          yield* child.exit
          const durable = Math.max(...child.lines.map(Number).filter(Number.isFinite))
          const report = yield* verifyFile(join(folder, "journal.sqlite"))
          assert.isNull(report.brokenAt)
          assert.isAtLeast(report.rows, durable)
          yield* Effect.scoped(Effect.gen(function*() {
            assert.strictEqual((yield* (yield* Lease).acquire).epoch, 2 * round)
            const journal = yield* Journal
            const [row] = yield* journal.append([candleDraft(1)], { durable: true })
            assert.strictEqual(row?.seq, report.rows + 1)
          })).pipe(Effect.provide(Layer.fresh(sqliteStand(folder))))
        }
      })),
    30_000
  )
})
