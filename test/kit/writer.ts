/**
 * A process that holds the lease of a folder and journals until it is killed.
 * In: the folder, and `freeze` to stop dead in an open transaction. Out: `epoch N`, then each durable row's sequence; or `refused <message>`, exit 4.
 * Started by tests that need a second process, or one to kill.
 */
import { Effect } from "effect"
import { LeaseHeld } from "../../src/errors/LeaseError.ts"
import { Journal } from "../../src/ports/Journal.ts"
import { Lease } from "../../src/ports/Lease.ts"
import { candleDraft } from "./rows.ts"
import { sqliteStand } from "./stands.ts"

const folder = process.argv[2] ?? ""
const freezes = process.argv[3] === "freeze"

const write = Effect.scoped(Effect.gen(function*() {
  const { epoch } = yield* (yield* Lease).acquire
  const journal = yield* Journal
  console.log(`epoch ${epoch}`)
  if (freezes) {
    yield* journal.append([candleDraft(0)], { durable: false })
    console.log("frozen")
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20_000)
  }
  for (let bar = journal.head(); true; bar++) {
    const durable = bar % 10 === 9
    yield* journal.append([candleDraft(bar)], { durable })
    if (durable) console.log(String(journal.head()))
    if (bar % 50 === 0) yield* Effect.sleep("1 millis")
  }
}))

await Effect.runPromise(write.pipe(
  Effect.provide(sqliteStand(folder)),
  Effect.catch((fault) =>
    Effect.sync(() => {
      console.log(`${fault instanceof LeaseHeld ? "refused " : "failed "}${fault.message}`)
      process.exit(fault instanceof LeaseHeld ? 4 : 1)
    })
  )
))
