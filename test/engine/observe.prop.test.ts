/**
 * observe over seeded markets: no future in the past, and three ways to the same bits.
 * In: seeds, lengths, cuts. Out: equality of rows, frames and votes, bit for bit.
 * The cut runs over every phase of the ring, so that a wrong place in it shows.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { checksumOf } from "../../src/engine/checksum.ts"
import { freeze, makeMarketState, observe, restore, snapshotOf } from "../../src/engine/observe.ts"
import type { Bar, Frame, Observation } from "../../src/engine/Observation.ts"
import { WIDTH } from "../../src/engine/Observation.ts"
import { vote } from "../../src/engine/strategy/tally.ts"
import { MINUTE, mirrored, walk } from "../kit/markets.ts"
import { profileSettings } from "../kit/profile.ts"

const options = { baseMillis: MINUTE, higherMillis: 3 * MINUTE, spec: "stationary" } as const
const settings = profileSettings("aggressive")
const LENGTH = 260

const seed = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 }))
const cut = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: LENGTH - 2 }))
const runs = { arbitrary: { runs: 60, seed: 19 } }

const frameSum = (frame: Frame): string => {
  const from = frame.end - frame.count
  const columns = [frame.openTime, frame.open, frame.high, frame.low, frame.close, frame.volume]
  const kept = columns.map((values) => values.subarray(from, frame.end))
  return checksumOf(...kept, frame.rows.subarray(from * WIDTH, frame.end * WIDTH), [frame.seen, frame.count])
}

/** Everything an observation shows, and what the strategies make of it. */
const sight = (observation: Observation): string =>
  JSON.stringify([
    observation.bar,
    observation.seededAt,
    observation.gapBars,
    observation.usable,
    observation.higherOpenTime,
    observation.spec,
    checksumOf(observation.features),
    frameSum(observation.base),
    frameSum(observation.higher),
    vote(settings, observation, null)
  ])

/** A walk with holes and a bar that is not a number, as seeds decide. */
const market = (from: number): Array<Bar> =>
  walk(from, LENGTH)
    .filter((_, index) => (index + from) % 41 !== 0)
    .map((bar, index) => (index + from) % 83 === 1 ? { ...bar, close: NaN } : bar)

const sights = (bars: ReadonlyArray<Bar>): Array<string> => {
  const state = makeMarketState(options)
  return bars.map((bar) => sight(observe(state, bar)))
}

describe("observe", () => {
  it.prop("C8 52: other bars after a cut change nothing before it", [seed, cut], ([from, at]) => {
    const bars = market(from)
    const changed = [
      ...bars.slice(0, at),
      ...mirrored(bars.slice(at)).map((bar) => ({ ...bar, volume: bar.volume * 7 }))
    ]
    assert.deepStrictEqual(sights(changed).slice(0, at), sights(bars).slice(0, at))
  }, runs)

  it.prop(
    "a frozen copy keeps showing its own bar, and shows what the live view showed",
    [seed],
    ([from]) => {
      const state = makeMarketState(options)
      const live: Array<string> = []
      const frozen = market(from).map((bar) => {
        const observation = observe(state, bar)
        live.push(sight(observation))
        return freeze(observation)
      })
      assert.deepStrictEqual(frozen.map(sight), live)
    },
    runs
  )

  it.prop("a state restored after any bar goes on bit for bit", [seed, cut], ([from, at]) => {
    const bars = market(from)
    const expected = sights(bars)
    const first = makeMarketState(options)
    for (const bar of bars.slice(0, at)) observe(first, bar)
    const text = snapshotOf(first)
    const second = restore(text, options)
    assert.isDefined(second)
    assert.strictEqual(snapshotOf(second), text)
    const rest = bars.slice(at).map((bar) => sight(observe(second, bar)))
    assert.deepStrictEqual(rest, expected.slice(at))
    assert.strictEqual(
      second.rejectedBars,
      first.rejectedBars + bars.slice(at).filter((bar) => Number.isNaN(bar.close)).length
    )
  }, runs)
})
