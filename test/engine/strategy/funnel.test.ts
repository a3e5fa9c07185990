/**
 * The funnel: what it counts, and that it cannot grow without end.
 * In: ballots made by hand. Out: counts by side, reason and outcome.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Vote } from "../../../src/domain/Vote.ts"
import type { Ballot } from "../../../src/engine/Ballot.ts"
import { countBallot, makeFunnel, MAX_REASONS, OTHER_REASONS } from "../../../src/engine/strategy/funnel.ts"

const ballot = (side: Ballot["side"], votes: ReadonlyArray<Vote>): Ballot => ({
  votes,
  buy: 0,
  sell: 0,
  score: 0,
  side,
  reason: side === "hold" ? "noSide" : "ordered",
  attribution: null,
  stopAtr: 0,
  targetRatio: 0,
  mode: "rules",
  prediction: null
})

const line = (strategy: string, side: Vote["side"], reason: string): Vote => ({
  strategy,
  side,
  confidence: 0,
  reason
})

describe("countBallot", () => {
  it("P-27: counts sides, so that a one-sided week shows", () => {
    const funnel = makeFunnel()
    countBallot(funnel, ballot("sell", [line("A", "sell", "down"), line("B", "silent", "cold")]))
    countBallot(funnel, ballot("sell", [line("A", "sell", "down"), line("B", "hold", "flat")]))
    countBallot(funnel, ballot("hold", [line("A", "buy", "up"), line("B", "hold", "flat")]))
    assert.deepStrictEqual([funnel.ballots, funnel.buy, funnel.sell], [3, 0, 2])
    assert.deepStrictEqual([...funnel.outcomes], [["ordered", 2], ["noSide", 1]])
    assert.deepStrictEqual(funnel.strategies.get("A")!.sides, { buy: 1, sell: 2, hold: 0, silent: 0 })
    assert.deepStrictEqual([...funnel.strategies.get("A")!.reasons], [["down", 2], ["up", 1]])
    assert.deepStrictEqual([...funnel.strategies.get("B")!.reasons], [["cold", 1], ["flat", 2]])
  })

  it("C8 55: keeps a bounded number of reasons and loses no count", () => {
    const funnel = makeFunnel()
    for (let index = 0; index < 3 * MAX_REASONS; index++) {
      countBallot(funnel, ballot("buy", [line("A", "buy", `reason ${index}`)]))
    }
    const { reasons } = funnel.strategies.get("A")!
    assert.strictEqual(reasons.size, MAX_REASONS + 1)
    assert.strictEqual(reasons.get(OTHER_REASONS), 2 * MAX_REASONS)
    assert.strictEqual([...reasons.values()].reduce((sum, count) => sum + count, 0), 3 * MAX_REASONS)
    assert.strictEqual(funnel.buy, 3 * MAX_REASONS)
  })
})
