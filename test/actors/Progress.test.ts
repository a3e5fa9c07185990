/**
 * What neighbours wait for, folded row by row: each kind of row moves its own level and no other.
 * In: rows made by hand. Out: the state, field by field.
 */
import { it } from "@effect/vitest"
import { Effect } from "effect"
import { assert, describe } from "vitest"
import { foldProgress, isQuiet, isSettled, Progress } from "../../src/actors/Progress.ts"
import type { JournalEvent, JournalRow } from "../../src/domain/Event.ts"
import type { Base, Price, Quote } from "../../src/domain/money.ts"
import type { Order, VenueReport } from "../../src/domain/Order.ts"
import { draftOf, orderOf } from "../kit/rows.ts"
import { recordOfBar } from "../kit/record.ts"

const fresh = () => Effect.runSync(Effect.provide(Progress, Progress.layer))

const rowOf = (seq: number, event: JournalEvent): JournalRow => ({
  ...draftOf(event),
  seq,
  schemaVersion: 1,
  account: "paper-spot",
  epoch: 1,
  previousHash: "",
  hash: "",
  recordedAt: 0
})

/** Folds events as rows 1, 2, 3 … */
const after = (...events: ReadonlyArray<JournalEvent>) => {
  const state = fresh()
  events.forEach((event, index) => foldProgress(state, rowOf(index + 1, event)))
  return state
}

const held = recordOfBar(0)
const order = orderOf({ decisionId: held.id })
const intentId = order.intentId
const made = (wanted: Order | null): JournalEvent => ({
  _tag: "DecisionMade",
  foldedSeq: 0,
  record: { ...held, order: wanted }
})
const sending = (sent: Order): JournalEvent => ({
  _tag: "OrderSending",
  order: sent,
  t0: 0,
  settleBy: 18_000
})
const filled = (reportSeq: number, of: string): JournalEvent => {
  const report: VenueReport = {
    _tag: "Filled",
    reportSeq,
    at: 0,
    venueOrderId: "v",
    intentId: of,
    tradeId: "t",
    side: "buy",
    amount: 1 as Base,
    price: 1 as Price,
    fee: 0 as Quote,
    liquidity: "taker",
    complete: true
  }
  return { _tag: "VenueReported", report }
}
const checked = (throughSeq: number, state: "flat" | "covered" | "uncovered"): JournalEvent => ({
  _tag: "ProtectionChecked",
  throughSeq,
  state
})
const control = (kind: "halt" | "reduce" | "resume", by: string): JournalEvent => ({
  _tag: "ControlSet",
  control: kind,
  by,
  words: "",
  incident: null
})

