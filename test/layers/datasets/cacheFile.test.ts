/**
 * A cache file is believed whole or not at all.
 * In: an encoded dataset, cut at every length, with every byte changed, under another key. Out: the same bits, or a reason.
 */
import { assert, describe, it } from "@effect/vitest"
import { cacheKey, decodeCache, encodeCache } from "../../../layers/datasets/cacheFile.ts"
import type { CachedDataset } from "../../../layers/datasets/cacheFile.ts"

const dataset: CachedDataset = {
  baseMillis: 60_000,
  contentHash: "c0ffee",
  facts: {
    gaps: { runs: 1, missing: 2, longest: 2, longestAt: 1_700_000_160_000 },
    zeroVolume: 0,
    spikes: { count: 1, largest: [{ at: 1_700_000_280_000, change: 0.1 + 0.2 }] },
    wideBars: 3
  },
  columns: {
    openTime: Float64Array.of(1_700_000_100_000, 1_700_000_280_000),
    open: Float64Array.of(10, 0.1 + 0.2),
    high: Float64Array.of(12, 13),
    low: Float64Array.of(9, 5e-324),
    close: Float64Array.of(11, 12),
    volume: Float64Array.of(0, 1.7976931348623157e308),
    volumeDigits: Uint8Array.of(0, 12)
  }
}

const encoded = (key: string): Buffer => Buffer.concat(encodeCache(key, dataset))
const decode = (key: string, bytes: Buffer) => decodeCache(key, Uint8Array.from(bytes).buffer)

describe("decodeCache", () => {
  it("gives back every bit that was encoded", () => {
    assert.deepStrictEqual(decode("key", encoded("key")), dataset)
  })

  it("believes no file that is cut, at whatever length", () => {
    const whole = encoded("key")
    for (let length = 0; length < whole.length; length++) {
      assert.typeOf(decode("key", whole.subarray(0, length)), "string", `${length} bytes`)
    }
    assert.strictEqual(decode("key", Buffer.concat([whole, Buffer.alloc(1)])), "its length is wrong")
  })

  it("believes no file with a changed byte, wherever it stands", () => {
    const whole = encoded("key")
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole)
      damaged[at] = damaged[at]! ^ 1
      assert.typeOf(decode("key", damaged), "string", `byte ${at}`)
    }
  })

  it("believes no file of another data file that was given this name", () => {
    assert.strictEqual(decode("key", encoded("other")), "it belongs to another data file")
  })
})

describe("cacheKey", () => {
  it("differs by content, and by whether the same bytes are unpacked", () => {
    const keys = [cacheKey("a", true), cacheKey("a", false), cacheKey("b", true)]
    assert.strictEqual(new Set(keys).size, 3)
    assert.strictEqual(cacheKey("a", true), keys[0])
  })
})
