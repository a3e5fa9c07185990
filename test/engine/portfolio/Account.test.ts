/**
 * What the markets of one account share, and what stays in each market.
 * In: two markets on one account, trades and bars in either. Out: the books, the account, the verdict on an entry.
 * One market alone is the case of every other test of these rooms.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Instrument } from "../../../src/domain/Instrument.ts"
import type { Quote } from "../../../src/domain/money.ts"
import { judge } from "../../../src/engine/decide.ts"
import { mark, markMarket } from "../../../src/engine/mark.ts"
import { beginDay, equityOf, followEquity } from "../../../src/engine/portfolio/Account.ts"
import { canonicalBooks, joinBooks } from "../../../src/engine/portfolio/Books.ts"
import type { Books } from "../../../src/engine/portfolio/Books.ts"
import { NEVER } from "../../../src/engine/risk/protections.ts"
import { settle } from "../../../src/engine/settle.ts"
import {
  ballotFor,
  BAR,
  barAt,
  bitbank,
  controlSet,
  markedBooks,
  observe,
  orderFor,
  PRICE,
  roundTrip,
  sending,
  START,
  trade
} from "../desk.ts"
import type { Overrides } from "../desk.ts"

const YEN = 10_000
/** As many bars as make the anomaly window and everything else ready. */
const BARS = 30

const other: Instrument = { ...bitbank(), id: "bitbank:ETH/JPY", symbol: "ETH/JPY", base: "ETH" }

/** Two markets on one account, both marked at one price. */
const two = (overrides: Overrides = {}): readonly [Books, Books] => {
  const first = markedBooks(BARS, overrides)
  const second = joinBooks(first.account, other, BAR)
  for (let index = 1; index <= BARS; index++) markMarket(second, barAt(index), 0)
  return [first, second]
}

/** Both markets' bars of one instant. */
const markBoth = ([first, second]: readonly [Books, Books], index: number, at: number, there: number) => {
  const closeTime = START + index * BAR
  beginDay(first.account, closeTime)
  markMarket(first, barAt(index, at), 0)
  markMarket(second, barAt(index, there), 0)
  followEquity(first.account, closeTime)
}

const buy = (books: Books, id: string, amount: number) =>
  trade(books, orderFor("entry", "buy", amount, { decisionId: id }))

const reasonIn = (books: Books) =>
  judge(books, observe(barAt((books.markedAt - START) / BAR)), ballotFor("buy"), books.markedAt).reason

