/**
 * The laws of settlement for any course of events, in spot and on margin, against an exchange that keeps its own books.
 * In: random ballots, bars, faults. Out: both parties' money agree, replays and repeats change nothing.
 * The exchange is the simulator, which shares no arithmetic with the engine.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import type { JournalEvent } from "../../src/domain/Event.ts"
import { notional, ppm } from "../../src/domain/money.ts"
import type { Quote } from "../../src/domain/money.ts"
import type { ApprovedOrder, VenueReport } from "../../src/domain/Order.ts"
import { judge } from "../../src/engine/decide.ts"
import { nextProtection, protectionState } from "../../src/engine/execution/protection.ts"
import type { Bar } from "../../src/engine/Observation.ts"
import { equityOf } from "../../src/engine/portfolio/Account.ts"
import { stateHash } from "../../src/engine/portfolio/Books.ts"
import type { Books } from "../../src/engine/portfolio/Books.ts"
import { mark } from "../../src/engine/mark.ts"
import type { ClosedTrade } from "../../src/engine/portfolio/ClosedTrade.ts"
import { settle } from "../../src/engine/settle.ts"
import { accountOf, closeBar, makeExchange, openBar, submit } from "../../src/simulator/Exchange.ts"
import type { Exchange } from "../../src/simulator/Exchange.ts"
import { ballotFor, BAR, barAt, bitbank, emptyBooks, observe, PRICE, START } from "./desk.ts"

const Step = Schema.Struct({
  side: Schema.Literals(["buy", "sell", "hold", "buy", "sell"]),
  move: Schema.Int.check(Schema.isBetween({ minimum: -25, maximum: 25 })),
  spread: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 20 })),
  volume: Schema.Literals([0, 0.002, 5]),
  score: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10 })),
  fault: Schema.Literals(["none", "none", "none", "unknown", "refused", "expired"])
})
const Course = Schema.Struct({
  account: Schema.Literals(["spot", "margin"]),
  steps: Schema.Array(Step).check(Schema.isMinLength(5), Schema.isMaxLength(60))
})
type Step = typeof Step.Type
type Course = typeof Course.Type

const open = {
  coolDownBars: 0,
  maxDayLoss: 0.5,
  maxDrawdown: 0.5,
  entriesPerDay: 1_000,
  lossStreak: 50,
  guardStops: 100
} as const
const CAPITAL = 5_000_000

interface Desk {
  readonly books: Books
  readonly exchange: Exchange
  readonly journal: Array<JournalEvent>
  readonly trades: Array<ClosedTrade>
  /** State after each journaled event. */
  readonly states: Array<string>
}

const makeDesk = (account: Course["account"]): Desk => ({
  books: emptyBooks({ account, capital: CAPITAL, risk: open }),
  exchange: makeExchange({
    instrument: bitbank(),
    account,
    capital: CAPITAL * 10_000 as Quote,
    slippage: ppm(500),
    latencyMs: 0,
    participation: 0.1,
    interestPerDay: ppm(400)
  }),
  journal: [],
  trades: [],
  states: []
})

const write = (desk: Desk, event: JournalEvent, now: number): void => {
  desk.journal.push(event)
  const closed = settle(desk.books, event, now)
  if (closed !== null) desk.trades.push(closed)
  desk.states.push(stateHash(desk.books))
}

const report = (desk: Desk, reports: ReadonlyArray<VenueReport>, now: number): void => {
  for (const one of reports) write(desk, { _tag: "VenueReported", report: one }, now)
}

const send = (desk: Desk, order: ApprovedOrder, fault: Step["fault"], now: number): void => {
  const { intentId } = order
  write(desk, { _tag: "OrderSending", order, t0: now, settleBy: now + 18_000 }, now)
  if (fault === "expired") return write(desk, { _tag: "OrderExpired", intentId }, now)
  if (fault === "refused") return write(desk, { _tag: "OrderRefused", intentId, code: "X", words: "" }, now)
  const outcome = submit(desk.exchange, order, now)
  if (fault === "unknown") write(desk, { _tag: "OrderUnknown", intentId, words: "" }, now)
  if (outcome._tag === "Accepted") {
    write(desk, { _tag: "OrderAccepted", intentId, venueOrderId: outcome.venueOrderId }, now)
  } else if (fault === "unknown") write(desk, { _tag: "OrderAbsent", intentId }, now)
  else write(desk, { _tag: "OrderRefused", intentId, code: "X", words: "" }, now)
}

const protect = (desk: Desk, now: number): void => {
  for (let count = 0; count < 20; count++) {
    const order = nextProtection(desk.books, now)
    if (order === null) return
    assert.isAtMost(order.amount, Math.abs(desk.books.base), "C2: a leg never exceeds the position")
    send(desk, order, "none", now)
  }
  assert.fail("protection comes to rest")
}

const walk = (course: Course, each: (desk: Desk, wish: Step["side"]) => void = () => {}): Desk => {
  const desk = makeDesk(course.account)
  let close = PRICE
  course.steps.forEach((step, index) => {
    const start = close
    close = Math.round(start * (1 + step.move / 1_000))
    const bar: Bar = barAt(index + 1, close, {
      open: start,
      high: Math.round(Math.max(start, close) * (1 + step.spread / 1_000)),
      low: Math.round(Math.min(start, close) * (1 - step.spread / 1_000)),
      volume: step.volume
    })
    const text = [bar.open, bar.high, bar.low, bar.close, bar.volume].join(",")
    report(desk, openBar(desk.exchange, bar), bar.openTime)
    protect(desk, bar.openTime)
    report(desk, closeBar(desk.exchange, bar), bar.closeTime)
    protect(desk, bar.closeTime)
    mark(desk.books, bar, 0)
    write(
      desk,
      { _tag: "CandleClosed", openTime: bar.openTime, closeTime: bar.closeTime, text, gapBars: 0 },
      bar.closeTime
    )
    const ballot = ballotFor(step.side, step.side === "hold" ? {} : { score: step.score / 10 })
    const { order } = judge(desk.books, observe(bar), ballot, bar.closeTime)
    each(desk, step.side)
    if (step.side === "hold") assert.isNull(order, "L-3: a hold never trades")
    if (order === null) return
    assert.isTrue(order.amount % 10_000 === 0 && order.amount >= 10_000)
    if (order.leg === "exit") {
      assert.isAtMost(order.amount, Math.abs(desk.books.base), "C2: an exit never exceeds the position")
    }
    send(desk, order, step.fault, bar.closeTime)
  })
  return desk
}

