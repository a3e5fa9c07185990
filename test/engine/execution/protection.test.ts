/**
 * Protection as a level: what is missing at each moment of a position's life.
 * In: books in one state. Out: the next leg, or nothing.
 * Decisions 1, 2, 5, 39; lessons C48, P-20, P-62, P-77.
 */
import { assert, describe, it } from "@effect/vitest"
import { instrumentById } from "../../../src/domain/Instrument.ts"
import type { Order } from "../../../src/domain/Order.ts"
import { nextProtection, protectionState } from "../../../src/engine/execution/protection.ts"
import { sideHeld } from "../../../src/engine/portfolio/Books.ts"
import type { Books } from "../../../src/engine/portfolio/Books.ts"
import { mark } from "../../../src/engine/mark.ts"
import { settle } from "../../../src/engine/settle.ts"
import {
  accepted,
  BAR,
  barAt,
  canceled,
  controlSet,
  filled,
  markedBooks,
  orderFor,
  PRICE,
  refused,
  sending,
  START,
  trade
} from "../desk.ts"

const entered = (side: "buy" | "sell" = "buy", amount = 50_000): Books => {
  const books = markedBooks(1, { account: "margin" })
  trade(books, orderFor("entry", side, amount))
  return books
}
const need = (books: Books): Order => {
  const order = nextProtection(books, books.markedAt)
  if (order === null) throw new Error("protection is wanted here")
  return order
}
const shape = (order: Order): Readonly<Record<string, unknown>> => ({ ...order })
const place = (books: Books, order: Order): void => {
  settle(books, sending(order), books.markedAt)
  settle(books, accepted(order), books.markedAt)
}
const refuse = (books: Books, order: Order): void => {
  settle(books, sending(order), books.markedAt)
  settle(books, refused(order), books.markedAt)
}

