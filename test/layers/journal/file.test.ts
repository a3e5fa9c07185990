/**
 * What the SQLite journal promises beyond the contract: its file, its chain on disk, its group commits.
 * In: journals in folders of their own. Out: what a second connection, a restart or a damaged byte shows.
 * Process kills stand in kill.test.ts.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { JournalFile } from "../../../layers/journal/JournalFile.ts"
import { newestRows, verifyFile } from "../../../layers/journal/walk.ts"
import type { AnyFault } from "../../../src/domain/Fault.ts"
import { Journal } from "../../../src/ports/Journal.ts"
import { Lease } from "../../../src/ports/Lease.ts"
import { temporaryFolder } from "../../kit/folder.ts"
import { recordOfBar } from "../../kit/record.ts"
import { candleDraft, draftOf, orderOf } from "../../kit/rows.ts"
import { sqliteStand } from "../../kit/stands.ts"

type Needs = Journal | Lease | JournalFile

/** One session on a folder: lease taken, journal open, both closed afterwards. */
const session = <A, E>(folder: string, run: Effect.Effect<A, E, Needs>) =>
  Effect.scoped(Effect.andThen(Effect.flatMap(Lease, (lease) => lease.acquire), run)).pipe(
    Effect.provide(Layer.fresh(sqliteStand(folder)))
  )

const appendBars = (from: number, to: number, durable = true) =>
  Effect.flatMap(Journal, (journal) => {
    const drafts = Array.from({ length: to - from }, (_, index) => candleDraft(from + index))
    return journal.append(drafts, { durable })
  })

const inFolder = (test: string, run: (folder: string) => Effect.Effect<void, AnyFault>) =>
  it.effect(test, () => Effect.scoped(Effect.flatMap(temporaryFolder, run)))

const change = (folder: string, sql: string) =>
  Effect.sync(() => {
    const database = new DatabaseSync(join(folder, "journal.sqlite"))
    database.exec(sql)
    database.close()
  })

const faultOf = <A, E extends AnyFault, R>(run: Effect.Effect<A, E, R>) =>
  Effect.match(run, { onFailure: (fault): AnyFault | null => fault, onSuccess: () => null })

const counted = (folder: string): number => {
  const database = new DatabaseSync(join(folder, "journal.sqlite"), { readOnly: true })
  const { count } = database.prepare("SELECT count(*) AS count FROM event").get() as { count: number }
  database.close()
  return count
}

