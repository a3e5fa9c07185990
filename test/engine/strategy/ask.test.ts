/**
 * Asking one strategy, and the vote around it: silence, refusal of senseless answers, no side without a defined row.
 * In: seeded markets, seats whose strategy misbehaves. Out: votes and ballots.
 */
import { assert, describe, it } from "@effect/vitest"
import { FEATURE_INDEX } from "../../../src/engine/features/phase19.ts"
import { InvariantBroken } from "../../../src/engine/invariant.ts"
import { makeMarketState, observe } from "../../../src/engine/observe.ts"
import type { Bar } from "../../../src/engine/Observation.ts"
import { DEPTH, WIDTH } from "../../../src/engine/Observation.ts"
import { ask, SHARED_REASONS } from "../../../src/engine/strategy/ask.ts"
import { seat, SEATS } from "../../../src/engine/strategy/registry.ts"
import type { Answer, Basics, Strategy } from "../../../src/engine/strategy/Strategy.ts"
import { contextOf } from "../../../src/engine/strategy/StrategyContext.ts"
import type { StrategyContext } from "../../../src/engine/strategy/StrategyContext.ts"
import { vote } from "../../../src/engine/strategy/tally.ts"
import { barsThrough, MINUTE, walk } from "../../kit/markets.ts"
import { profileSettings } from "../../kit/profile.ts"

const options = { baseMillis: MINUTE, higherMillis: 4 * MINUTE, spec: "phase19" } as const
const settings = profileSettings("balanced")

const observed = (bars: ReadonlyArray<Bar>) => {
  const state = makeMarketState(options)
  for (const bar of bars) observe(state, bar)
  return state.observation
}

const asked = (decide: (ctx: StrategyContext) => Answer, bars = walk(1, 60)) => {
  const strategy: Strategy<Basics> = {
    id: "Mine",
    version: 1,
    warmup: { base: 1, higher: 0 },
    requires: { base: ["close"], higher: [] },
    decide
  }
  const observation = observed(bars)
  return ask(seat(strategy, (groups) => groups.atrBased), observation, contextOf(observation), settings)
}

const buy: Answer = { side: "buy", confidence: 0.5, reason: "mine" }

describe("ask", () => {
  it("takes a sane answer as it is", () => {
    assert.deepStrictEqual(asked(() => buy), { strategy: "Mine", ...buy })
  })

  it("C8 54: an answer without a confidence in 0..1 is silence, never a trade", () => {
    for (const confidence of [NaN, Infinity, -0.1, 0, 1.0001]) {
      const { reason, side } = asked(() => ({ ...buy, confidence }))
      assert.deepStrictEqual([side, reason], ["silent", SHARED_REASONS.senseless])
    }
  })

  it("a hold has no confidence, whatever the strategy says", () => {
    assert.strictEqual(asked(() => ({ side: "hold", confidence: 0.9, reason: "wait" })).confidence, 0)
  })

  it("a strategy that throws is silent and its neighbours still answer", () => {
    const { reason, side } = asked(() => {
      throw new TypeError("mine")
    })
    assert.deepStrictEqual([side, reason], ["silent", SHARED_REASONS.failed])
  })

  it("C8 52: looking ahead, or further back than is kept, is a defect that nobody swallows", () => {
    for (const back of [-1, 0.5, NaN, DEPTH, 2 ** 32]) {
      for (
        const look of [
          (ctx: StrategyContext) => ctx.close(back),
          (ctx: StrategyContext) => ctx.open(back),
          (ctx: StrategyContext) => ctx.feature(FEATURE_INDEX.rsi_14, back),
          (ctx: StrategyContext) => ctx.higher.volume(back)
        ]
      ) {
        assert.throws(() =>
          asked((ctx) => {
            look(ctx)
            return buy
          }), InvariantBroken)
      }
    }
  })

  it("sees bars by their age on both frames", () => {
    const bars = walk(6, 60)
    const ctx = contextOf(observed(bars))
    assert.strictEqual(ctx.close(0), bars[59]!.close)
    assert.strictEqual(ctx.high(3), bars[56]!.high)
    assert.strictEqual(ctx.low(31), bars[28]!.low)
    assert.strictEqual(ctx.higher.close(0), bars[59]!.close)
    assert.strictEqual(ctx.higher.open(1), bars[52]!.open)
    assert.strictEqual(ctx.feature(FEATURE_INDEX.close, 2), bars[57]!.close)
  })

  it("sees the frames of the observation it was made for, whichever was seen before", () => {
    const [one, other] = [observed(walk(6, 60)), observed(walk(7, 60))]
    const mixed = { ...one, higher: other.higher }
    const seen = [one, other, one, mixed, one].map((observation) => {
      const ctx = contextOf(observation)
      return [ctx.close(0), ctx.higher.close(0)]
    })
    const [base, higher] = [one.bar.close, other.higher.close[other.higher.end - 1]!]
    const first = [base, one.higher.close[one.higher.end - 1]!]
    assert.deepStrictEqual(seen, [first, [other.bar.close, higher], first, [base, higher], first])
  })

  it("lets a loop over columns see what the methods see, oldest bar first", () => {
    const ctx = contextOf(observed(walk(6, 60)))
    const oldest = ctx.oldestOf(DEPTH)
    for (let back = 0; back < DEPTH; back++) {
      const at = oldest + DEPTH - 1 - back
      assert.strictEqual(ctx.columns.low[at], ctx.low(back))
      assert.strictEqual(
        ctx.columns.rows[at * WIDTH + FEATURE_INDEX.rsi_14],
        ctx.feature(FEATURE_INDEX.rsi_14, back)
      )
    }
    assert.throws(() => ctx.oldestOf(DEPTH + 1), InvariantBroken)
    assert.throws(() => ctx.oldestOf(0), InvariantBroken)
  })

  it("tells a hold from a silence that has the same words", () => {
    const { without } = SEATS[0]!
    const votes = [without("hold", "same"), without("hold", "same"), without("silent", "same")]
    assert.deepStrictEqual(votes.map(({ side }) => side), ["hold", "hold", "silent"])
    assert.strictEqual(votes[0], votes[1])
    assert.notStrictEqual(without("silent", "other").reason, "same")
  })

  it("a side without a stop distance is a hold", () => {
    const flat = barsThrough(new Array<number>(60).fill(100))
    const { reason, side } = asked(() => buy, flat)
    assert.deepStrictEqual([side, reason], ["hold", SHARED_REASONS.noDistance])
  })

  it("a required feature that is not defined is silence, on either frame", () => {
    const observation = observed(walk(1, 60))
    for (const requires of [{ base: ["rsi_14"], higher: [] }, { base: [], higher: ["ema_50"] }] as const) {
      const needy = seat({
        id: "Mine",
        version: 1,
        warmup: { base: 1, higher: 0 },
        requires,
        decide: () => buy
      }, (groups) => groups.atrBased)
      const early = requires.base.length > 0 ? observed(walk(1, 10)) : observation
      const { reason, side } = ask(needy, early, contextOf(early), settings)
      assert.deepStrictEqual([side, reason], ["silent", SHARED_REASONS.undefinedInput])
    }
  })
})

