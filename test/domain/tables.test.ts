import { assert, describe, it } from "vitest"
import { DECISION_REASONS } from "../../src/domain/decisionReasons.ts"
import { instrumentByFileName, instrumentById, INSTRUMENTS } from "../../src/domain/Instrument.ts"
import { FIX_STATUS, isUnresolved, isWorking, nextStatus, ORDER_MOVES } from "../../src/domain/orderStatus.ts"
import type { OrderStatus } from "../../src/domain/orderStatus.ts"
import { graver, SEVERITY_TABLE, stricter } from "../../src/domain/severityTable.ts"

describe("orderStatus", () => {
  const statuses = Object.keys(ORDER_MOVES) as ReadonlyArray<OrderStatus>

  it("leads only to statuses that exist, and every one has a FIX word", () => {
    for (const status of statuses) {
      assert.isString(FIX_STATUS[status])
      for (const next of Object.values(ORDER_MOVES[status])) assert.include([...statuses, "ignore"], next)
    }
  })

  it("resolves an unknown order only by proof, never by another time-out (C-2, C-6)", () => {
    assert.strictEqual(nextStatus("Unknown", "Timeout"), "ignore")
    assert.strictEqual(nextStatus("Unknown", "Ack"), "Accepted")
    assert.isUndefined(nextStatus("Unknown", "Refuse"))
  })

  it("keeps late fills legal and a refused order final", () => {
    assert.strictEqual(nextStatus("Canceled", "FullFill"), "Filled")
    assert.strictEqual(nextStatus("Absent", "PartFill"), "PartiallyFilled")
    assert.deepStrictEqual(ORDER_MOVES.Refused, {})
  })

  it("counts what may still fill as working, and what nobody knows as unresolved", () => {
    assert.deepStrictEqual(statuses.filter(isUnresolved), ["Sending", "Unknown"])
    assert.deepStrictEqual(statuses.filter(isWorking), [
      "Sending",
      "Unknown",
      "Accepted",
      "PartiallyFilled",
      "PendingCancel"
    ])
  })
})

describe("severityTable", () => {
  it("halts on Critical, reduces on High, and pages for both (decisions 15, 16)", () => {
    assert.deepStrictEqual([SEVERITY_TABLE.Critical.tradingState, SEVERITY_TABLE.High.tradingState], [
      "Halted",
      "Reducing"
    ])
    assert.deepStrictEqual(Object.values(SEVERITY_TABLE).map((row) => row.pages), [true, true, false, false])
  })

  it("orders levels and states", () => {
    assert.deepStrictEqual([graver("Low", "High"), graver("Critical", "Medium")], ["High", "Critical"])
    assert.deepStrictEqual([stricter("Active", "Reducing"), stricter("Halted", "Reducing")], [
      "Reducing",
      "Halted"
    ])
  })
})

describe("Instrument", () => {
  it("is found by id and by a data file's name, and never guessed (decisions 20)", () => {
    assert.strictEqual(instrumentById("bitbank:BTC/JPY")?.priceScale, 4)
    assert.strictEqual(instrumentByFileName("Binance-btcusdt-15m-2024.csv.gz")?.id, "binance:BTC/USDT")
    assert.isUndefined(instrumentById("bitbank:BTC/USD"))
    assert.isUndefined(instrumentByFileName("candles.csv"))
  })

  it("has steps that are positive whole numbers", () => {
    for (const { lot, minAmount, tick } of INSTRUMENTS) {
      for (const step of [tick, lot, minAmount]) assert.isTrue(Number.isSafeInteger(step) && step > 0)
      assert.strictEqual(minAmount % lot, 0)
    }
  })
})

describe("decisionReasons", () => {
  it("has one code a reason that fits a byte: the rolling hash depends on it", () => {
    const codes = Object.values(DECISION_REASONS).map((reason) => reason.code)
    assert.strictEqual(new Set(codes).size, codes.length)
    assert.isTrue(codes.every((code) => code >= 0 && code < 256))
    assert.deepStrictEqual([
      DECISION_REASONS.ordered.code,
      DECISION_REASONS.belowMinimum.code,
      DECISION_REASONS.halted.code
    ], [0, 6, 20])
  })
})