describe("SQLite journal file", () => {
  inFolder(
    "a restart goes on with the next sequence, the next epoch and one chain",
    (folder) =>
      Effect.gen(function*() {
        yield* session(folder, appendBars(0, 3))
        const rows = yield* session(folder, appendBars(3, 5))
        assert.deepStrictEqual(rows.map((row) => [row.seq, row.epoch]), [[4, 2], [5, 2]])
        assert.strictEqual((yield* verifyFile(join(folder, "journal.sqlite"))).brokenAt, null)
      })
  )

  inFolder("rows read from disk equal the rows that were appended", (folder) =>
    Effect.gen(function*() {
      const record = recordOfBar(7)
      const drafts = [
        candleDraft(7),
        draftOf({ _tag: "DecisionMade", foldedSeq: 3, record }, record.closeTime, record.id)
      ]
      const written = yield* session(
        folder,
        Effect.flatMap(Journal, (journal) => journal.append(drafts, { durable: true }))
      )
      const read = yield* session(folder, Effect.flatMap(Journal, (journal) => journal.read(0, 10)))
      assert.deepStrictEqual(read, written)
      assert.deepStrictEqual(yield* newestRows(join(folder, "journal.sqlite"), 1), written.slice(-1))
    }))

  inFolder(
    "rows older than memory are read from the file",
    (folder) =>
      session(
        folder,
        Effect.gen(function*() {
          const journal = yield* Journal
          const first = yield* appendBars(0, 1)
          for (let bar = 1; bar < 9_001; bar += 1_000) yield* appendBars(bar, bar + 1_000, false)
          assert.deepStrictEqual(yield* journal.read(0, 1), first)
          assert.deepStrictEqual((yield* journal.read(4_000, 2)).map((row) => row.seq), [4_001, 4_002])
          assert.deepStrictEqual((yield* journal.read(9_000, 9)).map((row) => row.seq), [9_001])
        })
      )
  )

  inFolder(
    "L-12 two equal runs at different hours give equal rows, recorded_at apart",
    (folder) =>
      Effect.gen(function*() {
        const run = (name: string) =>
          session(join(folder, name), Effect.andThen(appendBars(0, 2), appendBars(2, 40, false)))
        yield* TestClock.adjust("1 hour")
        const one = yield* run("one")
        yield* TestClock.adjust("7 hours")
        const two = yield* run("two")
        assert.notStrictEqual(one[0]?.recordedAt, two[0]?.recordedAt)
        const plain = (rows: typeof one) => rows.map((row) => ({ ...row, recordedAt: 0 }))
        assert.deepStrictEqual(plain(one), plain(two))
      })
  )

  inFolder(
    "a changed recorded_at breaks nothing, any other column breaks the chain at its row",
    (folder) =>
      Effect.gen(function*() {
        const path = join(folder, "journal.sqlite")
        yield* session(folder, appendBars(0, 20))
        yield* change(folder, "UPDATE event SET recorded_at = 5 WHERE seq = 7")
        assert.strictEqual((yield* verifyFile(path)).brokenAt, null)
        const columns = [
          "instant = instant + 1",
          "kind = 'CandleSeeded'",
          "schema_version = 2",
          "account = 'x'",
          "instrument = 'x'",
          "epoch = 9",
          "decision_id = 'x'",
          "causation_id = 'x'",
          "body = replace(body, '1,1', '1,2')",
          "hash = upper(hash)"
        ]
        for (const column of columns) {
          yield* change(
            folder,
            `CREATE TABLE kept AS SELECT * FROM event WHERE seq = 7; UPDATE event SET ${column} WHERE seq = 7`
          )
          assert.strictEqual((yield* verifyFile(path)).brokenAt, 7, column)
          yield* change(folder, "INSERT OR REPLACE INTO event SELECT * FROM kept; DROP TABLE kept")
        }
        assert.strictEqual((yield* verifyFile(path)).brokenAt, null)
        yield* change(folder, "DELETE FROM event WHERE seq = 7")
        assert.strictEqual((yield* verifyFile(path)).brokenAt, 7)
      })
  )

  inFolder("a flipped byte in a recent row refuses the start", (folder) =>
    Effect.gen(function*() {
      const path = join(folder, "journal.sqlite")
      yield* session(
        folder,
        Effect.flatMap(
          Journal,
          (journal) => journal.append([candleDraft(1, "777,1,1,1,1")], { durable: true })
        )
      )
      const bytes = readFileSync(path)
      const at = bytes.indexOf("777,1,1,1,1")
      assert.isAbove(at, 0)
      bytes[at] = 0x38
      writeFileSync(path, bytes)
      const fault = yield* faultOf(session(folder, Effect.void))
      assert.deepStrictEqual([fault?._tag, fault?.severity], ["JournalCorrupt", "Critical"])
    }))

  inFolder("a file that is no database refuses the start as corrupt", (folder) =>
    Effect.gen(function*() {
      writeFileSync(join(folder, "journal.sqlite"), "this is not SQLite ".repeat(500))
      assert.strictEqual((yield* faultOf(session(folder, Effect.void)))?._tag, "JournalCorrupt")
    }))

  inFolder("another desk's journal is refused", (folder) =>
    Effect.gen(function*() {
      yield* session(folder, appendBars(0, 1))
      const other = JournalFile.layer({
        path: join(folder, "journal.sqlite"),
        key: "another",
        synchronous: "normal"
      })
      const fault = yield* faultOf(Effect.scoped(Layer.build(other)))
      assert.deepStrictEqual([fault?._tag, fault?.severity], ["JournalForeign", "High"])
    }))

  inFolder(
    "verifying a journal that is not there fails and creates nothing (L-45)",
    (folder) =>
      Effect.gen(function*() {
        const path = join(folder, "none.sqlite")
        assert.strictEqual((yield* faultOf(verifyFile(path)))?._tag, "JournalUnavailable")
        assert.throws(() => readFileSync(path))
      })
  )

  inFolder(
    "waiting rows are committed by the 64th, by a durable row, by a flush, after 20 ms and at the end",
    (folder) =>
      Effect.gen(function*() {
        yield* session(
          folder,
          Effect.gen(function*() {
            const journal = yield* Journal
            yield* appendBars(0, 63, false)
            assert.strictEqual(counted(folder), 0)
            yield* appendBars(63, 64, false)
            assert.strictEqual(counted(folder), 64)
            yield* appendBars(64, 65, false)
            assert.strictEqual(counted(folder), 64)
            yield* appendBars(65, 66)
            assert.strictEqual(counted(folder), 66)
            yield* appendBars(66, 67, false)
            yield* journal.flush
            assert.strictEqual(counted(folder), 67)
            yield* appendBars(67, 68, false)
            yield* TestClock.adjust("40 millis")
            assert.strictEqual(counted(folder), 68)
            yield* appendBars(68, 69, false)
            yield* journal.send({
              order: orderOf(),
              before: [],
              now: () => 1,
              epoch: 1
            })
            assert.strictEqual(counted(folder), 70)
            yield* appendBars(70, 71, false)
          })
        )
        assert.strictEqual(counted(folder), 71)
      })
  )
})

