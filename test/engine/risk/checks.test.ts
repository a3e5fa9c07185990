/**
 * Every rule forced once: the reason it names, its value and its limit.
 * In: books brought into one forbidden state. Out: the refusal of a wanted entry.
 * The order of reasons is that of domain/decisionReasons.
 */
import { assert, describe, it } from "@effect/vitest"
import type { DecisionReason } from "../../../src/domain/decisionReasons.ts"
import { DECISION_REASONS } from "../../../src/domain/decisionReasons.ts"
import { instrumentById } from "../../../src/domain/Instrument.ts"
import type { Decision } from "../../../src/engine/Decision.ts"
import { judge } from "../../../src/engine/decide.ts"
import type { Books } from "../../../src/engine/portfolio/Books.ts"
import { exposureOf, inFlight } from "../../../src/engine/risk/exposure.ts"
import { mark } from "../../../src/engine/mark.ts"
import { settle } from "../../../src/engine/settle.ts"
import {
  ballotFor,
  BAR,
  barAt,
  controlSet,
  emptyBooks,
  filled,
  markedBooks,
  observe,
  orderFor,
  PRICE,
  refused,
  roundTrip,
  sending,
  START,
  trade
} from "../desk.ts"
import type { Overrides } from "../desk.ts"

const BARS = 20
const wish = (books: Books, side: "buy" | "sell" = "buy", atr = 50_000, late = 0): Decision => {
  const bar = barAt((books.markedAt - START) / BAR, books.markPrice / 10_000)
  return judge(books, observe(bar, atr), ballotFor(side), books.markedAt + late)
}
const loose = {
  coolDownBars: 0,
  lossStreak: 50,
  maxDayLoss: 0.5,
  guardStops: 100,
  lowProfitTrades: 1_000
} as const
const losses = (count: number, yen: number, leg: "exit" | "stop" = "exit") => (books: Books): void => {
  for (let index = 0; index < count; index++) roundTrip(books, `l${books.account.closedCount}`, -yen, leg)
}

interface Case {
  readonly reason: DecisionReason
  readonly overrides?: Overrides
  readonly prepare?: (books: Books) => void
  readonly atr?: number
  readonly late?: number
  readonly value: number | null
  readonly limit: number | null
}

const cases: ReadonlyArray<Case> = [
  {
    reason: "halted",
    prepare: (books) => void settle(books, controlSet("halt"), START),
    value: null,
    limit: null
  },
  {
    reason: "reducing",
    prepare: (books) => void settle(books, controlSet("reduce"), START),
    value: null,
    limit: null
  },
  {
    reason: "unresolvedEntry",
    prepare: (books) => {
      settle(books, sending(orderFor("entry", "buy", 10_000)), START)
      settle(books, { _tag: "OrderUnknown", intentId: "d#entry.1", words: "timeout" }, START)
    },
    value: 1,
    limit: 0
  },
  {
    reason: "drawdown",
    overrides: { capital: 2_000_000, risk: { ...loose, maxDrawdown: 0.01 } },
    prepare: (books) => {
      losses(1, 20_000)(books)
      mark(books, barAt(BARS + 1), 0)
    },
    value: 0.01,
    limit: 0.01
  },
  {
    reason: "dayLoss",
    overrides: { capital: 1_000_000, risk: { ...loose, maxDayLoss: 0.02 } },
    prepare: losses(1, 20_000),
    value: 0.02,
    limit: 0.02
  },
  {
    reason: "lossStreak",
    overrides: { risk: { ...loose, lossStreak: 5 } },
    prepare: losses(5, 10),
    value: 5,
    limit: 5
  },
  {
    reason: "coolDown",
    overrides: { risk: { ...loose, coolDownBars: 1 } },
    prepare: (books) => {
      losses(1, 10)(books)
      mark(books, barAt(BARS + 1), 0)
    },
    value: 1,
    limit: 0
  },
  {
    reason: "stoplossGuard",
    overrides: { risk: { ...loose, guardStops: 4 } },
    prepare: losses(4, 10, "stop"),
    value: 13,
    limit: 0
  },
  {
    reason: "lowProfitPairs",
    overrides: { risk: { ...loose, lowProfitTrades: 6 } },
    prepare: losses(6, 100),
    value: 25,
    limit: 0
  },
  {
    reason: "entryLimit",
    overrides: { risk: { ...loose, entriesPerDay: 2 } },
    prepare: losses(2, 1),
    value: 2,
    limit: 2
  },
  { reason: "dataGap", prepare: (books) => mark(books, barAt(BARS + 5), 4), value: 4, limit: 0 },
  {
    reason: "anomaly",
    prepare: (books) => mark(books, barAt(BARS + 1, PRICE * 1.25), 0),
    value: 0.25,
    limit: 0.2
  },
  { reason: "riskScore", overrides: { risk: { denyScore: 0.1 } }, value: 0.3 * 0.4 + 0.1 * 0.1, limit: 0.1 },
  {
    reason: "exposure",
    overrides: { capital: 300_000 },
    prepare: (books) => {
      trade(books, orderFor("entry", "buy", 9_000), {})
      settle(books, sending(orderFor("entry", "buy", 90_000, { decisionId: "e" })), START)
      settle(books, { _tag: "OrderUnknown", intentId: "e#entry.1", words: "timeout" }, START)
    },
    value: 9_000 - 900 - 9_000,
    limit: 0
  },
  { reason: "belowMinimumAmount", overrides: { capital: 30_000 }, value: 1_800, limit: 10_000 },
  { reason: "planOutOfBounds", atr: 3_000, value: 0.00045, limit: 0.0005 },
  { reason: "planOutOfBounds", atr: 700_000, value: 0.105, limit: 0.1 },
  { reason: "planOutOfBounds", atr: 0, value: null, limit: 0.0005 },
  { reason: "planOutOfBounds", atr: Number.NaN, value: null, limit: 0.0005 },
  { reason: "expired", late: BAR + 1, value: BAR + 1, limit: BAR }
]

