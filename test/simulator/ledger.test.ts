/**
 * The double-entry books: nothing is made, nothing is lost, nothing is owed in spot.
 * In: postings. Out: assertions on balances, and that a broken book is noticed.
 * L-6: profit counted twice is a posting with one side.
 */
import { assert, describe, it } from "@effect/vitest"
import { quote } from "../../src/domain/money.ts"
import {
  auditLedger,
  cashOf,
  ExchangeBroken,
  openLedger,
  positionOf,
  postBase,
  postQuote
} from "../../src/simulator/ledger.ts"

describe("ledger", () => {
  it("capital comes from its owner and every posting has two sides", () => {
    const ledger = openLedger(quote(1_000))
    postQuote(ledger, "trader", "market", 300)
    postQuote(ledger, "trader", "fees", 1)
    postBase(ledger, 5)
    assert.strictEqual(cashOf(ledger), 699)
    assert.strictEqual(positionOf(ledger), 5)
    assert.deepStrictEqual(ledger.quote, { owner: -1_000, trader: 699, market: 300, fees: 1, interest: 0 })
    assert.deepStrictEqual(ledger.base, { trader: 5, market: -5 })
    auditLedger(ledger, "spot")
  })

  it("L-6: money with one side only is a defect", () => {
    const money = openLedger(quote(1_000))
    money.quote.trader += 1
    assert.throws(() => auditLedger(money, "margin"), ExchangeBroken, /quote accounts sum to zero/)
    const coins = openLedger(quote(1_000))
    coins.base.trader += 1
    assert.throws(() => auditLedger(coins, "margin"), ExchangeBroken, /base accounts sum to zero/)
  })

  it("spot owes neither money nor coins, margin may", () => {
    const money = openLedger(quote(10))
    postQuote(money, "trader", "market", 11)
    assert.throws(() => auditLedger(money, "spot"), ExchangeBroken, /money is never owed/)
    auditLedger(money, "margin")
    const coins = openLedger(quote(10))
    postBase(coins, -1)
    assert.throws(() => auditLedger(coins, "spot"), ExchangeBroken, /coins are never owed/)
    auditLedger(coins, "margin")
  })

  it("a balance that is no safe integer is a defect", () => {
    assert.throws(() => postBase(openLedger(quote(0)), Number.MAX_SAFE_INTEGER + 2), ExchangeBroken)
    assert.throws(() => postQuote(openLedger(quote(0)), "trader", "fees", 0.5), ExchangeBroken)
  })
})