describe("SQLite journal under failure", () => {
  inFolder(
    "P6 a full disk is Critical, the row is unknown, and the journal goes on when there is room again",
    (folder) =>
      session(
        folder,
        Effect.gen(function*() {
          const journal = yield* Journal
          const { database } = yield* JournalFile
          yield* appendBars(0, 10)
          const pages = Number(database.prepare("PRAGMA page_count").get()?.["page_count"])
          database.exec(`PRAGMA max_page_count = ${pages}`)
          const big = candleDraft(10, "9".repeat(50_000))
          const fault = yield* faultOf(journal.append([big], { durable: true }))
          assert.deepStrictEqual([fault?._tag, fault?.severity], ["DiskFull", "Critical"])
          assert.strictEqual(journal.head(), 10)
          database.exec("PRAGMA max_page_count = 1000000")
          assert.strictEqual((yield* appendBars(10, 11))[0]?.seq, 11)
          assert.strictEqual((yield* journal.verify).brokenAt, null)
        })
      )
  )

  inFolder(
    "P7 when rows that readers saw are lost, nothing more is written through this connection",
    (folder) =>
      Effect.gen(function*() {
        yield* session(
          folder,
          Effect.gen(function*() {
            const journal = yield* Journal
            const { database } = yield* JournalFile
            yield* appendBars(0, 10)
            yield* appendBars(10, 12, false)
            database.exec("PRAGMA max_page_count = 1")
            const fault = yield* faultOf(
              journal.append([candleDraft(12, "9".repeat(50_000))], { durable: true })
            )
            assert.strictEqual(fault?._tag, "DiskFull")
            database.exec("PRAGMA max_page_count = 1000000")
            assert.strictEqual(
              (yield* faultOf(journal.append([candleDraft(12)], { durable: true })))?._tag,
              "DiskFull"
            )
            assert.strictEqual((yield* faultOf(journal.flush))?._tag, "DiskFull")
          })
        )
        assert.strictEqual(counted(folder), 10)
        assert.strictEqual((yield* verifyFile(join(folder, "journal.sqlite"))).brokenAt, null)
      })
  )

  inFolder(
    "P7 rows of a commit that failed are not read, not counted, and the connection is not used again",
    (folder) =>
      Effect.gen(function*() {
        yield* session(
          folder,
          Effect.gen(function*() {
            const journal = yield* Journal
            const { database } = yield* JournalFile
            yield* appendBars(0, 2)
            // A deferred constraint that cannot hold fails in COMMIT and nowhere earlier.
            database.exec(`CREATE TABLE bomb(seq INTEGER REFERENCES event(seq) DEFERRABLE INITIALLY DEFERRED);
          CREATE TRIGGER set_bomb AFTER INSERT ON event BEGIN INSERT INTO bomb VALUES(-1); END`)
            const fault = yield* faultOf(appendBars(2, 4))
            assert.deepStrictEqual([fault?._tag, fault?.severity], ["JournalUnavailable", "Critical"])
            assert.strictEqual(journal.head(), 2)
            assert.deepStrictEqual((yield* journal.read(0, 10)).map((row) => row.seq), [1, 2])
            database.exec("DROP TRIGGER set_bomb")
            assert.strictEqual((yield* faultOf(appendBars(2, 3)))?._tag, "JournalUnavailable")
          })
        )
        assert.strictEqual(counted(folder), 2)
      })
  )

  inFolder(
    "what is appended while draining, after the lease was released, is on disk when the journal closes",
    (folder) =>
      Effect.gen(function*() {
        yield* Effect.gen(function*() {
          yield* Effect.scoped(
            Effect.andThen(Effect.flatMap(Lease, (lease) => lease.acquire), appendBars(0, 1))
          )
          yield* appendBars(1, 2, false)
        }).pipe(Effect.provide(Layer.fresh(sqliteStand(folder))))
        assert.strictEqual(counted(folder), 2)
      })
  )

  inFolder(
    "the database itself keeps one unresolved intent an instrument and purpose",
    (folder) =>
      Effect.gen(function*() {
        yield* session(
          folder,
          Effect.flatMap(Journal, (journal) =>
            journal.send({
              order: orderOf(),
              before: [],
              now: () => 1,
              epoch: 1
            }))
        )
        const second =
          "INSERT INTO intent SELECT intent_id || 'x', 'other', leg, attempt, instrument, purpose, status, NULL, t0, settle_by, "
          + "updated_seq FROM intent"
        const database = new DatabaseSync(join(folder, "journal.sqlite"))
        assert.throws(() => database.exec(second), /UNIQUE/)
        database.exec("UPDATE intent SET status = 'Accepted'")
        database.exec(second)
        database.close()
      })
  )

  inFolder("a damaged snapshot is passed over for the one before it", (folder) =>
    Effect.gen(function*() {
      yield* session(
        folder,
        Effect.gen(function*() {
          const journal = yield* Journal
          yield* appendBars(0, 5)
          for (const seq of [3, 4, 5]) {
            yield* journal.saveSnapshot({ kind: "features", seq, body: `state ${seq}` })
          }
        })
      )
      yield* change(folder, "UPDATE snapshot SET body = 'state 6' WHERE seq = 5")
      const load = session(folder, Effect.flatMap(Journal, (journal) => journal.loadSnapshot("features")))
      assert.deepStrictEqual(yield* load, { kind: "features", seq: 4, body: "state 4" })
      yield* change(folder, "DELETE FROM snapshot WHERE seq = 4")
      assert.isNull(yield* load)
    }))

  inFolder("L-10 a halt outlives the process", (folder) =>
    Effect.gen(function*() {
      const halt = draftOf({
        _tag: "ControlSet",
        control: "halt",
        by: "operator",
        words: "stop",
        incident: null
      })
      yield* session(folder, Effect.flatMap(Journal, (journal) => journal.append([halt], { durable: true })))
      const permit = yield* session(
        folder,
        Effect.flatMap(Journal, (journal) =>
          journal.send({
            order: orderOf(),
            before: [],
            now: () => 1,
            epoch: 2
          }))
      )
      assert.deepStrictEqual([permit._tag, permit._tag === "Denied" ? permit.reason : ""], [
        "Denied",
        "halted"
      ])
    }))
})
