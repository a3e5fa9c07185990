/**
 * The same market upside down gives the opposite answers: of every strategy, and of the vote.
 * In: seeded walks within 2 % of p0, and their mirror p' = 2 p0 - p. Out: sides exchanged, confidences equal.
 * L-34 and P-27 are what a lost sign costs: a long bias for ever, a week of nothing but sells.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import type { Vote } from "../../../src/domain/Vote.ts"
import { makeMarketState, observe } from "../../../src/engine/observe.ts"
import { SEATS } from "../../../src/engine/strategy/registry.ts"
import { contextOf } from "../../../src/engine/strategy/StrategyContext.ts"
import { vote } from "../../../src/engine/strategy/tally.ts"
import { MINUTE, mirrored, walk, zigzag } from "../../kit/markets.ts"
import { profileSettings } from "../../kit/profile.ts"
import { close, NEAR } from "./nearThreshold.ts"

const options = { baseMillis: MINUTE, higherMillis: 4 * MINUTE, spec: "phase19" } as const
const seed = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 }))
const runs = { arbitrary: { runs: 60, seed: 34 } }

/** Confidences may differ by what a level's nearness moves when all prices move by 2 %. */
const HAIR = 0.005
const OPPOSITE = { buy: "sell", sell: "buy", hold: "hold", silent: "silent" } as const

interface Tally {
  cases: number
  near: number
  buys: number
  sells: number
}
const tallies = new Map<string, Tally>()
const tallyOf = (name: string): Tally => {
  const known = tallies.get(name) ?? { cases: 0, near: 0, buys: 0, sells: 0 }
  tallies.set(name, known)
  return known
}

const count = (name: string, near: boolean, side: Vote["side"]): void => {
  const tally = tallyOf(name)
  tally.cases += 1
  if (near) tally.near += 1
  else if (side === "buy") tally.buys += 1
  else if (side === "sell") tally.sells += 1
}

const opposite = (name: string, ours: Vote["side"], theirs: Vote["side"], apart: number): void => {
  assert.strictEqual(theirs, OPPOSITE[ours], name)
  assert.isAtMost(apart, HAIR, name)
}

describe("mirror", () => {
  for (const name of ["balanced", "aggressive"] as const) {
    const settings = profileSettings(name)

    it.prop(`L-34, P-27: ${name}: a mirrored market is answered with the mirrored side`, [seed], ([from]) => {
      const bars = from % 2 === 0 ? walk(from, 420) : zigzag(from, 420)
      const upside = mirrored(bars)
      const here = makeMarketState(options)
      const there = makeMarketState(options)
      bars.forEach((bar, index) => {
        const ours = vote(settings, observe(here, bar), null)
        const theirs = vote(settings, observe(there, upside[index]!), null)
        if (index < 4 * 66) return
        const ctx = contextOf(here.observation)
        let anyNear = false
        SEATS.forEach(({ basics, id }, place) => {
          const mine = ours.votes[place]!
          const other = theirs.votes[place]!
          const minimum = basics(settings.strategies).minConfidence
          const near = NEAR[id]!(ctx) || [mine, other].some((line) => close(line.confidence, minimum))
          anyNear ||= near &&
            (mine.side !== OPPOSITE[other.side] || Math.abs(mine.confidence - other.confidence) > HAIR)
          count(`${name} ${id}`, near, mine.side)
          if (!near) {
            opposite(
              `${id} at ${index} of ${from}`,
              mine.side,
              other.side,
              Math.abs(mine.confidence - other.confidence)
            )
          }
        })
        const { conflictMargin, minimum } = settings.vote
        const near = anyNear || close(Math.abs(ours.buy - ours.sell), conflictMargin)
          || close(Math.max(ours.buy, ours.sell), minimum)
        count(`${name} vote`, near, ours.side)
        if (near) return
        opposite(`vote at ${index} of ${from}`, ours.side, theirs.side, Math.abs(ours.buy - theirs.sell))
        assert.strictEqual(theirs.reason, ours.reason)
        assert.strictEqual(theirs.attribution, ours.attribution)
      })
    }, runs)
  }

  it("leaves out at most one case in ten, and answers with both sides in the rest", () => {
    assert.strictEqual(tallies.size, 10)
    for (const [name, { buys, cases, near, sells }] of tallies) {
      assert.isAtMost(near / cases, 0.1, `${name}: ${near} of ${cases} left out`)
      assert.isAbove(Math.min(buys, sells), 20, `${name}: ${buys} buys, ${sells} sells`)
    }
  })
})
