/**
 * The synthetic market as a machine: same bytes for a seed, bars that hold together, no end.
 * In: seeds. Out: assertions on bars; what it looks like beside real markets is realism.test.ts.
 * The digest pins the bytes: demo journals and drills are replayed from seeds.
 */
import { createHash } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import type { Candle } from "../../../src/domain/Candle.ts"
import { makeSyntheticMarket } from "../../../src/simulator/markets/synthetic.ts"

const options = {
  seed: 42,
  startPrice: 12_000_000,
  startTime: 1_704_067_200_000,
  baseMillis: 900_000,
  tick: 1
}

const taken = (count: number, change: Partial<typeof options> = {}): ReadonlyArray<Candle> => {
  const market = makeSyntheticMarket({ ...options, ...change })
  return Array.from({ length: count }, () => market.next())
}

describe("makeSyntheticMarket", () => {
  it("one seed gives the same bytes, for ever", () => {
    const text = taken(1_200).map((bar) => `${bar.openTime},${bar.text}\n`).join("")
    assert.strictEqual(
      createHash("sha256").update(text).digest("hex"),
      "819bb0a848ea12bbbe7899c45b5a788ea68d266e377834cb8e9df4d1d899850b"
    )
  })

  it("another seed gives another market", () => {
    assert.notDeepEqual(taken(5, { seed: 43 }), taken(5))
  })

  it("skipping bars leads where taking them leads", () => {
    const market = makeSyntheticMarket(options)
    market.skip(1_200)
    assert.deepStrictEqual([market.next(), market.next()], taken(1_202).slice(1_200))
  })

  it("the first bar opens at the start price and time", () => {
    const first = taken(1)[0]
    assert.strictEqual(first?.open, 12_000_000)
    assert.strictEqual(first?.openTime, options.startTime)
  })

  it.each([[1, 12_000_000, 900_000], [0.01, 60_000, 60_000], [0.000_001, 0.5, 3_600_000]])(
    "with tick %f every bar holds together, stands on the grid and says in text what it says in numbers",
    (tick, startPrice, baseMillis) => {
      let last = options.startTime - baseMillis
      for (const bar of taken(20_000, { tick, startPrice, baseMillis })) {
        assert.isTrue(
          bar.low > 0 && bar.low <= bar.open && bar.low <= bar.close && bar.open <= bar.high &&
            bar.close <= bar.high
        )
        assert.isTrue(bar.volume >= 0 && (bar.volume > 0 || bar.high === bar.low))
        assert.strictEqual(bar.text, [bar.open, bar.high, bar.low, bar.close, bar.volume].join(","))
        assert.isBelow(bar.text.length, 60)
        assert.closeTo(bar.close / tick, Math.round(bar.close / tick), 1e-6)
        assert.isTrue(bar.openTime > last && (bar.openTime - options.startTime) % baseMillis === 0)
        assert.strictEqual(bar.closeTime - bar.openTime, baseMillis)
        last = bar.openTime
      }
    }
  )

  it("holes come in all lengths, some longer than three bars, and flat bars trade nothing", () => {
    const bars = taken(100_000)
    const holes = bars.map((bar, n) =>
      n === 0 ? 0 : (bar.openTime - (bars[n - 1] as Candle).openTime) / 900_000 - 1
    )
    assert.isTrue(holes.some((missing) => missing === 1) && holes.some((missing) => missing > 3))
    assert.isTrue(holes.every((missing) => missing <= 12))
    assert.isTrue(bars.some((bar) => bar.volume === 0))
  })

  it("after millions of bars it is still a market: between a hundredth and a hundred times its start, and moving", () => {
    for (const seed of [1, 2]) {
      const market = makeSyntheticMarket({ ...options, seed })
      for (let million = 0; million < 2; million++) {
        market.skip(1_000_000)
        const bars = Array.from({ length: 100 }, () => market.next())
        for (const bar of bars) assert.isTrue(bar.close > 120_000 && bar.close < 1_200_000_000, bar.text)
        assert.isAbove(new Set(bars.map((bar) => bar.close)).size, 50)
      }
    }
  })
})
