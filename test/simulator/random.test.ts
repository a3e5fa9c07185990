/**
 * The generator against its authors' numbers, and its draws against their distributions.
 * In: fixed states and seeds. Out: assertions on exact words and on moments with room for chance.
 * The seeds are fixed, so a red test here is a changed generator, never bad luck.
 */
import { assert, describe, it } from "@effect/vitest"
import {
  chance,
  makeRandom,
  nextDouble,
  nextInt,
  nextNormal,
  nextUint32
} from "../../src/simulator/random.ts"

describe("nextUint32", () => {
  it("gives the words of the reference implementation of xoshiro128**", () => {
    // State and words as published with https://github.com/edorfaus/xoshiro-6502 (made with the authors' C program).
    const random = { state: Uint32Array.of(0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0) }
    const words = Array.from({ length: 4 }, () => nextUint32(random))
    assert.deepStrictEqual(words, [0xf1391922, 0x6fe53806, 0xa5be2840, 0xf510ee70])
  })

  it("one seed always gives the same words, another gives others", () => {
    const words = (seed: number) =>
      Array.from({ length: 3 }, ((random) => () => nextUint32(random))(makeRandom(seed)))
    assert.deepStrictEqual(words(42), words(42))
    assert.notDeepEqual(words(42), words(43))
    assert.deepStrictEqual(words(42), [660_444_221, 3_652_823_732, 77_672_526])
  })
})

describe("draws", () => {
  it("nextDouble stays in [0, 1) with mean 1/2 and variance 1/12", () => {
    const random = makeRandom(1)
    const drawn = Array.from({ length: 100_000 }, () => nextDouble(random))
    assert.isTrue(drawn.every((value) => value >= 0 && value < 1))
    assert.closeTo(mean(drawn), 0.5, 0.005)
    assert.closeTo(variance(drawn), 1 / 12, 0.002)
  })

  it("nextInt is even over its range and never leaves it", () => {
    const random = makeRandom(2)
    const counts = [0, 0, 0, 0, 0, 0, 0]
    for (let draw = 0; draw < 70_000; draw++) {
      const value = nextInt(random, 7)
      counts[value] = (counts[value] ?? NaN) + 1
    }
    assert.strictEqual(counts.length, 7)
    for (const count of counts) assert.closeTo(count, 10_000, 400)
  })

  it("nextInt draws again where a remainder would favour small values", () => {
    // The first word of this state, 0xf1391922, lies above the largest multiple of 3 x 2^30.
    const random = { state: Uint32Array.of(0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0) }
    assert.strictEqual(nextInt(random, 3 * 2 ** 30), 0x6fe53806)
  })

  it("nextNormal has mean 0, variance 1, no skew and no more than a normal's tails", () => {
    const random = makeRandom(3)
    const drawn = Array.from({ length: 100_000 }, () => nextNormal(random))
    assert.closeTo(mean(drawn), 0, 0.012)
    assert.closeTo(variance(drawn), 1, 0.02)
    assert.closeTo(mean(drawn.map((value) => value ** 3)), 0, 0.05)
    assert.closeTo(mean(drawn.map((value) => value ** 4)), 2.9, 0.1)
  })

  it("chance is true as often as told, never at 0 and always at 1", () => {
    const random = makeRandom(4)
    const share = (probability: number) =>
      mean(Array.from({ length: 50_000 }, () => chance(random, probability) ? 1 : 0))
    assert.closeTo(share(0.02), 0.02, 0.003)
    assert.strictEqual(share(0), 0)
    assert.strictEqual(share(1), 1)
  })
})

const mean = (values: ReadonlyArray<number>): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const variance = (values: ReadonlyArray<number>): number =>
  mean(values.map((value) => value ** 2)) - mean(values) ** 2
