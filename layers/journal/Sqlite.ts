/**
 * The journal on SQLite: one connection, one writer, group commits.
 * In: drafts from the one writer. Out: rows, durable when asked, readable at once; an order's row is committed before the answer.
 * A hold of a replayed market may wait for company (64 rows or 20 ms); everything else commits with all that waits (decisions 2-6).
 */
import { Clock, Effect, Layer } from "effect"
import type { Scope } from "effect"
import type { Draft, JournalRow } from "../../src/domain/Event.ts"
import type { AnyFault } from "../../src/domain/Fault.ts"
import { DraftInvalid } from "../../src/errors/JournalError.ts"
import type { JournalFault } from "../../src/errors/JournalError.ts"
import { LeaseLost } from "../../src/errors/LeaseError.ts"
import { Journal } from "../../src/ports/Journal.ts"
import type { SendPermit, SendRequest } from "../../src/ports/Journal.ts"
import { LeaseTable } from "../lease/LeaseTable.ts"
import { NotCanonical } from "./canonical.ts"
import { EMPTY, linkAfter } from "./chain.ts"
import type { Head, JournalOptions, Link, StoredRow } from "./chain.ts"
import { JournalFile } from "./JournalFile.ts"
import { permitOf } from "./permit.ts"
import type { SendView } from "./permit.ts"
import { snapshotsOf } from "./snapshots.ts"
import { rowsOf } from "./storedRow.ts"
import { tablesOf } from "./tables.ts"
import { Tail } from "./Tail.ts"
import { checkLast, walkChain } from "./walk.ts"

type WriteFault = JournalFault | LeaseLost

const GROUP_ROWS = 64
const GROUP_WAIT = "20 millis"

/** Opens the chain, refuses a broken one (its newest 1,000 rows; `verify` walks all). */
const layer = (options: JournalOptions): Layer.Layer<Journal, AnyFault, JournalFile | LeaseTable> =>
  Layer.effect(Journal, make(options))

const make = Effect.fn("Journal.open")(function*({ account }: JournalOptions): Effect.fn.Return<
  Journal["Service"],
  AnyFault,
  JournalFile | LeaseTable | Scope.Scope
> {
  const file = yield* JournalFile
  const lease = yield* LeaseTable
  const clock = yield* Clock.Clock
  const scope = yield* Effect.scope
  const reading = <A>(read: () => A) => Effect.try({ try: read, catch: file.explain })

  let head: Head = (yield* checkLast(file)) ?? EMPTY
  const tables = yield* reading(() => tablesOf(file.database))
  const snapshots = yield* reading(() => snapshotsOf(file.database))
  const select = yield* reading(() =>
    file.database.prepare("SELECT * FROM event WHERE seq > ? ORDER BY seq LIMIT ?")
  )
  const tail = new Tail()
  // Rows that readers have seen and that no commit has confirmed yet; their transaction may have been closed by the lease.
  let waiting = 0

  const link = (drafts: ReadonlyArray<Draft>): ReadonlyArray<Link> => {
    const writer = { account, epoch: lease.held.epoch, recordedAt: clock.currentTimeMillisUnsafe() }
    let before = head
    return drafts.map((draft) => {
      const made = linkAfter(before, draft, writer)
      before = { seq: made.row.seq, hash: made.row.hash }
      return made
    })
  }

  // A deposed writer is stopped where its transaction begins; nobody can depose it before the transaction ends.
  const begin = (): void => {
    if (!file.begin()) return
    waiting = 0
    if (lease.read().epoch === lease.held.epoch) return
    file.rollback()
    throw new LeaseLost({ account, epoch: lease.held.epoch })
  }

  const write = (drafts: ReadonlyArray<Draft>): ReadonlyArray<JournalRow> => {
    const links = link(drafts)
    begin()
    const rows = links.map((made) => {
      tables.write(made)
      return made.row
    })
    for (const row of rows) tail.push(row)
    const last = rows.at(-1)
    if (last !== undefined) head = { seq: last.seq, hash: last.hash }
    waiting += rows.length
    return rows
  }

  const commit = (): void => {
    file.commit()
    waiting = 0
  }

  /** Runs one call's writes; when they fail, nothing of them stays, and rows seen before are never lost in silence. */
  const writing = <A>(run: () => A): Effect.Effect<A, WriteFault> =>
    Effect.suspend((): Effect.Effect<A, WriteFault> => {
      const failed = file.failure()
      if (failed !== null) return Effect.fail(failed)
      const before = head
      const seen = file.database.isTransaction ? waiting : 0
      try {
        return Effect.succeed(run())
      } catch (cause) {
        head = before
        tail.cut(before.seq)
        return Effect.fail(afterFailure(cause, seen))
      }
    })

  const afterFailure = (cause: unknown, seen: number): WriteFault => {
    if (cause instanceof NotCanonical) return new DraftInvalid({ kind: "event", words: cause.message })
    if (cause instanceof LeaseLost) return cause
    const fault = file.explain(cause)
    if (seen > 0) file.fail(fault)
    else file.rollback()
    waiting = 0
    return fault
  }

  let armed = false
  const commitSoon = Effect.gen(function*() {
    while (file.database.isTransaction) {
      yield* Effect.sleep(GROUP_WAIT)
      // A failure is kept by the file: the next call reports it.
      yield* Effect.ignore(writing(commit))
    }
    armed = false
  })

  const arm = Effect.suspend(() => {
    if (armed) return Effect.void
    armed = true
    return Effect.forkIn(commitSoon, scope)
  })

  const append = (drafts: ReadonlyArray<Draft>, { durable }: { readonly durable: boolean }) => {
    const written = writing(() => {
      const rows = write(drafts)
      if (durable || waiting >= GROUP_ROWS) commit()
      return rows
    })
    return durable || armed ? written : Effect.tap(written, () => arm)
  }

  const view: SendView = {
    ...tables,
    leaseEpoch: () => lease.read().epoch,
    leaseMillisLeft: () =>
      Math.floor(lease.held.validUntilMillis - Number(clock.monotonicTimeNanosUnsafe() / 1_000_000n))
  }

  const send = (request: SendRequest) =>
    writing((): SendPermit => {
      const rows = [...write(request.before)]
      begin()
      const permit = permitOf(request, rows, view, write)
      commit()
      return permit
    })

  const read = Effect.fnUntraced(function*(after: number, limit: number) {
    const recent = after >= head.seq ? [] : tail.read(after, limit)
    if (recent !== undefined) return recent
    const stored = yield* reading(() => select.all(after, limit) as unknown as ReadonlyArray<StoredRow>)
    return yield* rowsOf(file.path, stored)
  })

  // The file's scope closes after this one: what waits is committed while the connection is open.
  yield* Effect.addFinalizer(() => Effect.ignore(writing(commit)))
  return Journal.of({
    head: () => head.seq,
    append,
    send,
    read,
    flush: writing(commit),
    saveSnapshot: (snapshot) =>
      Effect.andThen(
        writing(() => {
          begin()
          snapshots.save(snapshot)
        }),
        arm
      ),
    loadSnapshot: (kind) => reading(() => snapshots.load(kind, head.seq)),
    verify: walkChain(file)
  })
})

export { layer }