describe("foldProgress", () => {
  it("a row that was folded before changes nothing", () => {
    const state = after(made(null))
    foldProgress(state, rowOf(1, made(null)))
    assert.deepStrictEqual([state.decisions, state.seq], [1, 1])
  })

  it("bars count, seeded and closed alike, and the newest open time stands", () => {
    const candle = { openTime: 900_000, closeTime: 1_800_000, text: "1,1,1,1,1" }
    const state = after({ _tag: "CandleSeeded", ...candle }, {
      _tag: "CandleClosed",
      ...candle,
      openTime: 1_800_000,
      gapBars: 0
    })
    assert.deepStrictEqual([state.bars, state.lastOpenTime], [2, 1_800_000])
  })

  it("a decision without an order closes its bar at once, one with an order waits for its answer", () => {
    const plain = after(made(null))
    assert.deepStrictEqual([plain.decidedThrough, plain.closedThrough, plain.openDecision], [
      held.closeTime,
      held.closeTime,
      null
    ])
    const wants = after(made(order))
    assert.deepStrictEqual([wants.decidedThrough, wants.closedThrough, wants.openDecision?.id], [
      held.closeTime,
      0,
      held.id
    ])
    foldProgress(wants, rowOf(2, { _tag: "DecisionClosed", decisionId: "another" }))
    assert.strictEqual(wants.closedThrough, 0)
    foldProgress(wants, rowOf(3, { _tag: "DecisionClosed", decisionId: held.id }))
    assert.deepStrictEqual([wants.closedThrough, wants.openDecision], [held.closeTime, null])
  })

  it("an intent is unresolved from its sending to its answer, and Unknown in between if nobody knows", () => {
    const answers: ReadonlyArray<JournalEvent> = [
      { _tag: "OrderAccepted", intentId, venueOrderId: "v" },
      { _tag: "OrderRefused", intentId, code: "c", words: "" },
      { _tag: "OrderExpired", intentId },
      { _tag: "OrderAbsent", intentId },
      filled(1, intentId)
    ]
    for (const answer of answers) {
      const state = after(made(order), sending(order), { _tag: "OrderUnknown", intentId, words: "" })
      assert.strictEqual(state.unresolved.get(intentId)?.status, "Unknown")
      assert.isFalse(isQuiet(state))
      foldProgress(state, rowOf(4, answer))
      assert.strictEqual(state.unresolved.size, 0, answer._tag)
      const neverLeft = answer._tag === "OrderExpired" || answer._tag === "OrderAbsent"
      assert.strictEqual(state.openDecision?.absent, neverLeft, answer._tag)
    }
  })

  it("a second attempt is the newest of its decision and is not absent; a protective leg never is its decision's order", () => {
    const again = orderOf({ decisionId: held.id, attempt: 2 })
    const stop = orderOf({ decisionId: held.id, leg: "stop", purpose: "protect" })
    const state = after(
      made(order),
      sending(order),
      { _tag: "OrderAbsent", intentId },
      sending(again),
      sending(stop)
    )
    assert.deepStrictEqual([state.openDecision?.last?.intentId, state.openDecision?.absent], [
      again.intentId,
      false
    ])
  })

  it("interest resolves no intent", () => {
    const interest = { _tag: "InterestCharged", reportSeq: 3, at: 0, amount: 1 as Quote } as const
    const state = after(made(order), sending(order), { _tag: "VenueReported", report: interest })
    assert.deepStrictEqual([state.unresolved.size, state.reportSeq, state.reportRowSeq], [1, 3, 3])
  })

  it("trading state is the newest control's, and says which group reduced it", () => {
    const said = (event: JournalEvent) => {
      const { reducedBy, tradingState } = after(event)
      return [tradingState, reducedBy]
    }
    assert.deepStrictEqual(said(control("reduce", "supervision/market")), ["Reducing", "market"])
    assert.deepStrictEqual(said(control("reduce", "operator")), ["Reducing", null])
    assert.deepStrictEqual(said(control("halt", "supervision/risk")), ["Halted", null])
    assert.deepStrictEqual(said(control("resume", "operator")), ["Active", null])
  })

  it("incidents are counted by severity; a session that starts is not ended any more", () => {
    const opened = { incident: "i", code: "c", runbook: "defect", words: "" } as const
    const state = after(
      { _tag: "IncidentOpened", ...opened, severity: "High" },
      { _tag: "IncidentOpened", ...opened, severity: "High" },
      { _tag: "SessionEnded", reason: "drained" }
    )
    assert.deepStrictEqual([state.incidents.High, state.incidents.Critical, state.sessionEnded], [2, 0, true])
  })
})

describe("isSettled and isQuiet", () => {
  it("wait until protection has answered to the newest report, and no longer", () => {
    const state = after(made(null), filled(1, "another"))
    assert.isFalse(isSettled(state, 1))
    assert.isFalse(isQuiet(state))
    foldProgress(state, rowOf(3, checked(2, "covered")))
    assert.isTrue(isSettled(state, 1))
    assert.isTrue(isQuiet(state))
    assert.isFalse(isSettled(state, 2))
    assert.strictEqual(state.protection, "covered")
  })

  it("an unresolved protective leg is not settled, an unresolved entry is", () => {
    const stop = orderOf({ leg: "stop", purpose: "protect" })
    assert.isFalse(isSettled(after(sending(stop)), 0))
    assert.isTrue(isSettled(after(made(order), sending(order)), 0))
  })
})
