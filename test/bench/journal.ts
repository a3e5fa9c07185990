/**
 * How many rows a second the journal takes: two rows a bar of about 1 kB, as the pipeline appends holds; and orders, one commit each.
 * In: nothing. Out: a table on stdout. Run: `node test/bench/journal.ts`.
 * Not a test: figures depend on the machine.
 */
import { Effect, Layer } from "effect"
import { Journal } from "../../src/ports/Journal.ts"
import { Lease } from "../../src/ports/Lease.ts"
import { temporaryFolder } from "../kit/folder.ts"
import { candleDraft, draftOf, orderOf } from "../kit/rows.ts"
import { recordOfBar } from "../kit/record.ts"
import { memoryStand, sqliteStand } from "../kit/stands.ts"

const BARS = 20_000

const holds = Effect.gen(function*() {
  const journal = yield* Journal
  const started = performance.now()
  for (let bar = 1; bar <= BARS; bar++) {
    const record = recordOfBar(bar)
    const made = draftOf({ _tag: "DecisionMade", foldedSeq: bar, record }, record.closeTime, record.id)
    yield* journal.append([candleDraft(bar, "12000000,12010000,11990000,12005000,14.2531"), made], {
      durable: false
    })
  }
  yield* journal.flush
  const seconds = (performance.now() - started) / 1_000
  const read = performance.now()
  let cursor = 0
  while (cursor < 8_192) cursor += (yield* journal.read(cursor, 2_048)).length
  const perRead = (performance.now() - read) / cursor
  const walk = performance.now()
  const { rows } = yield* journal.verify
  const perWalk = (performance.now() - walk) / rows
  const line = `${Math.round(2 * BARS / seconds)} rows/s, ${Math.round(BARS / seconds)} bars/s`
  return `${line}; read from disk ${Math.round(1_000 / perRead)} rows/s; verify ${
    Math.round(1_000 / perWalk)
  } rows/s`
})

const orders = Effect.gen(function*() {
  const journal = yield* Journal
  const started = performance.now()
  for (let bar = 1; bar <= 2_000; bar++) {
    const order = orderOf({ decisionId: `d${bar}` })
    yield* journal.send({ order, before: [candleDraft(bar)], now: () => 1, epoch: 1 })
    yield* journal.append([
      draftOf({ _tag: "OrderAccepted", intentId: order.intentId, venueOrderId: `S-${bar}` })
    ], { durable: true })
  }
  return `${Math.round(4_000 / ((performance.now() - started) / 1_000))} commits/s`
})

const on = (name: string, stand: typeof memoryStand) =>
  Effect.scoped(Effect.gen(function*() {
    yield* (yield* Lease).acquire
    console.log(`${name}: orders ${yield* orders}`)
    console.log(`${name}: holds ${yield* holds}`)
  })).pipe(Effect.provide(Layer.fresh(stand)))

await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
  const folder = yield* temporaryFolder
  yield* on("memory", memoryStand)
  yield* on("SQLite normal", sqliteStand(`${folder}/normal`) as never)
  yield* on("SQLite full", sqliteStand(`${folder}/full`, "full") as never)
})))