describe("checkEntry", () => {
  it("an entry with nothing against it passes all nineteen rules in the order of the reasons", () => {
    const decision = wish(markedBooks(BARS))
    assert.strictEqual(decision.verdict, "Approved")
    assert.strictEqual(decision.checks.length, 19)
    const codes = decision.checks.map((check) => DECISION_REASONS[check.rule as DecisionReason].code)
    assert.deepEqual(codes, codes.toSorted((left, right) => left - right))
  })

  it.each(cases)("refuses for $reason (value $value, limit $limit)", (given) => {
    const books = markedBooks(BARS, given.overrides ?? {})
    given.prepare?.(books)
    const decision = wish(books, "buy", given.atr, given.late)
    assert.strictEqual(decision.verdict, "Refused")
    assert.include(decision.refusals, given.reason)
    assert.strictEqual(decision.reason, decision.refusals[0])
    assert.isNull(decision.order)
    const check = decision.checks.find((found) => found.rule === given.reason)
    if (given.reason === "exposure") return assert.isAtMost(check?.value ?? 1, 0)
    if (given.value === null) assert.isNull(check?.value)
    else assert.closeTo(check?.value ?? Number.NaN, given.value, 1e-9)
    assert.strictEqual(check?.limit ?? null, given.limit)
  })

  it("refuses for noEdge with real money only; on paper the order says edge none", () => {
    const enough = { sizing: { kellyMinTrades: 5 }, risk: { ...loose, entriesPerDay: 1_000 } }
    const real = markedBooks(BARS, { ...enough, realMoney: true })
    const paper = markedBooks(BARS, enough)
    losses(5, 1)(real)
    losses(5, 1)(paper)
    assert.deepEqual(wish(real).refusals, ["noEdge"])
    assert.strictEqual(wish(paper).order?.edge, "none")
  })

  it("L-5: funds are refused on a margin account for both sides", () => {
    for (const side of ["buy", "sell"] as const) {
      const books = markedBooks(BARS, {
        account: "margin",
        sizing: { maxPosition: 1, bootstrap: 1, riskPerTrade: 1 }
      })
      const decision = judge(books, observe(barAt(BARS)), ballotFor(side, { score: 1 }), books.markedAt)
      assert.deepEqual(decision.refusals, ["insufficientFunds"])
    }
  })

  it("C15: funds of a spot entry cover fee, slippage and entries in flight", () => {
    const books = markedBooks(BARS, { sizing: { maxPosition: 1, bootstrap: 1, riskPerTrade: 1 } })
    const decision = judge(books, observe(barAt(BARS)), ballotFor("buy", { score: 1 }), books.markedAt)
    const check = decision.checks.find((found) => found.rule === "insufficientFunds")
    assert.deepEqual([check?.value, check?.limit], [500_750.25 * 10_000 + 0, 500_000 * 10_000])
  })

  it("a conditional score halves the size and says Reduced", () => {
    const whole = wish(markedBooks(BARS, { capital: 50_000_000 }))
    const half = wish(markedBooks(BARS, { capital: 50_000_000, risk: { conditionalScore: 0.05 } }))
    assert.strictEqual(half.verdict, "Reduced")
    assert.strictEqual((half.order?.amount ?? 0) * 2, whole.order?.amount)
  })

  it("L-9: after a streak pause entries come back at half size, then whole", () => {
    const books = markedBooks(BARS, {
      capital: 50_000_000,
      risk: { ...loose, lossStreak: 5, streakPauseHours: 1 }
    })
    const before = wish(books).order?.amount ?? 0
    losses(5, 10)(books)
    for (let index = 1; index <= 3; index++) {
      mark(books, barAt(BARS + index), 0)
      assert.deepEqual(wish(books).refusals, ["lossStreak"])
    }
    mark(books, barAt(BARS + 4), 0)
    const during = wish(books).order?.amount ?? 0
    losses(2, 10)(books)
    const after = wish(books).order?.amount ?? 0
    assert.approximately(during * 2, before, 20_000)
    assert.approximately(after, before, 20_000)
  })

  it("rules without a model halve the size", () => {
    const books = markedBooks(BARS, { capital: 50_000_000 })
    const observation = observe(barAt(BARS))
    const served = judge(books, observation, ballotFor("buy"), books.markedAt).order?.amount ?? 0
    const rules =
      judge(books, observation, ballotFor("buy", { mode: "rules" }), books.markedAt).order?.amount ?? 0
    assert.strictEqual(rules * 2, served)
  })

  it("pauses end by themselves: cool-down after one refused bar, the gap after one bar a missing bar", () => {
    const books = markedBooks(BARS, { risk: { ...loose, coolDownBars: 1 } })
    losses(1, 10)(books)
    mark(books, barAt(BARS + 1), 0)
    assert.deepEqual(wish(books).refusals, ["coolDown"])
    mark(books, barAt(BARS + 2), 0)
    assert.strictEqual(wish(books).verdict, "Approved")
    mark(books, barAt(BARS + 7), 4)
    for (let index = 8; index <= 10; index++) mark(books, barAt(BARS + index), 0)
    assert.deepEqual(wish(books).refusals, ["dataGap"])
    mark(books, barAt(BARS + 11), 0)
    assert.strictEqual(wish(books).verdict, "Approved")
  })

  it("decisions 28: a gap of three bars blocks nothing, one of years no longer than the warm-up", () => {
    const books = markedBooks(BARS)
    mark(books, barAt(BARS + 4), 3)
    assert.strictEqual(wish(books).verdict, "Approved")
    mark(books, barAt(9_000), 8_000)
    assert.strictEqual(wish(books).checks.find((check) => check.rule === "dataGap")?.value, 50)
  })

  it("P-18: a refused order leaves no trace that blocks the next entry", () => {
    const books = markedBooks(BARS)
    const order = wish(books).order
    assert.isNotNull(order)
    if (order === null) return
    settle(books, sending(order), books.markedAt)
    settle(books, refused(order), books.markedAt)
    mark(books, barAt(BARS + 1), 0)
    assert.strictEqual(wish(books).verdict, "Approved")
  })

  it("the confidence of the score is the model's P(side) when one serves", () => {
    const prediction = {
      modelHash: "m",
      long: 0.9,
      short: 0.1,
      longPrior: 0.4,
      shortPrior: 0.4,
      models: []
    } as const
    const books = markedBooks(BARS, { account: "margin" })
    const observation = observe(barAt(BARS))
    const long = judge(books, observation, ballotFor("buy", { prediction }), books.markedAt).riskScore ?? 0
    const short = judge(books, observation, ballotFor("sell", { prediction }), books.markedAt).riskScore ?? 0
    assert.closeTo(short - long, 0.3 * 0.8, 1e-12)
  })

  it("C15: what is in flight counts by what is not filled yet", () => {
    const books = markedBooks(BARS, { account: "margin" })
    const order = orderFor("entry", "buy", 20_000)
    settle(books, sending(order), START)
    assert.strictEqual(exposureOf(books), 2_000 * 10_000)
    settle(books, filled(books, order, { amount: 10_000, complete: false }), START)
    assert.strictEqual(exposureOf(books), 2_000 * 10_000)
    assert.strictEqual(inFlight(books), 1_000 * 10_000)
  })

  it("instruments with eight price digits are sized exactly", () => {
    const instrument = instrumentById("binance:BTC/USDT")
    if (instrument === undefined) throw new Error("binance:BTC/USDT is known")
    const books = emptyBooks({ instrument, capital: 10_000_000 })
    mark(books, barAt(1, 60_000), 0)
    const decision = judge(books, observe(barAt(1, 60_000), 300), ballotFor("buy"), books.markedAt)
    assert.strictEqual(decision.order?.amount, 100_000_000)
    assert.strictEqual(decision.order?.plannedStop, 59_550 * 1e8)
  })
})
