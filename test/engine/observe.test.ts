/**
 * observe on chosen bars: order, gaps, bars that are not numbers, flat markets, and the second frame.
 * In: hand-made bars. Out: what the observation says, and what it must not be moved by.
 * Properties over seeds stand in observe.prop.test.ts.
 */
import { assert, describe, it } from "@effect/vitest"
import { encode } from "../../src/engine/features/frameSnapshot.ts"
import { FEATURE_INDEX, PHASE19 } from "../../src/engine/features/phase19.ts"
import { specHash, SPECS, WARM_BARS } from "../../src/engine/features/registry.ts"
import { InvariantBroken } from "../../src/engine/invariant.ts"
import { freeze, makeMarketState, observe, restore, snapshotOf } from "../../src/engine/observe.ts"
import { WIDTH } from "../../src/engine/Observation.ts"
import { higherIsFresh } from "../../src/engine/strategy/StrategyContext.ts"
import { barAt, barsThrough, MINUTE, walk } from "../kit/markets.ts"

const options = { baseMillis: MINUTE, higherMillis: 4 * MINUTE, spec: "phase19" } as const
const stationary = { ...options, spec: "stationary" } as const

const flat = (index: number) =>
  barAt(index, { open: 100.1, high: 100.1, low: 100.1, close: 100.1, volume: 3.3 })
const flatBars = (count: number) => Array.from({ length: count }, (_, index) => flat(index))

describe("observe: order and gaps", () => {
  it("L-31: a repeated or older bar is a defect, so one bar cannot decide twice", () => {
    const state = makeMarketState(options)
    observe(state, flat(7))
    assert.throws(() => observe(state, flat(7)), InvariantBroken, "a bar closes after the one before it")
    assert.throws(() => observe(state, flat(6)), InvariantBroken)
    assert.strictEqual(state.base.frame.seen, 1)
  })

  it("L-33: a bar of another timeframe is a defect", () => {
    const state = makeMarketState(options)
    assert.throws(
      () => observe(state, { ...flat(0), closeTime: 2 * MINUTE }),
      InvariantBroken,
      "as long as its timeframe"
    )
  })

  it("a frame that is not a multiple of the base is a defect", () => {
    assert.throws(() => makeMarketState({ ...options, higherMillis: MINUTE }), InvariantBroken)
    assert.throws(() => makeMarketState({ ...options, higherMillis: 2.5 * MINUTE }), InvariantBroken)
  })

  it("counts the bars missing right before this one", () => {
    const state = makeMarketState(options)
    const gaps = [0, 1, 5, 6].map((index) => observe(state, flat(index)).gapBars)
    assert.deepStrictEqual(gaps, [0, 0, 3, 0])
  })
})

describe("observe: warm-up and neutrality", () => {
  it("L-39: every feature is undefined before its first bar and defined from it on, in both specs", () => {
    for (const market of [options, stationary]) {
      const state = makeMarketState(market)
      walk(5, 60).forEach((bar, index) => {
        const { features, usable } = observe(state, bar)
        SPECS[market.spec].forEach((feature, place) => {
          const defined = Number.isFinite(features[place])
          assert.strictEqual(defined, index >= feature.firstBar, `${feature.name} at ${index}`)
        })
        assert.strictEqual(usable, index >= WARM_BARS - 1)
      })
    }
    assert.strictEqual(WARM_BARS, 50)
  })

  it("the first bars of decisions 26 are those of the registry", () => {
    const firsts = Object.fromEntries(PHASE19.map((feature) => [feature.name, feature.firstBar]))
    assert.deepStrictEqual(firsts, {
      close: 0,
      volume: 0,
      returns_1: 1,
      rsi_14: 14,
      macd: 25,
      macd_signal: 33,
      atr_14: 14,
      bb_position: 19,
      ema_20: 19,
      ema_50: 49,
      volume_ratio: 19,
      zscore: 19
    })
  })

  it("a market that does not move is exactly neutral, also at prices that are no binary fractions", () => {
    const state = makeMarketState(options)
    for (const bar of flatBars(80)) observe(state, bar)
    const row = Array.from(state.observation.features)
    assert.deepStrictEqual(row, [100.1, 3.3, 0, 50, 0, 0, 0, 0.5, 100.1, 100.1, 1, 0])
    const other = makeMarketState(stationary)
    for (const bar of flatBars(80)) observe(other, bar)
    assert.isTrue(other.observation.usable)
    assert.deepStrictEqual(
      Array.from(other.observation.features, (value) => value + 0),
      new Array(WIDTH).fill(0)
    )
  })

  it("a market without a single trade has volume ratio 1, and one silent bar has no logarithm", () => {
    const state = makeMarketState(stationary)
    for (const bar of flatBars(60)) observe(state, { ...bar, volume: 0 })
    assert.isTrue(state.observation.usable)
    assert.strictEqual(state.observation.features[9], 0)
    observe(state, flat(60))
    const { features, usable } = observe(state, { ...flat(61), volume: 0 })
    assert.isNaN(features[9])
    assert.isFalse(usable)
  })

  it("a steady rise is RSI 100 and a steady fall is RSI 0", () => {
    for (const [step, rsi] of [[1, 100], [-1, 0]] as const) {
      const state = makeMarketState(options)
      for (const bar of barsThrough(Array.from({ length: 60 }, (_, i) => 1_000 + step * i))) {
        observe(state, bar)
      }
      assert.strictEqual(state.observation.features[FEATURE_INDEX.rsi_14], rsi)
    }
  })
})

