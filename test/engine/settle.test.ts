/**
 * Settlement by example: what each kind of event does to the books.
 * In: a few journal events. Out: money, position, orders, stops.
 * The laws for any sequence are settle.prop.test.ts.
 */
import { assert, describe, it } from "@effect/vitest"
import { InvariantBroken } from "../../src/engine/invariant.ts"
import { equityOf } from "../../src/engine/portfolio/Account.ts"
import { averageEntry, canonicalBooks, stateHash, unrealised } from "../../src/engine/portfolio/Books.ts"
import { mark } from "../../src/engine/mark.ts"
import { settle } from "../../src/engine/settle.ts"
import {
  accepted,
  BAR,
  barAt,
  canceled,
  controlSet,
  emptyBooks,
  filled,
  markedBooks,
  orderFor,
  PRICE,
  refused,
  sending,
  START,
  trade
} from "./desk.ts"

const YEN = 10_000

describe("settle: fills", () => {
  it("a buy takes its notional and its fee from cash once (P-48)", () => {
    const books = markedBooks(1)
    trade(books, orderFor("entry", "buy", 20_000), { fee: 2 * YEN })
    assert.strictEqual(books.account.quote, (500_000 - 2_000 - 2) * YEN)
    assert.strictEqual(books.base, 20_000)
    assert.strictEqual(books.account.feesPaid, 2 * YEN)
    assert.strictEqual(equityOf(books.account), (500_000 - 2) * YEN)
  })

  it("L-6: a short that is closed changes cash by its profit and fees alone, once", () => {
    const books = markedBooks(1, { account: "margin" })
    trade(books, orderFor("entry", "sell", 20_000), { fee: 2 * YEN })
    assert.strictEqual(equityOf(books.account), (500_000 - 2) * YEN)
    const closed = trade(books, orderFor("exit", "buy", 20_000), { price: PRICE - 500_000, fee: 1 * YEN })
    assert.strictEqual(closed?.side, "short")
    assert.strictEqual(closed?.pnl, (100 - 3) * YEN)
    assert.strictEqual(books.account.quote, (500_000 + 97) * YEN)
    assert.strictEqual(books.base, 0)
  })

  it("C20: a report that was folded before changes nothing", () => {
    const books = markedBooks(1)
    const order = orderFor("entry", "buy", 20_000)
    settle(books, sending(order), START)
    const event = filled(books, order)
    settle(books, event, START)
    const before = stateHash(books)
    settle(books, event, START)
    assert.strictEqual(stateHash(books), before)
  })

  it("C32: a trade id seen before changes nothing but the report count", () => {
    const books = markedBooks(1)
    const order = orderFor("entry", "buy", 20_000)
    settle(books, sending(order), START)
    settle(books, filled(books, order, { amount: 10_000, complete: false, tradeId: "T" }), START)
    const money = books.account.quote
    settle(books, filled(books, order, { amount: 10_000, complete: false, tradeId: "T" }), START)
    assert.strictEqual(books.account.quote, money)
    assert.strictEqual(books.base, 10_000)
  })

  it("L-43: a partial fill that is then cancelled leaves what was really filled", () => {
    const books = markedBooks(1)
    const order = orderFor("entry", "buy", 30_000)
    settle(books, sending(order), START)
    settle(books, accepted(order), START)
    settle(books, filled(books, order, { amount: 10_000, complete: false }), START)
    settle(books, canceled(books, order), START)
    assert.strictEqual(books.position?.amount, 10_000)
    assert.strictEqual(books.retired.get(order.intentId)?.status, "PartiallyCanceled")
    assert.strictEqual(books.working.size, 0)
  })

  it("a fill after the cancel is a fact and still counts", () => {
    const books = markedBooks(1)
    const order = orderFor("entry", "buy", 30_000)
    settle(books, sending(order), START)
    settle(books, canceled(books, order), START)
    settle(books, filled(books, order, { amount: 10_000, complete: false }), START)
    assert.strictEqual(books.base, 10_000)
  })

  it("a fill past zero closes the old side and opens the new one", () => {
    const books = markedBooks(1, { account: "margin" })
    trade(books, orderFor("entry", "buy", 20_000), { fee: 2 * YEN })
    const closed = trade(books, orderFor("entry", "sell", 50_000, { decisionId: "e" }), {
      price: PRICE + 1_000_000,
      fee: 5 * YEN
    })
    assert.strictEqual(closed?.pnl, (200 - 2 - 2) * YEN)
    assert.strictEqual(books.position?.side, "short")
    assert.strictEqual(books.position?.amount, 30_000)
    assert.strictEqual(books.position?.fees, 3 * YEN)
    assert.strictEqual(books.position?.decisionId, "e")
    assert.strictEqual(books.base, -30_000)
  })

  it("partial closes leave the remaining cost exact and the trade's sums whole", () => {
    const books = markedBooks(1)
    trade(books, orderFor("entry", "buy", 30_000), { price: 10_000_001 })
    trade(books, orderFor("exit", "sell", 10_000, { decisionId: "x" }), { price: 10_100_000 })
    assert.strictEqual(books.position?.cost, 20_000_002)
    const closed = trade(books, orderFor("exit", "sell", 20_000, { decisionId: "y" }), { price: 10_200_000 })
    assert.strictEqual(closed?.cost, 30_000_003)
    assert.strictEqual(closed?.proceeds, 10_100_000 + 20_400_000)
    assert.strictEqual(closed?.pnl, 30_500_000 - 30_000_003)
  })

  it("L-8, L-44: the closed trade names strategy, leg, times and means, once a position", () => {
    const books = markedBooks(3)
    trade(books, orderFor("entry", "buy", 20_000, { strategy: "MultiTimeframe" }), { at: START + 3 * BAR })
    mark(books, barAt(4), 0)
    mark(books, barAt(5), 0)
    const closed = trade(books, orderFor("stop", "sell", 20_000), {
      price: 9_900_000,
      at: START + 5 * BAR + 1
    })
    assert.deepInclude(closed, {
      strategy: "MultiTimeframe",
      exitLeg: "stop",
      entryTime: START + 3 * BAR,
      exitTime: START + 5 * BAR + 1,
      barsHeld: 2,
      entryPrice: 10_000_000,
      exitPrice: 9_900_000,
      edge: "bootstrap"
    })
    assert.strictEqual(books.account.trades.length, 1)
    assert.strictEqual(books.account.closedCount, 1)
  })

  it("interest is taken from cash and from the trade that held", () => {
    const books = markedBooks(1, { account: "margin" })
    trade(books, orderFor("entry", "buy", 20_000))
    const report = {
      _tag: "InterestCharged",
      reportSeq: 2,
      at: START + BAR,
      amount: 5 * YEN as never
    } as const
    settle(books, { _tag: "VenueReported", report }, START)
    const closed = trade(books, orderFor("exit", "sell", 20_000))
    assert.strictEqual(closed?.interest, 5 * YEN)
    assert.strictEqual(closed?.pnl, -5 * YEN)
    assert.strictEqual(books.account.quote, (500_000 - 5) * YEN)
    assert.strictEqual(books.account.interestPaid, 5 * YEN)
  })

  it("screens read the average entry and the open profit", () => {
    const books = markedBooks(1)
    assert.strictEqual(averageEntry(books), null)
    assert.strictEqual(unrealised(books), 0)
    trade(books, orderFor("entry", "buy", 20_000))
    mark(books, barAt(2, 10_100_000), 0)
    assert.strictEqual(averageEntry(books), 10_000_000)
    assert.strictEqual(unrealised(books), 20 * YEN)
  })
})

