/**
 * The decision record and its checksum.
 * In: decisions over seeded markets. Out: a record that the schema accepts, equal for equal inputs only.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { DecisionRecord } from "../../src/domain/Decision.ts"
import { checksumOf, checksumOfText } from "../../src/engine/checksum.ts"
import type { Decision } from "../../src/engine/Decision.ts"
import { specHash } from "../../src/engine/features/registry.ts"
import { makeMarketState, observe } from "../../src/engine/observe.ts"
import type { Bar } from "../../src/engine/Observation.ts"
import { decisionId, recordOf } from "../../src/engine/record.ts"
import { vote } from "../../src/engine/strategy/tally.ts"
import { MINUTE, walk } from "../kit/markets.ts"
import { profileSettings } from "../kit/profile.ts"

const settings = profileSettings("balanced")

const decided = (bars: ReadonlyArray<Bar>): Decision => {
  const state = makeMarketState({ baseMillis: MINUTE, higherMillis: 4 * MINUTE, spec: "phase19" })
  for (const bar of bars) observe(state, bar)
  const { observation } = state
  const ballot = vote(settings, observation, null)
  return {
    id: decisionId("paper", "bitbank:BTC/JPY", MINUTE, observation.bar.closeTime),
    observation,
    ballot,
    verdict: "None",
    reason: ballot.reason,
    refusals: [],
    checks: [],
    riskScore: null,
    order: null
  }
}

describe("recordOf", () => {
  it("a warm, a cold and a broken bar all make records that the schema takes and gives back", () => {
    const bars = walk(1, 80)
    const broken = [...bars.slice(0, 79), { ...bars[79]!, close: NaN }]
    for (const input of [bars, bars.slice(0, 1), bars.slice(0, 20), broken]) {
      const record = recordOf(decided(input))
      const text = JSON.stringify(Schema.encodeSync(DecisionRecord)(record))
      assert.deepStrictEqual(Schema.decodeUnknownSync(DecisionRecord)(JSON.parse(text)), record)
    }
  })

  it("writes undefined features as null and keeps the others exactly", () => {
    const cold = recordOf(decided(walk(1, 20)))
    assert.strictEqual(cold.features.filter((value) => value === null).length, 3)
    const decision = decided(walk(1, 80))
    assert.deepStrictEqual(recordOf(decision).features, Array.from(decision.observation.features))
  })

  it("says what the decision was made from", () => {
    const bars = walk(1, 80)
    const record = recordOf(decided(bars))
    assert.strictEqual(record.closeTime, bars[79]!.closeTime)
    assert.strictEqual(record.seededAt, bars[0]!.openTime)
    assert.deepStrictEqual(record.inputs.base, bars[79]!.openTime)
    assert.strictEqual(record.inputs.higher, 76 * MINUTE)
    assert.strictEqual(record.spec, specHash("phase19"))
    assert.strictEqual(record.votes.length, 4)
    assert.strictEqual(recordOf(decided(bars.slice(0, 3))).inputs.higher, null)
  })

  it("its checksum tells any other bar or row from this one", () => {
    const bars = walk(1, 80)
    const last = bars[79]!
    const same = recordOf(decided(walk(1, 80))).inputs.checksum
    assert.strictEqual(recordOf(decided(bars)).inputs.checksum, same)
    for (
      const change of [{ open: last.open + 1e-9 * last.open }, { volume: last.volume + 1e-12 }, {
        high: last.high * (1 + 1e-15)
      }]
    ) {
      assert.notStrictEqual(
        recordOf(decided([...bars.slice(0, 79), { ...last, ...change }])).inputs.checksum,
        same
      )
    }
    const elsewhere = bars.map((bar, index) => index === 70 ? { ...bar, close: bar.close * (1 + 1e-9) } : bar)
    assert.notStrictEqual(recordOf(decided(elsewhere)).inputs.checksum, same)
  })
})

describe("decisionId", () => {
  it("L-31: names account, instrument, timeframe and close time, so the same bar has the same id", () => {
    assert.strictEqual(
      decisionId("paper", "bitbank:BTC/JPY", 15 * MINUTE, 900_000),
      "paper/bitbank:BTC/JPY/15m/900000"
    )
    assert.strictEqual(decisionId("a", "b", 7_000, 7_000), "a/b/7000ms/7000")
  })
})

describe("checksumOf", () => {
  it("reads bits: 0 and -0 differ, every NaN is one, order and length count", () => {
    const sums = [[], [0], [-0], [NaN], [1, 2], [2, 1], [1, 2, 0], [Infinity]].map((values) =>
      checksumOf(values)
    )
    assert.strictEqual(new Set(sums).size, sums.length)
    const otherNaN = new Float64Array(new BigUint64Array([0x7ff8000000000001n]).buffer)
    assert.strictEqual(checksumOf(otherNaN), checksumOf([NaN]))
    assert.strictEqual(checksumOf([1], [2]), checksumOf([1, 2]))
  })

  it("is the same on every machine", () => {
    assert.strictEqual(checksumOf([1, -2.5, NaN]), checksumOf(new Float64Array([1, -2.5, NaN])))
    assert.match(checksumOfText("daruma"), /^[0-9a-f]{16}$/)
  })

  it("has no collision among a hundred thousand neighbours", () => {
    const seen = new Set<string>()
    for (let index = 0; index < 100_000; index++) seen.add(checksumOf([index * 0.1]))
    assert.strictEqual(seen.size, 100_000)
  })
})
