/**
 * What any journal must do: the contract, run once per layer.
 * In: a layer of journal, lease and lease table, fresh on every build. Out: vitest cases.
 * Only what the port promises; what is particular to SQLite stands in test/layers/journal.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Layer } from "effect"
import { LeaseTable } from "../../layers/lease/LeaseTable.ts"
import type { JournalEvent } from "../../src/domain/Event.ts"
import type { AnyFault } from "../../src/domain/Fault.ts"
import { Journal } from "../../src/ports/Journal.ts"
import { Lease } from "../../src/ports/Lease.ts"
import { candleDraft, draftOf, orderOf } from "../kit/rows.ts"

export type JournalStand = Layer.Layer<Journal | Lease | LeaseTable, AnyFault>

const control = (kind: "halt" | "reduce" | "resume") =>
  draftOf({ _tag: "ControlSet", control: kind, by: "operator", words: "rehearsal", incident: null })

const send = Effect.fnUntraced(function*(order = orderOf(), now = () => 1_000_000, epoch?: number) {
  const journal = yield* Journal
  const held = (yield* LeaseTable).held.epoch
  return yield* journal.send({ order, before: [], now, epoch: epoch ?? held })
})

const answer = (event: JournalEvent) =>
  Effect.flatMap(Journal, (journal) => journal.append([draftOf(event)], { durable: true }))

export const journalContract = (name: string, stand: () => JournalStand): void => {
  const held = (test: string, run: Effect.Effect<void, AnyFault, Journal | Lease | LeaseTable>) =>
    it.effect(
      test,
      () =>
        Effect.scoped(Effect.andThen(Effect.flatMap(Lease, (lease) => lease.acquire), run)).pipe(
          Effect.provide(stand())
        )
    )

  describe(`Journal contract: ${name}`, () => {
    rows(held)
    sends(held)
    denials(held)
  })
}

type Held = (test: string, run: Effect.Effect<void, AnyFault, Journal | Lease | LeaseTable>) => void

const rows = (held: Held): void => {
  held(
    "rows count from 1, follow each other by hash and carry account and epoch",
    Effect.gen(function*() {
      const journal = yield* Journal
      assert.strictEqual(journal.head(), 0)
      const [first, second] = yield* journal.append([candleDraft(1), candleDraft(2)], { durable: true })
      assert.deepStrictEqual([first?.seq, second?.seq], [1, 2])
      assert.strictEqual(second?.previousHash, first?.hash)
      assert.strictEqual(first?.previousHash, "0".repeat(64))
      assert.deepStrictEqual([first?.account, first?.epoch], ["paper-spot", 1])
      assert.strictEqual(journal.head(), 2)
    })
  )

  held(
    "rows whose commit is still open are read and counted",
    Effect.gen(function*() {
      const journal = yield* Journal
      const appended = yield* journal.append([candleDraft(1), candleDraft(2), candleDraft(3)], {
        durable: false
      })
      assert.strictEqual(journal.head(), 3)
      assert.deepStrictEqual(yield* journal.read(0, 10), appended)
      assert.deepStrictEqual((yield* journal.read(1, 1)).map((row) => row.seq), [2])
      assert.deepStrictEqual(yield* journal.read(3, 10), [])
      yield* journal.flush
      assert.deepStrictEqual(yield* journal.read(0, 10), appended)
    })
  )

  held(
    "an event with a number that is not finite is refused and leaves nothing behind",
    Effect.gen(function*() {
      const journal = yield* Journal
      const poisoned = draftOf({
        _tag: "OrderSending",
        order: orderOf({ validUntil: Number.NaN }),
        t0: 1,
        settleBy: 2
      })
      const fault = yield* faultOf(journal.append([candleDraft(1), poisoned], { durable: true }))
      assert.strictEqual(fault?._tag, "DraftInvalid")
      assert.strictEqual(fault?.severity, "Critical")
      assert.strictEqual(journal.head(), 0)
      yield* journal.append([candleDraft(1)], { durable: true })
      assert.strictEqual((yield* journal.verify).brokenAt, null)
    })
  )

  held(
    "a whole chain is reported whole with its length",
    Effect.gen(function*() {
      const journal = yield* Journal
      for (let index = 0; index < 100; index++) {
        yield* journal.append([candleDraft(index)], { durable: false })
      }
      const report = yield* journal.verify
      assert.strictEqual(report.rows, 100)
      assert.strictEqual(report.brokenAt, null)
    })
  )

  held(
    "the newest snapshot of a kind comes back, another kind's does not",
    Effect.gen(function*() {
      const journal = yield* Journal
      yield* journal.append([candleDraft(1), candleDraft(2)], { durable: true })
      assert.isNull(yield* journal.loadSnapshot("features"))
      yield* journal.saveSnapshot({ kind: "features", seq: 1, body: "one" })
      yield* journal.saveSnapshot({ kind: "features", seq: 2, body: "two" })
      yield* journal.saveSnapshot({ kind: "other", seq: 2, body: "else" })
      assert.deepStrictEqual(yield* journal.loadSnapshot("features"), {
        kind: "features",
        seq: 2,
        body: "two"
      })
    })
  )
}

const sends = (held: Held): void => {
  held(
    "a permitted order is stored as Sending with t0 and settleBy 18 s later, after the rows that precede it",
    Effect.gen(function*() {
      const journal = yield* Journal
      const order = orderOf()
      const permit = yield* journal.send({ order, before: [candleDraft(1)], now: () => 1_000_000, epoch: 1 })
      if (permit._tag !== "Sending") return assert.fail(permit.words)
      assert.deepStrictEqual([permit.t0, permit.settleBy], [1_000_000, 1_018_000])
      assert.deepStrictEqual(permit.rows.map((row) => row.event._tag), ["CandleClosed", "OrderSending"])
      assert.deepStrictEqual(permit.rows[1]?.event, {
        _tag: "OrderSending",
        order,
        t0: 1_000_000,
        settleBy: 1_018_000
      })
      assert.deepStrictEqual(yield* journal.read(0, 10), permit.rows)
    })
  )

  held(
    "t0 is read after every other look",
    Effect.gen(function*() {
      const journal = yield* Journal
      let looks = 0
      const now = () => {
        looks += 1
        return 1_000_000
      }
      yield* journal.append([control("halt")], { durable: true })
      yield* send(orderOf(), now)
      assert.strictEqual(looks, 0)
      yield* journal.append([control("resume")], { durable: true })
      yield* send(orderOf(), now)
      assert.strictEqual(looks, 1)
    })
  )

  held(
    "a denied order leaves the rows that precede it and no intent",
    Effect.gen(function*() {
      const journal = yield* Journal
      yield* journal.append([control("halt")], { durable: true })
      const permit = yield* journal.send({
        order: orderOf(),
        before: [candleDraft(1)],
        now: () => 1,
        epoch: 1
      })
      assert.strictEqual(permit._tag, "Denied")
      assert.deepStrictEqual(permit.rows.map((row) => row.event._tag), ["CandleClosed"])
      assert.strictEqual(journal.head(), 2)
    })
  )
}

const denials = (held: Held): void => {
  held(
    "L-10 halted: entries and exits are denied, protection goes, and only a resume opens again",
    Effect.gen(function*() {
      const journal = yield* Journal
      yield* journal.append([control("halt"), control("reduce")], { durable: true })
      const stop = orderOf({ leg: "stop", purpose: "protect", type: "stop", reduceOnly: true })
      assert.deepStrictEqual(yield* reasonOf(send()), "halted")
      assert.deepStrictEqual(
        yield* reasonOf(send(orderOf({ leg: "exit", purpose: "exit", reduceOnly: true }))),
        "halted"
      )
      assert.deepStrictEqual(yield* reasonOf(send(stop)), "Sending")
      yield* journal.append([control("resume")], { durable: true })
      assert.deepStrictEqual(yield* reasonOf(send()), "Sending")
    })
  )

  held(
    "reducing: entries are denied, exits go",
    Effect.gen(function*() {
      const journal = yield* Journal
      yield* journal.append([control("reduce")], { durable: true })
      assert.deepStrictEqual(yield* reasonOf(send()), "halted")
      assert.deepStrictEqual(yield* reasonOf(send(orderOf({ leg: "exit", purpose: "exit" }))), "Sending")
    })
  )

  held(
    "the same leg and attempt of a decision goes once, another attempt after the answer",
    Effect.gen(function*() {
      const order = orderOf()
      assert.strictEqual(yield* reasonOf(send(order)), "Sending")
      assert.strictEqual(yield* reasonOf(send(order)), "duplicate")
      yield* answer({ _tag: "OrderExpired", intentId: order.intentId })
      assert.strictEqual(yield* reasonOf(send(order)), "duplicate")
      assert.strictEqual(yield* reasonOf(send(orderOf({ attempt: 2 }))), "Sending")
    })
  )

  held(
    "I3 an unresolved entry blocks entries of its instrument, never protection or exits, until it is answered",
    Effect.gen(function*() {
      const first = orderOf()
      const next = orderOf({ decisionId: "paper-spot/bitbank:BTC/JPY/15m/1800000" })
      yield* send(first)
      assert.strictEqual(yield* reasonOf(send(next)), "unresolved")
      yield* answer({ _tag: "OrderUnknown", intentId: first.intentId, words: "no reply" })
      assert.strictEqual(yield* reasonOf(send(next)), "unresolved")
      assert.strictEqual(yield* reasonOf(send(orderOf({ leg: "exit", purpose: "exit" }))), "Sending")
      assert.strictEqual(yield* reasonOf(send(orderOf({ leg: "stop", purpose: "protect" }))), "Sending")
      yield* answer({ _tag: "OrderAbsent", intentId: first.intentId })
      assert.strictEqual(yield* reasonOf(send(next)), "Sending")
    })
  )

  held(
    "a fill resolves an intent whose answer never came",
    Effect.gen(function*() {
      const first = orderOf()
      yield* send(first)
      const { amount, intentId, side } = first
      yield* answer({
        _tag: "VenueReported",
        report: {
          _tag: "Filled",
          reportSeq: 1,
          at: 1,
          venueOrderId: "S-1",
          intentId,
          tradeId: "T-1",
          side,
          amount,
          price: 1 as never,
          fee: 0 as never,
          liquidity: "taker",
          complete: true
        }
      })
      assert.strictEqual(yield* reasonOf(send(orderOf({ decisionId: "another" }))), "Sending")
    })
  )

  held(
    "C40 an order past its validity is denied as expired",
    Effect.gen(function*() {
      const order = orderOf({ validUntil: 999 })
      assert.strictEqual(yield* reasonOf(send(order, () => 1_000)), "expired")
      assert.strictEqual(yield* reasonOf(send(order, () => 999)), "Sending")
    })
  )

  held(
    "L-42 an order of another epoch, or with less than 3 s of lease left, is denied",
    Effect.gen(function*() {
      const table = yield* LeaseTable
      assert.strictEqual(yield* reasonOf(send(orderOf(), () => 1, 7)), "leaseLost")
      table.held.validUntilMillis = 2_999
      assert.strictEqual(yield* reasonOf(send()), "leaseLost")
      table.held.validUntilMillis = Number.POSITIVE_INFINITY
      assert.strictEqual(yield* reasonOf(send()), "Sending")
    })
  )

  held(
    "L-42 a deposed writer writes nothing more",
    Effect.gen(function*() {
      const journal = yield* Journal
      const table = yield* LeaseTable
      yield* journal.append([candleDraft(1)], { durable: true })
      const row = table.read()
      assert.isTrue(table.swap(row, { holder: "another", epoch: row.epoch + 1, until: 1 }))
      const late = [candleDraft(2)]
      assert.strictEqual((yield* faultOf(journal.append(late, { durable: true })))?._tag, "LeaseLost")
      assert.strictEqual((yield* faultOf(journal.append(late, { durable: false })))?._tag, "LeaseLost")
      assert.strictEqual((yield* faultOf(send()))?._tag, "LeaseLost")
      assert.strictEqual(journal.head(), 1)
      assert.strictEqual((yield* journal.verify).rows, 1)
    })
  )
}

const reasonOf = <R>(sent: Effect.Effect<{ readonly _tag: string; readonly reason?: string }, AnyFault, R>) =>
  Effect.map(sent, (permit) => permit.reason ?? permit._tag)

const faultOf = <A, R>(run: Effect.Effect<A, AnyFault, R>) =>
  Effect.match(run, { onFailure: (fault) => fault, onSuccess: () => null })