describe("observe: bars that are not numbers", () => {
  it("C8 54: such a bar is unusable, is counted, and leaves the bars after it as if it were missing", () => {
    const bars = walk(3, 90)
    for (
      const broken of [{ close: NaN }, { high: Infinity }, { low: 0 }, { open: -1 }, { volume: NaN }, {
        volume: -1
      }]
    ) {
      const state = makeMarketState(options)
      const without = makeMarketState(options)
      bars.forEach((bar, index) => {
        if (index !== 60) {
          const expected = observe(without, bar)
          const { features, gapBars } = observe(state, bar)
          assert.deepStrictEqual(features, expected.features)
          assert.strictEqual(gapBars, index === 61 ? 1 : 0)
          return
        }
        const { features, usable } = observe(state, { ...bar, ...broken })
        assert.isFalse(usable)
        assert.isTrue(features.every(Number.isNaN))
      })
      assert.strictEqual(state.rejectedBars, 1)
      assert.isTrue(state.observation.usable)
    }
  })

  it("a price or volume near the end of the number range does not poison the rows for ever", () => {
    const state = makeMarketState(options)
    const bars = walk(4, 60 + 2_000)
    bars.forEach((bar, index) =>
      observe(state, index === 60 ? { ...bar, high: 1e308, volume: 1.7e308 } : bar)
    )
    assert.isTrue(state.observation.usable)
  })

  it("is seeded at the first bar that is a number", () => {
    const state = makeMarketState(options)
    observe(state, { ...flat(0), close: NaN })
    observe(state, flat(1))
    observe(state, flat(2))
    assert.strictEqual(state.observation.seededAt, MINUTE)
  })
})

describe("observe: the higher frame", () => {
  it("L-33: closes with the base bar that ends its period, and holds exactly its bars", () => {
    const state = makeMarketState(options)
    const bars = walk(8, 12)
    const opened = bars.map((bar) => observe(state, bar).higherOpenTime)
    assert.deepStrictEqual(opened.slice(0, 9), [null, null, null, 0, 0, 0, 0, 4 * MINUTE, 4 * MINUTE])
    const { close, end, high, low, open, volume } = state.higher.frame
    const last = bars.slice(8, 12)
    assert.strictEqual(open[end - 1], last[0]!.open)
    assert.strictEqual(close[end - 1], last[3]!.close)
    assert.strictEqual(high[end - 1], Math.max(...last.map((bar) => bar.high)))
    assert.strictEqual(low[end - 1], Math.min(...last.map((bar) => bar.low)))
    assert.strictEqual(volume[end - 1], last.reduce((sum, bar) => sum + bar.volume, 0))
  })

  it("closes a period whose last bars are missing when a bar of the next one arrives", () => {
    const state = makeMarketState(options)
    const seen = [0, 1, 4].map((index) => observe(state, flat(index)).higherOpenTime)
    assert.deepStrictEqual(seen, [null, null, 0])
  })

  it("drops a period of which less than half was seen, and says that its newest bar is old", () => {
    const state = makeMarketState(options)
    const fresh = [0, 1, 2, 3, 4, 8, 9, 10, 11, 12].map((index) => higherIsFresh(observe(state, flat(index))))
    assert.deepStrictEqual(fresh, [false, false, false, true, true, false, false, false, true, true])
    assert.strictEqual(state.higher.thinBars, 1)
    assert.strictEqual(state.higher.frame.seen, 2)
  })

  it("keeps a period of which half was seen and drops one of which less than half was", () => {
    for (const [seen, kept] of [[7, 0], [8, 1]] as const) {
      const state = makeMarketState({ ...options, higherMillis: 16 * MINUTE })
      for (let index = 0; index < seen; index++) observe(state, flat(index))
      observe(state, flat(16))
      assert.strictEqual(state.higher.frame.seen, kept)
    }
  })

  it("is not fresh after periods that are missing altogether", () => {
    const state = makeMarketState(options)
    const fresh = [0, 1, 2, 3, 12, 13, 14, 15].map((index) => higherIsFresh(observe(state, flat(index))))
    assert.deepStrictEqual(fresh, [false, false, false, true, false, false, false, true])
  })
})