const arbitrary = { runs: 120, seed: 20 } as const

describe("settle", () => {
  it.prop("L-6, P-48: our books and the exchange's agree to the last unit, whatever happens", {
    course: Course
  }, ({ course }) => {
    walk(course, ({ books, exchange }) => {
      const theirs = accountOf(exchange)
      assert.deepEqual([books.account.quote, books.base, books.lastReportSeq], [
        theirs.quote,
        theirs.base,
        theirs.lastReportSeq
      ])
      assert.deepEqual(
        [...books.working.keys()].toSorted(),
        theirs.orders.map((order) => order.intentId).toSorted()
      )
    })
  }, { arbitrary })

  it.prop(
    "L-6: cash and base moved by exactly the sum of fills, fees and interest",
    { course: Course },
    ({ course }) => {
      const { books, journal, trades } = walk(course)
      let [cash, base, fees] = [CAPITAL * 10_000, 0, 0]
      for (const event of journal) {
        if (event._tag !== "VenueReported") continue
        if (event.report._tag === "InterestCharged") cash -= event.report.amount
        if (event.report._tag !== "Filled") continue
        const { amount, fee, price, side } = event.report
        const sign = side === "buy" ? 1 : -1
        cash -= sign * notional(amount, price, 8, "halfAway") + fee
        base += sign * amount
        fees += fee
      }
      assert.deepEqual([books.account.quote, books.base, books.account.feesPaid], [cash, base, fees])
      const { position } = books
      const pnl = trades.reduce((sum, closed) => sum + closed.pnl, 0)
      const held = position === null ? 0 : position.fees + position.interest +
        (position.side === "long" ? 1 : -1) * (position.enteredCost - position.exitedProceeds)
      assert.strictEqual(
        cash - CAPITAL * 10_000,
        pnl - held,
        "closed profits and the open position explain the cash"
      )
      assert.strictEqual(books.account.realized, pnl)
      const paid = trades.reduce((sum, closed) => sum + closed.fees, position?.fees ?? 0)
      const charged = trades.reduce((sum, closed) => sum + closed.interest, position?.interest ?? 0)
      assert.deepEqual(
        [paid, charged],
        [books.account.feesPaid, books.account.interestPaid],
        "each fee and charge is in one trade"
      )
      assert.strictEqual(books.account.closedCount, trades.length)
      if (position !== null) assert.strictEqual(position.amount, Math.abs(base))
    },
    { arbitrary }
  )

  it.prop("I29: a restart at any event finds the same books", { course: Course }, ({ course }) => {
    const { journal, states, books } = walk(course)
    const again = emptyBooks({ account: course.account, capital: CAPITAL, risk: open })
    journal.forEach((event, index) => {
      settle(again, event, 0)
      if (index % 7 === 0) assert.strictEqual(stateHash(again), states[index])
    })
    assert.strictEqual(stateHash(again), stateHash(books))
  }, { arbitrary })

  it.prop("C20, C32: each event told twice, and all reports told again at the end, change nothing", {
    course: Course
  }, ({ course }) => {
    const { books, journal } = walk(course)
    const twice = emptyBooks({ account: course.account, capital: CAPITAL, risk: open })
    for (const event of journal) {
      settle(twice, event, 0)
      settle(twice, event, 0)
    }
    for (const event of journal) {
      if (event._tag === "VenueReported" || event._tag === "CandleClosed") settle(twice, event, 0)
    }
    assert.strictEqual(stateHash(twice), stateHash(books))
  }, { arbitrary })

  it.prop("a spot account never owes, a margin account never holds more than it is worth by much", {
    course: Course
  }, ({ course }) => {
    walk(course, ({ books }) => {
      if (course.account === "spot") assert.isTrue(books.base >= 0 && books.account.quote >= 0)
      const value = notional(books.base, books.markPrice, 8, "halfAway")
      assert.isAtMost(Math.abs(value), equityOf(books.account) * 0.04, "one position, about the cap of 3 %")
    })
  }, { arbitrary })

  it.prop(
    "I16: after protection has rested every open position is covered",
    { course: Course },
    ({ course }) => {
      const desk = walk({
        ...course,
        steps: course.steps.map((step) => ({ ...step, fault: "none" as const }))
      })
      protect(desk, START + 100 * BAR)
      assert.notStrictEqual(protectionState(desk.books), "uncovered")
    },
    { arbitrary }
  )

  it("a course that trades is among those tried: the laws are not empty", () => {
    const steps = Array.from({ length: 40 }, (_, index): Step => ({
      side: index % 6 < 3 ? "buy" : "sell",
      move: index % 2 === 0 ? 8 : -8,
      spread: 5,
      volume: 5,
      score: 8,
      fault: "none"
    }))
    for (const account of ["spot", "margin"] as const) {
      const { trades } = walk({ account, steps })
      assert.isAbove(trades.length, 5)
    }
  })
})