describe("settle: what must not happen is a defect", () => {
  it("an answer to an order that was never journaled", () => {
    const books = markedBooks(1)
    assert.throws(() => settle(books, accepted(orderFor("entry", "buy", 20_000)), START), InvariantBroken)
  })

  it("I25: an acknowledgement after a proven refusal", () => {
    const books = markedBooks(1)
    const order = orderFor("entry", "buy", 20_000)
    settle(books, sending(order), START)
    settle(books, refused(order), START)
    settle(books, refused(order), START)
    assert.throws(() => settle(books, accepted(order), START), InvariantBroken)
  })

  it("a gap in the venue's reports", () => {
    const books = markedBooks(1)
    const order = orderFor("entry", "buy", 20_000)
    settle(books, sending(order), START)
    books.lastReportSeq = 1
    const event = filled(books, order)
    books.lastReportSeq = 0
    assert.throws(() => settle(books, event, START), InvariantBroken)
  })

  it("I7: fills beyond the order's amount, or on its other side", () => {
    const books = markedBooks(1)
    const order = orderFor("entry", "buy", 20_000)
    settle(books, sending(order), START)
    assert.throws(() => settle(books, filled(books, order, { amount: 20_001 }), START), InvariantBroken)
    const other = markedBooks(1)
    settle(other, sending(order), START)
    assert.throws(() => settle(other, filled(other, { ...order, side: "sell" }), START), InvariantBroken)
  })

  it("a spot account that goes short", () => {
    const books = markedBooks(1)
    assert.throws(() => trade(books, orderFor("exit", "sell", 20_000)), InvariantBroken)
  })

  it("a journaled candle that is not five numbers", () => {
    const books = markedBooks(1)
    const candle = {
      _tag: "CandleClosed",
      openTime: START,
      closeTime: START + 9 * BAR,
      gapBars: 0,
      text: "1,2,x,4,5"
    } as const
    assert.throws(() => settle(books, candle, START), InvariantBroken)
  })
})