describe("freeze", () => {
  it("shares the higher copy until a higher bar closes, and never with the live frame", () => {
    const state = makeMarketState(options)
    const copies = walk(2, 9).map((bar) => freeze(observe(state, bar)))
    assert.strictEqual(copies[4]!.higher, copies[5]!.higher)
    assert.notStrictEqual(copies[6]!.higher, copies[7]!.higher)
    assert.notStrictEqual(copies[8]!.higher, state.higher.frame)
    assert.notStrictEqual(copies[8]!.base, copies[7]!.base)
  })

  it("keeps the bar when one object serves for all of them, and the frames never needed it", () => {
    const bars = walk(2, 60)
    const moving = { ...bars[0]! }
    const [state, plain] = [makeMarketState(options), makeMarketState(options)]
    const copies = bars.map((bar) => freeze(observe(state, Object.assign(moving, bar))))
    const expected = bars.map((bar) => freeze(observe(plain, bar)))
    assert.deepStrictEqual(copies, expected)
    assert.strictEqual(copies[0]!.bar.closeTime, bars[0]!.closeTime)
  })
})

describe("restore", () => {
  const seeded = () => {
    const state = makeMarketState(options)
    for (const bar of walk(1, 70)) observe(state, bar)
    return snapshotOf(state)
  }

  it("L-18: refuses a snapshot of other frames or another spec", () => {
    const text = seeded()
    assert.isDefined(restore(text, options))
    assert.isUndefined(restore(text, stationary))
    assert.isUndefined(restore(text, { ...options, higherMillis: 8 * MINUTE }))
    assert.isUndefined(restore(text, { ...options, baseMillis: 2 * MINUTE }))
  })

  it("refuses a changed digit (or one that names the same number), a missing end, another version, or none", () => {
    const text = seeded()
    const digits = [...text.matchAll(/\d/g)].map((match) => match.index)
    for (const at of digits.filter((_, index) => index % 97 === 0)) {
      const changed = text.slice(0, at) + (Number(text[at]) + 1) % 10 + text.slice(at + 1)
      const state = restore(changed, options)
      assert.isTrue(state === undefined || snapshotOf(state) === text, `digit ${at}`)
    }
    for (
      const other of [
        text.slice(0, -20),
        "",
        "null",
        "[]",
        "{}",
        text.replace("\"version\":1", "\"version\":2")
      ]
    ) {
      assert.isUndefined(restore(other, options))
    }
  })
})

describe("encode", () => {
  it("writes what JSON cannot write as words that Number reads back", () => {
    for (const value of [NaN, Infinity, -Infinity, -0, 0, 1 / 3, 5e-324, Number.MAX_VALUE]) {
      const back = Number(JSON.parse(JSON.stringify(encode(value))))
      assert.isTrue(Object.is(back, value), String(value))
    }
  })
})

describe("specHash", () => {
  it("is short hex, steady, and different for the two specs", () => {
    assert.match(specHash("phase19"), /^[0-9a-f]{16}$/)
    assert.strictEqual(specHash("phase19"), specHash("phase19"))
    assert.notStrictEqual(specHash("phase19"), specHash("stationary"))
  })

  it("L-18: changes with every name, order, first bar, formula or window", () => {
    const before = specHash("phase19")
    const features = SPECS.phase19 as unknown as Array<Record<string, unknown>>
    const original = features.map((feature) => ({ ...feature }))
    const changes: ReadonlyArray<() => void> = [
      () => Object.assign(features[3]!, { name: "rsi_15" }),
      () => features.push(features.shift()!),
      () => Object.assign(features[3]!, { firstBar: 15 }),
      () => Object.assign(features[3]!, { formula: "other" }),
      () => Object.assign(features[3]!, { windows: [15] })
    ]
    for (const change of changes) {
      const order = [...features]
      change()
      const changed = specHash("phase19")
      features.splice(0, features.length, ...order)
      features.forEach((feature, index) => Object.assign(feature, original[index]))
      assert.notStrictEqual(changed, before)
      assert.strictEqual(specHash("phase19"), before)
    }
  })
})
