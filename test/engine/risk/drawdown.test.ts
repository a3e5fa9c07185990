/**
 * The stops on equity: when they latch and what lifts each.
 * In: equity at marks. Out: stop states.
 * Decisions 22; L-10.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Quote } from "../../../src/domain/money.ts"
import { judge } from "../../../src/engine/decide.ts"
import type { Books } from "../../../src/engine/portfolio/Books.ts"
import { followPeak, lossShare, makeDrawdown, resumeDrawdown } from "../../../src/engine/risk/drawdown.ts"
import { mark } from "../../../src/engine/mark.ts"
import { ballotFor, BAR, barAt, markedBooks, observe, orderFor, START, trade } from "../desk.ts"

const yen = (amount: number): Quote => amount as Quote

/** Holds 0.01 BTC of ¥10,000,000 with ¥100,000, marked at each price in turn from bar 21 on. */
const through = (...prices: ReadonlyArray<number>): Books => {
  const books = markedBooks(20, {
    capital: 1_000_000,
    account: "margin",
    risk: { coolDownBars: 0, anomalyMove: 1, maxDrawdown: 0.5 }
  })
  trade(books, orderFor("entry", "buy", 1_000_000))
  prices.forEach((price, index) => mark(books, barAt(21 + index, price), 0))
  return books
}
const wishAfterExit = (books: Books): ReadonlyArray<string> => {
  trade(books, orderFor("exit", "sell", 1_000_000, { decisionId: "x" }), { price: books.markPrice / 10_000 })
  const bar = barAt((books.markedAt - START) / BAR, books.markPrice / 10_000)
  return judge(books, observe(bar), ballotFor("buy"), books.markedAt).refusals
}

describe("lossShare", () => {
  it("is a share of what there was, never negative, and all when there was nothing", () => {
    assert.strictEqual(lossShare(yen(100), yen(80)), 0.2)
    assert.strictEqual(lossShare(yen(100), yen(120)), 0)
    assert.strictEqual(lossShare(yen(0), yen(0)), 1)
  })
})

describe("drawdown", () => {
  it("latches at its limit, measured from the highest equity", () => {
    const drawdown = makeDrawdown(yen(100))
    followPeak(drawdown, yen(200), 0.2)
    followPeak(drawdown, yen(161), 0.2)
    assert.isFalse(drawdown.stopped)
    followPeak(drawdown, yen(160), 0.2)
    assert.isTrue(drawdown.stopped)
  })

  it("L-10: a resume counts anew from what is left; without a stop it keeps the peak", () => {
    const drawdown = makeDrawdown(yen(200))
    resumeDrawdown(drawdown, yen(190))
    assert.strictEqual(drawdown.peak, 200)
    followPeak(drawdown, yen(100), 0.2)
    resumeDrawdown(drawdown, yen(100))
    assert.deepEqual(drawdown, { peak: yen(100), stopped: false })
  })
})

describe("dayLoss", () => {
  it("stays refused in the day after equity has come back", () =>
    assert.deepEqual(wishAfterExit(through(7_900_000, 9_990_000)), ["dayLoss"]))

  it("is lifted by the next trading day", () => {
    const books = through(7_900_000, 9_990_000)
    for (let index = 23; index <= 61; index++) mark(books, barAt(index, 9_990_000), 0)
    assert.deepEqual(wishAfterExit(books), [])
  })
})