describe("nextProtection", () => {
  it("C48: an open position gets its stop, then its target, then nothing", () => {
    const books = entered()
    assert.strictEqual(protectionState(books), "uncovered")
    const stop = need(books)
    assert.deepInclude(shape(stop), {
      leg: "stop",
      side: "sell",
      amount: 50_000,
      trigger: PRICE * 9_900,
      intentId: "d#stop.1",
      purpose: "protect"
    })
    assert.strictEqual(stop.validUntil, books.markedAt + BAR)
    place(books, stop)
    assert.strictEqual(protectionState(books), "covered")
    const target = need(books)
    assert.deepInclude(shape(target), {
      leg: "target",
      price: PRICE * 10_200,
      type: "limit",
      reduceOnly: true
    })
    place(books, target)
    assert.isNull(nextProtection(books, books.markedAt))
  })

  it("P-20: a short is protected by buys", () => {
    const books = entered("sell")
    const stop = need(books)
    assert.deepInclude(shape(stop), { side: "buy", trigger: PRICE * 10_100 })
    place(books, stop)
    assert.deepInclude(shape(need(books)), { side: "buy", price: PRICE * 9_800 })
  })

  it("decisions 5: nothing more while a protection's outcome is unknown", () => {
    const books = entered()
    const stop = need(books)
    settle(books, sending(stop), START)
    assert.isNull(nextProtection(books, START))
    settle(books, { _tag: "OrderUnknown", intentId: stop.intentId, words: "timeout" }, START)
    assert.isNull(nextProtection(books, START))
    assert.strictEqual(protectionState(books), "uncovered")
    settle(books, { _tag: "OrderAbsent", intentId: stop.intentId }, START)
    assert.strictEqual(need(books).intentId, "d#stop.2")
  })

  it("decisions 2: an expired leg is planned again at once with the next attempt", () => {
    const books = entered()
    const stop = need(books)
    settle(books, sending(stop), START)
    settle(books, { _tag: "OrderExpired", intentId: stop.intentId }, START)
    assert.strictEqual(need(books).intentId, "d#stop.2")
  })

  it("a denied leg spends its number, so that a duplicate is not met for ever", () => {
    const books = entered()
    settle(books, { _tag: "OrderDenied", intentId: "d#stop.1", reason: "duplicate", words: "" }, START)
    assert.strictEqual(need(books).intentId, "d#stop.2")
    settle(books, { _tag: "OrderDenied", intentId: "other#stop.2", reason: "duplicate", words: "" }, START)
    assert.strictEqual(need(books).intentId, "d#stop.2")
    const flat = markedBooks(1)
    assert.isNull(
      settle(flat, { _tag: "OrderDenied", intentId: "d#entry.1", reason: "halted", words: "" }, START)
    )
  })

  it("a stop that the venue cancelled while the position is open is placed again", () => {
    const books = entered()
    const stop = need(books)
    place(books, stop)
    settle(books, canceled(books, stop), START)
    assert.strictEqual(protectionState(books), "uncovered")
    assert.strictEqual(need(books).intentId, "d#stop.2")
  })

  it("I16: an entry that fills further gets a stop for what is not covered yet, never more", () => {
    const books = markedBooks(1)
    const entry = orderFor("entry", "buy", 50_000)
    settle(books, sending(entry), START)
    settle(books, filled(books, entry, { amount: 20_000, complete: false }), START)
    place(books, need(books))
    settle(books, filled(books, entry, { amount: 30_000 }), START)
    const more = need(books)
    assert.deepInclude(shape(more), { leg: "stop", amount: 30_000, intentId: "d#stop.2" })
    place(books, more)
    assert.strictEqual(need(books).amount, 50_000)
  })

  it("Halted keeps protecting", () => {
    const books = entered()
    settle(books, controlSet("halt"), START)
    assert.strictEqual(need(books).leg, "stop")
  })

  it("P-62, P-77: dust is flat, held by nobody, and gets no order", () => {
    const instrument = instrumentById("bitflyer:BTC/JPY")
    if (instrument === undefined) throw new Error("bitflyer:BTC/JPY is known")
    const books = markedBooks(1, { instrument })
    const entry = orderFor("entry", "buy", 100_000, { instrument: instrument.id })
    settle(books, sending(entry), START)
    settle(books, filled(books, entry, { amount: 99_999, complete: false }), START)
    assert.isNull(nextProtection(books, START))
    assert.strictEqual(protectionState(books), "flat")
    assert.isNull(sideHeld(books))
    const next = orderFor("entry", "buy", 100_000, { instrument: instrument.id, decisionId: "e" })
    trade(books, next)
    assert.deepInclude(shape(need(books)), { amount: 199_999, decisionId: "e", intentId: "e#stop.1" })
  })

  it("an entry that absorbs dust starts its own legs at one", () => {
    const instrument = instrumentById("bitflyer:BTC/JPY")
    if (instrument === undefined) throw new Error("bitflyer:BTC/JPY is known")
    const books = markedBooks(1, { instrument })
    trade(books, orderFor("entry", "buy", 200_000, { instrument: instrument.id }))
    const stop = need(books)
    place(books, stop)
    settle(books, filled(books, stop, { amount: 150_000, complete: false }), START)
    settle(books, canceled(books, stop), START)
    assert.strictEqual(protectionState(books), "flat")
    trade(books, orderFor("entry", "buy", 100_000, { instrument: instrument.id, decisionId: "e" }))
    assert.strictEqual(need(books).intentId, "e#stop.1")
  })

  it("C50: a stop refused three times becomes a market exit, once a bar", () => {
    const books = entered()
    for (let attempt = 1; attempt <= 3; attempt++) {
      const stop = need(books)
      assert.strictEqual(stop.intentId, `d#stop.${attempt}`)
      refuse(books, stop)
    }
    for (let attempt = 1; attempt <= 3; attempt++) {
      const exit = need(books)
      assert.deepInclude(shape(exit), {
        leg: "exit",
        purpose: "exit",
        type: "market",
        amount: 50_000,
        intentId: `d#exit.${attempt}`
      })
      refuse(books, exit)
    }
    assert.isNull(nextProtection(books, START))
    mark(books, barAt(2), 0)
    const exit = need(books)
    settle(books, sending(exit), START)
    assert.isNull(nextProtection(books, START))
    settle(books, accepted(exit), START)
    assert.isNull(nextProtection(books, START))
    assert.strictEqual(protectionState(books), "covered")
  })

  it("a target refused three times is left out; the stop stays", () => {
    const books = entered()
    place(books, need(books))
    for (let attempt = 1; attempt <= 3; attempt++) refuse(books, need(books))
    assert.isNull(nextProtection(books, START))
    assert.strictEqual(protectionState(books), "covered")
  })

  it("a position that no entry planned leaves at market", () => {
    const books = entered()
    trade(books, orderFor("exit", "sell", 80_000, { decisionId: "x" }))
    assert.strictEqual(books.position?.side, "short")
    assert.deepInclude(shape(need(books)), { leg: "exit", side: "buy", amount: 30_000 })
  })

  it("attempt numbers are not reused when a late fill reopens a closed decision", () => {
    const books = markedBooks(1)
    const entry = orderFor("entry", "buy", 50_000)
    settle(books, sending(entry), START)
    settle(books, filled(books, entry, { amount: 20_000, complete: false }), START)
    const stop = need(books)
    place(books, stop)
    settle(books, filled(books, stop, { price: PRICE - 100_000 }), START)
    assert.isNull(books.position)
    settle(books, filled(books, entry, { amount: 30_000 }), START)
    assert.strictEqual(need(books).intentId, "d#stop.2")
  })

  it("nor when the first entry of a decision fills after its second one has come and gone", () => {
    const books = markedBooks(1)
    const first = orderFor("entry", "buy", 50_000)
    settle(books, sending(first), START)
    settle(books, { _tag: "OrderAbsent", intentId: first.intentId }, START)
    trade(books, orderFor("entry", "buy", 50_000, { attempt: 2 }))
    const stop = need(books)
    place(books, stop)
    settle(books, filled(books, stop, { price: PRICE - 100_000 }), START)
    assert.isNull(books.position)
    settle(books, filled(books, first), START)
    assert.strictEqual(need(books).intentId, "d#stop.2")
  })

  it("I16: a stop left over from an older decision covers nothing", () => {
    const books = entered()
    place(books, need(books))
    trade(books, orderFor("exit", "sell", 50_000, { decisionId: "x" }))
    trade(books, orderFor("entry", "buy", 30_000, { decisionId: "e" }))
    assert.strictEqual(protectionState(books), "uncovered")
    assert.strictEqual(need(books).intentId, "e#stop.1")
  })

  it("flat wants nothing", () => {
    const books = markedBooks(1)
    assert.isNull(nextProtection(books, START))
    assert.strictEqual(protectionState(books), "flat")
  })
})