describe("settle: orders and controls", () => {
  it("an unknown order stays in the working set until its outcome is proven", () => {
    const books = markedBooks(1)
    const order = orderFor("entry", "buy", 20_000)
    settle(books, sending(order), START)
    settle(books, { _tag: "OrderUnknown", intentId: order.intentId, words: "timeout" }, START)
    assert.strictEqual(books.working.get(order.intentId)?.status, "Unknown")
    settle(books, { _tag: "OrderAbsent", intentId: order.intentId }, START)
    assert.strictEqual(books.working.size, 0)
    assert.strictEqual(books.retired.get(order.intentId)?.status, "Absent")
  })

  it("C11: an order declared absent that fills after all works again, in one place only", () => {
    const books = markedBooks(1)
    const order = orderFor("entry", "buy", 20_000)
    settle(books, sending(order), START)
    settle(books, { _tag: "OrderUnknown", intentId: order.intentId, words: "timeout" }, START)
    settle(books, { _tag: "OrderAbsent", intentId: order.intentId }, START)
    settle(books, filled(books, order, { amount: 10_000, complete: false }), START)
    assert.deepEqual([books.working.has(order.intentId), books.retired.has(order.intentId)], [true, false])
    assert.strictEqual(books.base, 10_000)
  })

  it("an expired order frees its place", () => {
    const books = markedBooks(1)
    const order = orderFor("entry", "buy", 20_000)
    settle(books, sending(order), START)
    settle(books, sending(order), START)
    assert.strictEqual(books.account.day.entries, 1)
    settle(books, { _tag: "OrderExpired", intentId: order.intentId }, START)
    assert.strictEqual(books.working.size, 0)
  })

  it("C55: retired orders are bounded", () => {
    const books = markedBooks(1)
    for (let index = 0; index < 300; index++) {
      const order = orderFor("entry", "buy", 20_000, { decisionId: `d${index}` })
      settle(books, sending(order), START)
      settle(books, refused(order), START)
    }
    assert.strictEqual(books.retired.size, 256)
    assert.isFalse(books.retired.has("d43#entry.1"))
    assert.isTrue(books.retired.has("d44#entry.1"))
  })

  it("controls move the trading state", () => {
    const books = markedBooks(1)
    settle(books, controlSet("halt"), START)
    assert.strictEqual(books.account.tradingState, "Halted")
    settle(books, controlSet("reduce"), START)
    assert.strictEqual(books.account.tradingState, "Reducing")
    settle(books, controlSet("resume"), START)
    assert.strictEqual(books.account.tradingState, "Active")
  })

  it("decisions 15: supervision's resume lifts what was reduced and never a halt", () => {
    const books = markedBooks(1)
    settle(books, controlSet("reduce"), START)
    settle(books, controlSet("resume", "supervision/decision"), START)
    assert.strictEqual(books.account.tradingState, "Active")
    settle(books, controlSet("halt"), START)
    settle(books, controlSet("resume", "supervision/decision"), START)
    assert.strictEqual(books.account.tradingState, "Halted")
  })

  it("the first session sets the journaled capital, a later one changes nothing", () => {
    const books = emptyBooks()
    const session = (capital: number) => ({
      _tag: "SessionStarted",
      stage: "paper",
      market: "synthetic",
      demo: true,
      account: "spot",
      capital,
      settings: "",
      spec: ""
    } as const)
    settle(books, session(300_000 * YEN), START)
    settle(books, session(900_000 * YEN), START)
    assert.strictEqual(equityOf(books.account), 300_000 * YEN)
    assert.strictEqual(books.account.drawdown.peak, 300_000 * YEN)
  })

  it("events that only tell change nothing", () => {
    const books = markedBooks(1)
    const before = JSON.stringify(canonicalBooks(books))
    settle(books, { _tag: "DecisionClosed", decisionId: "d" }, START)
    settle(books, { _tag: "ProtectionChecked", throughSeq: 1, state: "flat" }, START)
    settle(books, { _tag: "SessionEnded", reason: "drained" }, START)
    settle(books, { _tag: "CandleSeeded", openTime: 0, closeTime: START + 9 * BAR, text: "1,1,1,1,1" }, START)
    assert.strictEqual(JSON.stringify(canonicalBooks(books)), before)
  })
})
