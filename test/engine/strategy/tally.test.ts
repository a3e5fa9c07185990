/**
 * The tally of decisions 29, table by table: quorum, conflict, minimum, model term, attribution.
 * In: vote tables written by hand. Out: the ballot's side, score, reason and attribution.
 * A test here names the rule that would let money move wrongly if it broke.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Prediction, Vote } from "../../../src/domain/Vote.ts"
import type { Say } from "../../../src/engine/strategy/tally.ts"
import { tally } from "../../../src/engine/strategy/tally.ts"
import { profileSettings } from "../../kit/profile.ts"

const rules = profileSettings("balanced").vote
const NAMES = ["ATRBased", "MochipoyAlert", "MultiTimeframe", "FibonacciRetracement"]
const WEIGHTS = [0.3, 0.3, 0.25, 0.15]

/** `b0.7` buy, `s0.7` sell, `h` hold, `-` silent; in table order. */
const table = (words: string, weights: ReadonlyArray<number> = WEIGHTS) => {
  const sides = { b: "buy", s: "sell", h: "hold", "-": "silent" } as const
  const votes = words.split(" ").map((word, index): Vote => ({
    strategy: NAMES[index]!,
    side: sides[word[0] as keyof typeof sides],
    confidence: Number(word.slice(1) || "0"),
    reason: "because"
  }))
  const says = votes.map((_, index): Say => ({
    weight: weights[index]!,
    stopAtr: 1 + index,
    targetRatio: 2 + index
  }))
  return { votes, says }
}

const ballotOf = (
  words: string,
  prediction: Prediction | null = null,
  over: Partial<typeof rules> = {},
  weights = WEIGHTS
) => {
  const { says, votes } = table(words, weights)
  return tally({ ...rules, ...over }, votes, says, prediction)
}

const model = (long: number, short = 0.4, prior = 0.4): Prediction => ({
  modelHash: "m",
  long,
  short,
  longPrior: prior,
  shortPrior: prior,
  models: [[long, short]]
})

