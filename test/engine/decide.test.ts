/**
 * Where the ballot's wish meets what is held.
 * In: ballots and books. Out: entries, exits, holds with their reasons.
 * The rules of an entry are risk/checks.test.ts.
 */
import { assert, describe, it } from "@effect/vitest"
import type { DecisionReason } from "../../src/domain/decisionReasons.ts"
import type { Decision } from "../../src/engine/Decision.ts"
import { check, decide, judge } from "../../src/engine/decide.ts"
import { InvariantBroken } from "../../src/engine/invariant.ts"
import { stateHash } from "../../src/engine/portfolio/Books.ts"
import type { Books } from "../../src/engine/portfolio/Books.ts"
import { mark } from "../../src/engine/mark.ts"
import { settle } from "../../src/engine/settle.ts"
import {
  accepted,
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
  sending,
  START,
  trade
} from "./desk.ts"

const BARS = 20
const ask = (books: Books, side: "buy" | "sell" | "hold", late = 0): Decision => {
  const bar = barAt((books.markedAt - START) / BAR)
  return judge(books, observe(bar), ballotFor(side), books.markedAt + late)
}
const long = (): Books => {
  const books = markedBooks(BARS, { account: "margin" })
  trade(books, orderFor("entry", "buy", 50_000))
  return books
}
/** What a hold of that reason looks like. */
const held = (reason: DecisionReason): Partial<Decision> => ({
  verdict: "None",
  reason,
  order: null,
  checks: [],
  refusals: [],
  riskScore: null
})

describe("judge", () => {
  it("L-3: a ballot that holds is a hold with its own reason and no order", () =>
    assert.deepInclude(ask(markedBooks(BARS), "hold"), held("noSide")))

  it("L-1: a side while flat becomes an approved market entry with its protection planned", () => {
    const decision = ask(markedBooks(BARS), "buy")
    assert.strictEqual(decision.verdict, "Approved")
    assert.strictEqual(decision.reason, "ordered")
    assert.strictEqual(decision.id, `paper/bitbank:BTC/JPY/15m/${START + BARS * BAR}`)
    assert.deepEqual(decision.order as unknown, {
      intentId: `${decision.id}#entry.1`,
      decisionId: decision.id,
      instrument: "bitbank:BTC/JPY",
      leg: "entry",
      purpose: "entry",
      attempt: 1,
      side: "buy",
      type: "market",
      amount: 30_000,
      price: null,
      trigger: null,
      reduceOnly: false,
      postOnly: false,
      validUntil: START + (BARS + 1) * BAR,
      plannedStop: (PRICE - 75_000) * 10_000,
      plannedTarget: (PRICE + 150_000) * 10_000,
      strategy: "ATRBased",
      edge: "bootstrap"
    })
  })

  it("a sell opens a short on margin, and on a flat spot account nothing", () => {
    assert.strictEqual(ask(markedBooks(BARS, { account: "margin" }), "sell").order?.side, "sell")
    assert.deepInclude(ask(markedBooks(BARS), "sell"), held("nothingToClose"))
  })

  it("a vote for the side held holds", () => assert.deepInclude(ask(long(), "buy"), held("alreadyIn")))

  it("the opposite vote closes the whole position and opens nothing", () => {
    const { order, verdict } = ask(long(), "sell")
    assert.strictEqual(verdict, "Approved")
    assert.strictEqual(order?.amount, 50_000)
    assert.strictEqual(order?.leg, "exit")
    assert.isTrue(order?.reduceOnly)
  })

  it("decisions 25: after that exit the opposite side waits one bar", () => {
    const books = long()
    const order = ask(books, "sell").order
    if (order === null) throw new Error("an exit is wanted")
    trade(books, order, { at: books.markedAt })
    mark(books, barAt(BARS + 1), 0)
    assert.deepEqual(ask(books, "sell").refusals, ["coolDown"])
    mark(books, barAt(BARS + 2), 0)
    assert.strictEqual(ask(books, "sell").order?.leg, "entry")
  })

  it("C2: an exit asks only for what no working exit already closes", () => {
    const books = long()
    const part = orderFor("exit", "sell", 20_000, { decisionId: "x" })
    settle(books, sending(part), START)
    assert.deepInclude(ask(books, "sell"), held("exitInFlight"))
    settle(books, accepted(part), START)
    assert.strictEqual(ask(books, "sell").order?.amount, 30_000)
    settle(books, filled(books, part, { amount: 10_000, complete: false }), START)
    assert.strictEqual(ask(books, "sell").order?.amount, 30_000)
  })

  it("an exit in flight for the whole position is waited for", () => {
    const books = long()
    const all = orderFor("exit", "sell", 50_000, { decisionId: "x" })
    settle(books, sending(all), START)
    settle(books, accepted(all), START)
    assert.deepInclude(ask(books, "sell"), held("exitInFlight"))
    const refusedExit = long()
    settle(refusedExit, sending(all), START)
    settle(refusedExit, refused(all), START)
    assert.strictEqual(ask(refusedExit, "sell").order?.amount, 50_000)
  })

  it("an accepted entry that has not filled is waited for", () => {
    const books = markedBooks(BARS)
    const entry = orderFor("entry", "buy", 20_000)
    settle(books, sending(entry), START)
    settle(books, accepted(entry), START)
    assert.deepInclude(ask(books, "buy"), held("entryInFlight"))
  })

  it("decisions 15: Reducing lets a strategy out, Halted does not", () => {
    const books = long()
    settle(books, controlSet("reduce"), START)
    assert.strictEqual(ask(books, "sell").order?.leg, "exit")
    settle(books, controlSet("halt"), START)
    const decision = ask(books, "sell")
    assert.strictEqual(decision.verdict, "Refused")
    assert.deepEqual(decision.refusals, ["halted"])
    assert.isNull(decision.order)
  })

  it("C40: an exit decided too late is refused, not sent", () => {
    assert.strictEqual(ask(long(), "sell", BAR).verdict, "Approved")
    assert.deepEqual(ask(long(), "sell", BAR + 1).refusals, ["expired"])
  })

  it("an exit passes where an entry would be refused", () => {
    const books = long()
    books.account.drawdown.stopped = true
    books.account.day.stopped = true
    books.account.streak.pausedUntil = START + 10_000 * BAR
    assert.strictEqual(ask(books, "sell").order?.leg, "exit")
  })

  it("a bar that was not marked may not be judged", () =>
    assert.throws(() => judge(emptyBooks(), observe(barAt(1)), ballotFor("buy"), START), InvariantBroken))

  it("reads the books and writes nothing, and shares the empty lists of holds", () => {
    const books = markedBooks(BARS, { account: "margin" })
    const before = stateHash(books)
    ask(books, "buy")
    ask(books, "sell")
    assert.strictEqual(stateHash(books), before)
    assert.strictEqual(ask(books, "hold").checks, ask(books, "hold").checks)
  })
})

