/**
 * The pauses after results: what triggers each, what does not, and how long they last.
 * In: closed trades at chosen bars. Out: bars still to wait.
 * Decisions 22: CooldownPeriod, StoplossGuard, LowProfitPairs.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Books } from "../../../src/engine/portfolio/Books.ts"
import { barsLeft, NEVER } from "../../../src/engine/risk/protections.ts"
import { mark } from "../../../src/engine/mark.ts"
import { BAR, barAt, markedBooks, roundTrip, START } from "../desk.ts"

/** One trade of ¥2,000 every `every` bars. */
const trades = (count: number, every: number, yen: number, leg: "exit" | "stop"): Books => {
  const books = markedBooks(1)
  for (let index = 0; index < count; index++) {
    roundTrip(books, `t${index}`, yen, leg)
    if (index < count - 1) mark(books, barAt(1 + (index + 1) * every), 0)
  }
  return books
}
const left = (books: Books, until: number): number => barsLeft(until, books.markedAt + BAR, BAR)

describe("StoplossGuard", () => {
  it("four stops in 24 bars pause for 12", () => {
    const books = trades(4, 7, -1, "stop")
    assert.strictEqual(left(books, books.pauses.guardUntil), 12)
  })

  it("three stops, stops spread wider, or other exits do not", () => {
    assert.strictEqual(trades(3, 1, -1, "stop").pauses.guardUntil, NEVER)
    assert.strictEqual(trades(4, 8, -1, "stop").pauses.guardUntil, NEVER)
    assert.strictEqual(trades(4, 1, -1, "exit").pauses.guardUntil, NEVER)
  })
})

describe("LowProfitPairs", () => {
  it("six trades in 96 bars that lose more than 4 % of their notional pause for 24", () => {
    const books = trades(6, 15, -81, "exit")
    assert.strictEqual(left(books, books.pauses.lowProfitUntil), 24)
  })

  it("exactly 4 %, five trades, or trades spread wider do not", () => {
    assert.strictEqual(trades(6, 15, -80, "exit").pauses.lowProfitUntil, NEVER)
    assert.strictEqual(trades(5, 1, -500, "exit").pauses.lowProfitUntil, NEVER)
    assert.strictEqual(trades(6, 20, -500, "exit").pauses.lowProfitUntil, NEVER)
  })
})

describe("CooldownPeriod", () => {
  it("forbids the first decision after an exit and no more; none configured forbids none", () => {
    const books = trades(1, 1, 1, "exit")
    assert.strictEqual(left(books, books.pauses.coolDownUntil), 1)
    assert.strictEqual(barsLeft(books.pauses.coolDownUntil, books.markedAt + 2 * BAR, BAR), 0)
    const none = markedBooks(1, { risk: { coolDownBars: 0 } })
    roundTrip(none, "a", 1)
    assert.strictEqual(none.pauses.coolDownUntil, NEVER)
  })

  it("P-45: pauses run in market time", () =>
    assert.strictEqual(barsLeft(START + 5 * BAR, START + 2 * BAR, BAR), 4))
})