describe("tally", () => {
  it("a hold counts for the quorum, silence does not", () => {
    assert.strictEqual(ballotOf("b1 h h -").reason, "ordered")
    assert.strictEqual(ballotOf("b1 h - -").reason, "quorum")
    assert.strictEqual(ballotOf("b1 b1 - -").reason, "quorum")
    assert.strictEqual(ballotOf("- - - -").reason, "quorum")
    assert.strictEqual(ballotOf("b1 b1 - -", null, { quorum: 2 }).reason, "ordered")
  })

  it("P-35: scores are shares of the weight of all that answered, holds included", () => {
    assert.closeTo(ballotOf("b0.8 h h h").buy, 0.24, 1e-12)
    assert.closeTo(ballotOf("b0.8 h h -").buy, 0.24 / 0.85, 1e-12)
    assert.closeTo(ballotOf("b0.8 h h h", null, {}, [0.6, 0.6, 0.5, 0.3]).buy, 0.24, 1e-12)
    assert.strictEqual(ballotOf("b1 b1 b1 b1").buy, 1)
  })

  it("P-26, P-27: two buyers outweigh one more confident seller (sums, not means)", () => {
    const ballot = ballotOf("b0.6 b0.6 s0.8 h")
    assert.strictEqual(ballot.side, "buy")
    assert.closeTo(ballot.score, 0.36, 1e-12)
    assert.closeTo(ballot.sell, 0.2, 1e-12)
  })

  it("sides closer than the margin are a conflict, at the margin they are not", () => {
    assert.strictEqual(ballotOf("b0.9 s0.6 h h").reason, "conflict")
    const at = ballotOf("b0.9 s0.6 h h", null, { conflictMargin: 0.09 })
    assert.strictEqual(at.reason, "ordered")
    assert.strictEqual(at.side, "buy")
    assert.strictEqual(ballotOf("b0.9 s0.6 h h", null, { conflictMargin: 0.0901 }).reason, "conflict")
  })

  it("L-36: equal sides are a conflict even without a margin", () => {
    const ballot = ballotOf("b0.9 s0.9 h h", null, { conflictMargin: 0 })
    assert.strictEqual(ballot.reason, "conflict")
    assert.strictEqual(ballot.side, "hold")
  })

  it("a lone side is no conflict however small", () => {
    assert.strictEqual(ballotOf("h h h s0.4", null, { minimum: 0.06 }).side, "sell")
  })

  it("a score at the minimum passes, also when its binary fraction falls a hair short", () => {
    assert.strictEqual(ballotOf("b0.7 h h h", null, { minimum: 0.21 }).reason, "ordered")
    assert.strictEqual(ballotOf("b0.7 h h h", null, { minimum: 0.3 * 0.7 + 9e-13 }).reason, "ordered")
    const below = ballotOf("b0.7 h h h", null, { minimum: 0.2101 })
    assert.strictEqual(below.reason, "belowMinimum")
    assert.closeTo(below.score, 0.21, 1e-12)
  })

  it("a table of holds, or of voters without weight, has no side", () => {
    assert.strictEqual(ballotOf("h h h h").reason, "noSide")
    assert.strictEqual(ballotOf("b1 b1 b1 b1", null, {}, [0, 0, 0, 0]).reason, "noSide")
  })

  it("a hold carries no attribution, stop or target", () => {
    for (const words of ["h h h h", "b0.9 s0.6 h h", "b0.4 h h h", "b1 - - -"]) {
      const { attribution, side, stopAtr, targetRatio } = ballotOf(words)
      assert.deepStrictEqual({ attribution, side, stopAtr, targetRatio }, {
        attribution: null,
        side: "hold",
        stopAtr: 0,
        targetRatio: 0
      })
    }
  })

  it("L-8: attribution, stop and target are those of the largest weight x confidence on the side", () => {
    const ballot = ballotOf("b0.5 b0.7 s0.1 b1")
    assert.strictEqual(ballot.attribution, "MochipoyAlert")
    assert.strictEqual(ballot.stopAtr, 2)
    assert.strictEqual(ballot.targetRatio, 3)
    assert.strictEqual(ballotOf("s0.3 b0.9 b0.9 h").attribution, "MochipoyAlert")
  })

  it("L-36: a tie of attribution goes to the earlier strategy of the table", () => {
    assert.strictEqual(ballotOf("b0.7 b0.7 h h").attribution, "ATRBased")
    assert.strictEqual(ballotOf("h b0.5 b0.6 b1").attribution, "MochipoyAlert")
  })

  it("L-14: a model moves the score by 0.6 of its probability above the base rate, and no further than 0..1", () => {
    assert.closeTo(ballotOf("b0.9 b0.9 h h", model(0.5)).score, 0.54 + 0.06, 1e-12)
    assert.closeTo(ballotOf("b0.9 b0.9 h h", model(0.3)).score, 0.54 - 0.06, 1e-12)
    assert.strictEqual(ballotOf("b1 b1 b1 b1", model(0.9)).score, 1)
    assert.strictEqual(ballotOf("b0.9 h h h", model(0, 0.4, 1)).score, 0)
    assert.strictEqual(ballotOf("b0.9 h h h", model(0, 0.4, 1)).reason, "belowMinimum")
  })

  it("a seller's score moves with P(short wins), not with P(long wins)", () => {
    assert.closeTo(ballotOf("s0.9 s0.9 h h", model(0.9, 0.4)).score, 0.54, 1e-12)
    assert.closeTo(ballotOf("s0.9 s0.9 h h", model(0.4, 0.5)).score, 0.6, 1e-12)
  })

  it("L-13: a model that knows nothing changes nothing but the mode", () => {
    const { mode, prediction, ...rest } = ballotOf("b0.9 b0.9 h h", model(0.4))
    const rules = ballotOf("b0.9 b0.9 h h")
    assert.strictEqual(mode, "model")
    assert.isNotNull(prediction)
    assert.strictEqual(rules.mode, "rules")
    assert.deepStrictEqual({ ...rest, mode: "rules", prediction: null }, { ...rules })
  })

  it("a model never makes a side out of holds", () => {
    assert.strictEqual(ballotOf("h h h h", model(1)).reason, "noSide")
  })

  it("C8 54: a prediction that is not a number holds, and is not recorded as one", () => {
    for (const broken of [model(NaN), model(Infinity), model(0.5, 0.4, NaN)]) {
      const ballot = ballotOf("b1 b1 b1 b1", broken)
      assert.strictEqual(ballot.reason, "undefinedInput")
      assert.strictEqual(ballot.side, "hold")
      assert.isNull(ballot.prediction)
      assert.strictEqual(ballot.mode, "model")
    }
  })
})
