/**
 * Free funds of an account whose markets have entries in flight and positions at work.
 * In: two markets on one account. Out: what is free for the next entry, and who is refused for want of it.
 * L-5: an order that was sent is money that is gone.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Quote } from "../../../src/domain/money.ts"
import { judge } from "../../../src/engine/decide.ts"
import { markMarket } from "../../../src/engine/mark.ts"
import { equityOf } from "../../../src/engine/portfolio/Account.ts"
import { joinBooks } from "../../../src/engine/portfolio/Books.ts"
import type { Books } from "../../../src/engine/portfolio/Books.ts"
import { exposureOf, fundsFree, fundsNeeded, inFlight } from "../../../src/engine/risk/exposure.ts"
import { settle } from "../../../src/engine/settle.ts"
import {
  ballotFor,
  BAR,
  barAt,
  bitbank,
  canceled,
  filled,
  markedBooks,
  observe,
  orderFor,
  sending,
  START,
  trade
} from "../desk.ts"
import type { Overrides } from "../desk.ts"

const YEN = 10_000
const BARS = 30

const two = (overrides: Overrides = {}): readonly [Books, Books] => {
  const first = markedBooks(BARS, overrides)
  const second = joinBooks(first.account, { ...bitbank(), id: "bitbank:ETH/JPY" }, BAR)
  for (let index = 1; index <= BARS; index++) markMarket(second, barAt(index), 0)
  return [first, second]
}
const freeOf = ({ account }: Books): Quote => fundsFree(account, equityOf(account))

describe("fundsFree", () => {
  it("L-5: in spot is the common cash less what entries of every market may still take, fee and slippage included", () => {
    const [first, second] = two()
    settle(first, sending(orderFor("entry", "buy", 20_000, { decisionId: "a" })), START)
    settle(second, sending(orderFor("entry", "buy", 10_000, { decisionId: "b" })), START)
    const pledged = fundsNeeded(first, 2_000 * YEN as Quote) + fundsNeeded(second, 1_000 * YEN as Quote)
    assert.isAbove(pledged, 3_000 * YEN)
    assert.strictEqual(freeOf(first), 500_000 * YEN - pledged)
    assert.strictEqual(freeOf(second), freeOf(first))
  })

  it("is free again when the other market's entry ends without a fill", () => {
    const [first, second] = two()
    const order = orderFor("entry", "buy", 20_000, { decisionId: "a" })
    settle(first, sending(order), START)
    assert.isBelow(freeOf(second), 500_000 * YEN)
    settle(first, canceled(first, order), START)
    assert.strictEqual(freeOf(second), 500_000 * YEN)
  })

  it("on margin is the equity that no market has at work, whichever side", () => {
    const [first, second] = two({ account: "margin" })
    trade(first, orderFor("entry", "sell", 20_000, { decisionId: "a" }))
    settle(second, sending(orderFor("entry", "buy", 10_000, { decisionId: "b" })), START)
    assert.strictEqual(freeOf(first), (500_000 - 2_000 - 1_000) * YEN)
  })
})

describe("exposureOf", () => {
  it("C15: is of its own market: the cap of one is not used up by another", () => {
    const [first, second] = two()
    const order = orderFor("entry", "buy", 20_000, { decisionId: "a" })
    settle(first, sending(order), START)
    settle(first, filled(first, order, { amount: 10_000, complete: false }), START)
    assert.deepStrictEqual([exposureOf(first), inFlight(first)], [2_000 * YEN, 1_000 * YEN])
    assert.deepStrictEqual([exposureOf(second), inFlight(second)], [0, 0])
  })
})

describe("an entry beside another market's", () => {
  it("is refused when the first has pledged what it needs, and ordered when enough is left", () => {
    const reasonAfter = (amount: number) => {
      const [first, second] = two({ capital: 10_000, sizing: { bootstrap: 0.6, maxPosition: 0.6 } })
      settle(first, sending(orderFor("entry", "buy", amount, { decisionId: "a" })), START)
      return judge(second, observe(barAt(BARS)), ballotFor("buy"), second.markedAt).reason
    }
    assert.strictEqual(reasonAfter(80_000), "insufficientFunds")
    assert.strictEqual(reasonAfter(10_000), "ordered")
  })
})