describe("an account of two markets", () => {
  it("pays for both from one cash, and each holds its own amount", () => {
    const [first, second] = two()
    buy(first, "a", 20_000)
    buy(second, "b", 10_000)
    assert.strictEqual(first.account, second.account)
    assert.strictEqual(first.account.quote, (500_000 - 3_000) * YEN)
    assert.deepStrictEqual([first.base, second.base], [20_000, 10_000])
  })

  it("is worth its cash and each amount at its own mark", () => {
    const markets = two()
    buy(markets[0], "a", 20_000)
    buy(markets[1], "b", 10_000)
    markBoth(markets, BARS + 1, PRICE * 1.1, PRICE * 0.7)
    assert.strictEqual(equityOf(markets[0].account), (500_000 + 200 - 300) * YEN)
  })

  it("has no peak between two bars of one instant", () => {
    const markets = two()
    buy(markets[0], "a", 20_000)
    buy(markets[1], "b", 20_000)
    markBoth(markets, BARS + 1, PRICE * 1.1, PRICE * 0.9)
    assert.strictEqual(markets[0].account.drawdown.peak, 500_000 * YEN)
    mark(markets[0], barAt(BARS + 2, PRICE * 1.2), 0)
    assert.strictEqual(markets[0].account.drawdown.peak, 500_200 * YEN)
  })

  it("begins a day with the marks before it, of every market", () => {
    const markets = two()
    buy(markets[0], "a", 20_000)
    buy(markets[1], "b", 20_000)
    const midnight = 15 * 4
    markBoth(markets, midnight - 1, PRICE * 1.01, PRICE * 1.01)
    markBoth(markets, midnight, PRICE * 1.2, PRICE * 1.3)
    assert.strictEqual(markets[0].account.day.startEquity, (500_000 + 20 + 20) * YEN)
  })

  it("stops entries everywhere when one market has lost the day's limit, until the next day", () => {
    const markets = two({ risk: { maxDayLoss: 0.0002 } })
    buy(markets[0], "a", 20_000)
    assert.strictEqual(reasonIn(markets[1]), "ordered")
    markBoth(markets, BARS + 1, PRICE * 0.94, PRICE)
    assert.strictEqual(reasonIn(markets[1]), "dayLoss")
    markBoth(markets, 15 * 4, PRICE * 0.94, PRICE)
    assert.strictEqual(reasonIn(markets[1]), "ordered")
  })

  it("stops entries everywhere on a drawdown from the common peak", () => {
    const markets = two({ risk: { maxDrawdown: 0.0002, maxDayLoss: 0.5 } })
    buy(markets[0], "a", 20_000)
    markBoth(markets, BARS + 1, PRICE * 0.94, PRICE)
    assert.strictEqual(reasonIn(markets[1]), "drawdown")
  })

  it("L-9: counts losses of all markets in one streak, which pauses them all", () => {
    const [first, second] = two({ risk: { lossStreak: 4, coolDownBars: 0 } })
    roundTrip(first, "a", -1)
    roundTrip(second, "b", -1)
    roundTrip(first, "c", -1)
    assert.notStrictEqual(reasonIn(second), "lossStreak")
    roundTrip(second, "d", -1)
    assert.strictEqual(reasonIn(first), "lossStreak")
    assert.strictEqual(reasonIn(second), "lossStreak")
  })

  it("counts results of one bar in the order in which they come: a win after a loss ends the streak, before it does not", () => {
    const lossesAfter = (here: number, there: number): number => {
      const [first, second] = two()
      roundTrip(first, "a", here)
      roundTrip(second, "b", there)
      return first.account.streak.losses
    }
    assert.deepStrictEqual([lossesAfter(-1, 1), lossesAfter(1, -1)], [0, 1])
  })

  it("counts the entries of a day over all markets", () => {
    const [first, second] = two({ risk: { entriesPerDay: 2 } })
    settle(first, sending(orderFor("entry", "buy", 10_000, { decisionId: "a" })), START)
    assert.strictEqual(reasonIn(second), "ordered")
    settle(second, sending(orderFor("entry", "buy", 10_000, { decisionId: "b" })), START)
    assert.strictEqual(first.account.day.entries, 2)
    const third = joinBooks(first.account, { ...other, id: "bitbank:XRP/JPY" }, BAR)
    for (let index = 1; index <= BARS; index++) markMarket(third, barAt(index), 0)
    assert.strictEqual(reasonIn(third), "entryLimit")
  })

  it("finds Kelly's edge in the trades of all markets", () => {
    const markets = two({ sizing: { kellyMinTrades: 4, maxPosition: 0.5 } })
    for (const [index, yen] of [30, -10, 30, -10].entries()) roundTrip(markets[index % 2]!, `t${index}`, yen)
    for (const index of [1, 2]) markBoth(markets, BARS + index, PRICE, PRICE)
    const decision = judge(markets[1], observe(barAt(BARS + 2)), ballotFor("buy"), markets[1].markedAt)
    assert.strictEqual(decision.order?.edge, "kelly")
  })

  it("obeys a halt that came through any of its markets", () => {
    const [first, second] = two()
    settle(second, controlSet("halt"), START)
    assert.strictEqual(reasonIn(first), "halted")
    settle(first, controlSet("resume"), START)
    assert.strictEqual(reasonIn(second), "ordered")
  })

  it("numbers closed trades through, so that no two of its markets share an id", () => {
    const [first, second] = two()
    const ids = [roundTrip(first, "d", 1), roundTrip(second, "d", 1), roundTrip(first, "e", 1)].map((
      { id }
    ) => id)
    assert.deepStrictEqual(ids, ["d#1", "d#2", "e#3"])
    assert.strictEqual(first.account.realized, 3 * YEN)
  })

  it("pays interest of each market from the common cash", () => {
    const [first, second] = two({ account: "margin" })
    buy(second, "b", 20_000)
    const before = first.account.quote
    const amount = 5 * YEN as Quote
    settle(second, {
      _tag: "VenueReported",
      report: { _tag: "InterestCharged", reportSeq: 2, at: START, amount }
    }, START)
    assert.strictEqual(first.account.quote, before - amount)
    assert.strictEqual(second.position?.interest, amount)
    assert.strictEqual(first.lastReportSeq, 0, "each market's reports are numbered apart")
  })

  it("keeps its money when a session starts after any of its markets has begun", () => {
    const [first, second] = two()
    settle(
      joinBooks(first.account, { ...other, id: "bitbank:XRP/JPY" }, BAR),
      {
        _tag: "SessionStarted",
        capital: 1
      } as Parameters<typeof settle>[1],
      START
    )
    assert.strictEqual(second.account.quote, 500_000 * YEN)
  })
})

describe("a market of an account", () => {
  it("pauses for its own results only: cool-down, StoplossGuard, LowProfitPairs", () => {
    const risk = { coolDownBars: 2, guardStops: 3, lowProfitTrades: 3, lossStreak: 100 }
    const [first, second] = two({ risk })
    for (const id of ["a", "b"]) {
      roundTrip(first, id, -500, "stop")
      if (id === "a") assert.strictEqual(second.pauses.coolDownUntil, NEVER)
      roundTrip(second, `${id}2`, -500, "stop")
    }
    for (const { pauses } of [first, second]) {
      assert.deepStrictEqual([pauses.guardUntil, pauses.lowProfitUntil], [NEVER, NEVER])
    }
    roundTrip(first, "c", -500, "stop")
    assert.isAbove(first.pauses.guardUntil, 0)
    assert.isAbove(first.pauses.lowProfitUntil, 0)
    assert.deepStrictEqual([second.pauses.guardUntil, second.pauses.lowProfitUntil], [NEVER, NEVER])
  })

  it("keeps its mark, bars and anomalies when only another market has a bar", () => {
    const [first, second] = two()
    const own = ({ anomaly, bars, markedAt, markPrice, pauses }: Books) =>
      JSON.stringify({ anomaly, bars, markedAt, markPrice, pauses })
    const before = own(second)
    mark(first, barAt(BARS + 9, PRICE * 2), 8)
    assert.strictEqual(own(second), before)
    assert.strictEqual(canonicalBooks(first)["instrument"], "bitbank:BTC/JPY")
  })

  it("joins with the same currency and scale, and with a name of its own", () => {
    const join = (change: Partial<Instrument>) => () =>
      joinBooks(markedBooks(1).account, { ...other, ...change }, BAR)
    assert.throws(join({ id: "bitbank:BTC/JPY" }), /trades bitbank:BTC\/JPY once/)
    assert.throws(join({ quote: "USD" }), /counts money as/)
    assert.throws(join({ priceScale: 8 }), /counts money as/)
    assert.doesNotThrow(join({ amountScale: 4 }))
  })
})
