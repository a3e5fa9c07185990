/**
 * Marking by example: days, stops, pauses, repeats.
 * In: closed bars. Out: what time and price alone change in the books.
 * Fills are settle.test.ts.
 */
import { assert, describe, it } from "@effect/vitest"
import { stateHash } from "../../src/engine/portfolio/Books.ts"
import { mark } from "../../src/engine/mark.ts"
import { settle } from "../../src/engine/settle.ts"
import { BAR, barAt, controlSet, markedBooks, orderFor, PRICE, roundTrip, START, trade } from "./desk.ts"

const YEN = 10_000

describe("mark", () => {
  it("a bar seen before is ignored, by event or by call", () => {
    const books = markedBooks(3)
    const before = stateHash(books)
    mark(books, barAt(3, PRICE * 2), 9)
    settle(books, {
      _tag: "CandleClosed",
      openTime: START,
      closeTime: START + 2 * BAR,
      gapBars: 9,
      text: "1,1,1,1,1"
    }, START)
    assert.strictEqual(stateHash(books), before)
  })

  it("an event marks as the same bar does by call", () => {
    const [one, two] = [markedBooks(3), markedBooks(3)]
    mark(one, barAt(4, PRICE, { high: PRICE + 5, low: PRICE - 5 }), 4)
    const text = `${PRICE},${PRICE + 5},${PRICE - 5},${PRICE},10`
    settle(two, {
      _tag: "CandleClosed",
      openTime: START + 3 * BAR,
      closeTime: START + 4 * BAR,
      gapBars: 4,
      text
    }, START)
    assert.strictEqual(stateHash(two), stateHash(one))
  })

  it("a new trading day begins at Tokyo's midnight with the equity before it", () => {
    const books = markedBooks(1)
    trade(books, orderFor("entry", "buy", 20_000))
    // 09:00 in Tokyo plus 59 bars is 23:45, plus 60 is midnight.
    mark(books, barAt(59, 11_000_000), 0)
    assert.strictEqual(books.account.day.startEquity, 500_000 * YEN)
    assert.strictEqual(books.account.day.entries, 1)
    mark(books, barAt(60, 12_000_000), 0)
    assert.strictEqual(books.account.day.startEquity, (500_000 + 200) * YEN)
    assert.strictEqual(books.account.day.entries, 0)
  })

  it("L-10: a drawdown stop outlives a recovery and a supervisor's resume, and ends with an operator's", () => {
    const books = markedBooks(1, { capital: 2_000 })
    trade(books, orderFor("entry", "buy", 20_000))
    mark(books, barAt(2, 7_900_000), 0)
    assert.isTrue(books.account.drawdown.stopped)
    mark(books, barAt(3, 9_900_000), 0)
    settle(books, controlSet("resume", "supervision/trading"), START)
    assert.isTrue(books.account.drawdown.stopped)
    settle(books, controlSet("resume"), START)
    assert.isFalse(books.account.drawdown.stopped)
    assert.strictEqual(books.account.drawdown.peak, 1_980 * YEN)
  })

  it("L-7: every closed trade reaches the loss counter", () => {
    const books = markedBooks(1)
    roundTrip(books, "a", -10)
    roundTrip(books, "b", -10)
    assert.strictEqual(books.account.streak.losses, 2)
    roundTrip(books, "c", 10)
    assert.strictEqual(books.account.streak.losses, 0)
    assert.strictEqual(books.account.closedCount, 3)
  })

  it("L-9: the end of a streak pause is a transition of the books, not of who asks", () => {
    const books = markedBooks(1, { risk: { lossStreak: 2, streakPauseHours: 1 } })
    roundTrip(books, "a", -10)
    roundTrip(books, "b", -10)
    mark(books, barAt(4), 0)
    assert.strictEqual(books.account.streak.losses, 2)
    mark(books, barAt(5), 0)
    assert.deepEqual(books.account.streak, { losses: 0, pausedUntil: -1, recovering: 2 })
  })

  it("C55: trades too old for Kelly and every protection are forgotten, their sums are not", () => {
    const books = markedBooks(1)
    roundTrip(books, "a", 10)
    mark(books, barAt(30 * 96 + 2), 0)
    roundTrip(books, "b", 10)
    assert.deepEqual(books.account.trades.map((closed) => closed.decisionId), ["b"])
    assert.strictEqual(books.account.closedCount, 2)
    assert.strictEqual(books.account.realized, 20 * YEN)
  })
})
