/**
 * Rows of the csv files, one by one.
 * In: rows with what a run rarely has: refusals, several scales, nothing at all. Out: assertions on cells.
 */
import { assert, describe, it } from "@effect/vitest"
import { equityCsv, ordersCsv, scalesOf, tradesCsv } from "../../../layers/backtest/tables.ts"
import type { OrderRow } from "../../../src/backtest/Result.ts"
import { INSTRUMENTS } from "../../../src/domain/Instrument.ts"

const order: OrderRow = {
  intentId: "d#entry.1",
  decisionId: "d",
  instrument: "bitbank:BTC/JPY",
  leg: "entry",
  attempt: 1,
  side: "buy",
  type: "limit",
  amount: 0.1,
  price: 12_000_000.5,
  trigger: null,
  strategy: "ATRBased",
  edge: null,
  sentAt: 0,
  venueOrderId: null,
  status: "Refused",
  filled: 0,
  averagePrice: null,
  fee: 0,
  slippage: 0,
  endedAt: 900_000,
  words: "no, \"not\" now"
}

const scales = scalesOf(INSTRUMENTS)
const cells = (text: string): ReadonlyArray<string> => text.split("\n")[1]?.split(",") ?? []

describe("ordersCsv", () => {
  it("a refused order: FIX status, empty where there is nothing, words quoted", () => {
    const text = ordersCsv([order], scales)
    assert.strictEqual(
      text.split("\n")[1],
      "d#entry.1,d,bitbank:BTC/JPY,entry,1,buy,limit,0.1,12000000.5,,ATRBased,,1970-01-01T00:00:00.000Z,0,,Rejected,0,,0,0,"
        + "1970-01-01T00:15:00.000Z,900000,\"no, \"\"not\"\" now\""
    )
  })

  it("an order that works is New and has no end", () => {
    const text = ordersCsv([{ ...order, status: "Accepted", endedAt: null, words: null }], scales)
    assert.deepStrictEqual(cells(text).slice(15), ["New", "0", "", "0", "0", "", "", ""])
  })

  it("digits are those of the row's own instrument; a market that was not traded is a defect", () => {
    const fine = { ...order, price: 0.123_456_78, words: null }
    assert.strictEqual(
      cells(ordersCsv([{ ...fine, instrument: "binance:BTC/USDT" }], scales))[8],
      "0.12345678"
    )
    assert.strictEqual(cells(ordersCsv([fine], scales))[8], "0.1235")
    assert.throws(() => ordersCsv([fine], new Map()), /was not traded/)
  })
})

describe("an empty run", () => {
  it("has headers and nothing else", () => {
    for (const text of [tradesCsv([], scales), ordersCsv([], scales), equityCsv([], 8)]) {
      assert.strictEqual(text.trimEnd().split("\n").length, 1)
      assert.isTrue(text.endsWith("\n"))
    }
  })
})
