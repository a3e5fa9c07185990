/**
 * The lease on one host: a row in the journal's own file, and a lock file beside it.
 * In: the path of the lock. Out: the `Lease` service; a dead holder is succeeded at once, a living one never (L-42).
 * Pid and start time say who lives; another host is believed until its time is up (reliability 6.4).
 */
import { Clock, Effect, Layer } from "effect"
import { LeaseHeld } from "../../src/errors/LeaseError.ts"
import { Lease } from "../../src/ports/Lease.ts"
import { JournalFile } from "../journal/JournalFile.ts"
import { holding } from "./holding.ts"
import type { Party } from "./holding.ts"
import { LeaseTable } from "./LeaseTable.ts"
import { holderOf, holderText, liveHolder, removeLock, writeLock } from "./lockFile.ts"
import { judge, ourselves } from "./processes.ts"

export interface LeaseOptions {
  readonly lock: string
}

const layer = (options: LeaseOptions): Layer.Layer<Lease, never, JournalFile | LeaseTable> =>
  Layer.effect(
    Lease,
    Effect.gen(function*() {
      const file = yield* JournalFile
      const table = yield* LeaseTable
      const me = ourselves(yield* Clock.currentTimeMillis)
      const party: Party<ReturnType<typeof file.explain>> = {
        holder: holderText(me),
        judge: (text) => {
          const holder = holderOf(text)
          return holder === null ? "unknown" : judge(holder)
        },
        describe,
        explain: file.explain,
        taken: Effect.gen(function*() {
          const other = liveHolder(options.lock)
          if (other !== null && holderText(other) !== party.holder) {
            return yield* new LeaseHeld(describe(holderText(other)))
          }
          return yield* Effect.try({ try: () => writeLock(options.lock, me), catch: file.explain })
        }),
        released: Effect.sync(() => removeLock(options.lock, me))
      }
      return Lease.of(holding(table, party))
    })
  )

const describe = (text: string) => {
  const holder = holderOf(text)
  if (holder === null) return { holder: text, pid: null, since: "an unknown time" }
  const { host, pid, since } = holder
  return { holder: `pid ${pid} on ${host}`, pid: judge(holder) === "unknown" ? null : pid, since }
}

export { layer }