describe("vote", () => {
  it("asks in table order", () => {
    const names = ["ATRBased", "MochipoyAlert", "MultiTimeframe", "FibonacciRetracement"]
    assert.deepStrictEqual(SEATS.map((known) => known.id), names)
    assert.deepStrictEqual(
      vote(settings, observed(walk(1, 60)), null).votes.map((line) => line.strategy),
      names
    )
  })

  it("P-33: before the row is warm every strategy is silent and the bar is a hold", () => {
    const state = makeMarketState(options)
    walk(1, 50).forEach((bar, index) => {
      const { reason, side, votes } = vote(settings, observe(state, bar), null)
      if (index >= 49) return assert.notStrictEqual(reason, "notWarm")
      assert.deepStrictEqual([reason, side], ["notWarm", "hold"])
      assert.isTrue(votes.every((line) => line.side === "silent"))
    })
  })

  it("C8 54: a bar that is not a number never trades, warm or not", () => {
    for (const length of [1, 30, 200]) {
      const bars = walk(1, length)
      for (const broken of [{ close: NaN }, { high: Infinity }, { volume: NaN }, { low: -1 }]) {
        const observation = observed([...bars.slice(0, -1), { ...bars.at(-1)!, ...broken }])
        const { reason, side, votes } = vote(settings, observation, null)
        assert.deepStrictEqual([reason, side], ["undefinedInput", "hold"])
        assert.isTrue(votes.every((line) => line.side === "silent" && line.confidence === 0))
      }
    }
  })

  it("L-33: MultiTimeframe is silent until its higher frame is warm, and the other three make the quorum", () => {
    const state = makeMarketState(options)
    const sides = walk(1, 280).map((bar) => vote(settings, observe(state, bar), null).votes[2]!)
    const first = sides.findIndex((line) => line.side !== "silent")
    assert.strictEqual(first, 66 * 4 - 1)
    assert.strictEqual(sides[first - 1]!.reason, SHARED_REASONS.notWarm)
  })

  it("a thin higher bar silences MultiTimeframe until the next full one closes", () => {
    const state = makeMarketState(options)
    const bars = walk(1, 300).filter((_, index) => index < 281 || index > 283)
    const reasons = bars.map((bar) => vote(settings, observe(state, bar), null).votes[2]!)
    const silent = reasons.map((line) => line.reason === SHARED_REASONS.staleHigher)
    const places = silent.flatMap((stale, index) => stale ? [bars[index]!.openTime / MINUTE] : [])
    assert.deepStrictEqual(places, [284, 285, 286])
  })

  it("a disabled strategy is left out of the table and of the weight", () => {
    const { votes } = vote(
      profileSettings("balanced", { strategies: { fibonacciRetracement: { enabled: false } } }),
      observed(walk(1, 60)),
      null
    )
    assert.deepStrictEqual(votes.map((line) => line.strategy), [
      "ATRBased",
      "MochipoyAlert",
      "MultiTimeframe"
    ])
    const early = vote(
      profileSettings("balanced", { strategies: { atrBased: { enabled: false } } }),
      observed(walk(1, 10)),
      null
    )
    assert.strictEqual(early.votes.length, 3)
  })

  it("a flat market never has a side", () => {
    for (const name of ["balanced", "aggressive"] as const) {
      const state = makeMarketState(options)
      for (const bar of barsThrough(new Array<number>(400).fill(1234.56))) {
        assert.strictEqual(vote(profileSettings(name), observe(state, bar), null).side, "hold")
      }
    }
  })
})