describe("check", () => {
  const paused = (): Books => {
    const books = markedBooks(BARS)
    books.account.day.entries = books.settings.risk.entriesPerDay
    return books
  }

  it("a refused entry it returns names the same checks when the books have moved on", () => {
    const books = paused()
    const now = books.markedAt
    const kept = check(books, observe(barAt(BARS)), ballotFor("buy"), now)
    const read = judge(books, observe(barAt(BARS)), ballotFor("buy"), now)
    if (typeof kept === "function") throw new Error("the entry is refused")
    const [refusals, checks, riskScore] = [read.refusals, read.checks, read.riskScore]
    assert.isAbove(checks.length, 15)
    settle(books, controlSet("halt"), now)
    mark(books, barAt(BARS + 1), 0)
    assert.deepStrictEqual([kept.refusals, kept.checks, kept.riskScore], [refusals, checks, riskScore])
    assert.deepStrictEqual([kept.reason, kept.refusals], ["entryLimit", ["entryLimit"]])
  })

  it("what judge returns is found once, when it is first read", () => {
    const decision = judge(paused(), observe(barAt(BARS)), ballotFor("buy"), START + BARS * BAR)
    assert.strictEqual(decision.checks, decision.checks)
    assert.strictEqual(decision.refusals, decision.refusals)
  })
})

describe("decide", () => {
  it("votes and judges: with fewer answers than the quorum it holds", () => {
    const books = markedBooks(BARS)
    const bar = barAt(BARS)
    const observation = { ...observe(bar), usable: false }
    const decision = decide(books, observation, null, books.markedAt)
    assert.isNull(decision.order)
    assert.strictEqual(decision.verdict, "None")
    assert.strictEqual(decision.ballot.side, "hold")
  })
})
