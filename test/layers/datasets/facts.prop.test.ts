/**
 * What is called a jump or a wide bar is what the engine refuses entries on.
 * In: any two bars. Out: the file's facts and the engine's own judgement of the second agree.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { DEFAULT_LIMITS } from "../../../layers/datasets/consequences.ts"
import { factsOf } from "../../../layers/datasets/facts.ts"
import { anomaliesOf, makeAnomalyWindow, pushBar } from "../../../src/engine/risk/anomaly.ts"

const MINUTE = 60_000
const Cents = Schema.Int.check(Schema.isBetween({ minimum: 7_000, maximum: 14_000 }))
const Bar = Schema.Struct({ open: Cents, close: Cents, above: Cents, below: Cents })

const barOf = (index: number, { above, below, close, open }: typeof Bar.Type) => ({
  openTime: index * MINUTE,
  closeTime: (index + 1) * MINUTE,
  open,
  high: Math.max(open, close) + (above - 7_000) / 10,
  low: Math.min(open, close) - (below - 7_000) / 10,
  close,
  volume: 1
})

describe("factsOf", () => {
  let refused = 0

  it.prop(
    "a bar is a jump or wide exactly when the engine calls it absurd",
    { first: Bar, second: Bar },
    ({ first, second }) => {
      const bars = [barOf(1, first), barOf(2, second)]
      const window = makeAnomalyWindow()
      let absurd = 0
      for (const bar of bars) {
        pushBar(window, bar)
        absurd += anomaliesOf(window, { anomalyScore: 3, anomalyMove: DEFAULT_LIMITS.anomalyMove }).criticals
      }
      const column = (name: "openTime" | "open" | "high" | "low" | "close" | "volume") =>
        Float64Array.from(bars, (bar) => bar[name])
      const factsOfBars = (from: number) =>
        factsOf({
          openTime: column("openTime").subarray(from),
          open: column("open").subarray(from),
          high: column("high").subarray(from),
          low: column("low").subarray(from),
          close: column("close").subarray(from),
          volume: column("volume").subarray(from),
          volumeDigits: new Uint8Array(2 - from)
        }, MINUTE)
      const both = factsOfBars(0)
      const wideSecond = factsOfBars(1).wideBars
      const wideFirst = both.wideBars - wideSecond
      assert.strictEqual(absurd, wideFirst + Math.max(wideSecond, both.spikes.count))
      refused += absurd
    },
    { arbitrary: { runs: 200, seed: 7 } }
  )

  it("met bars of both kinds", () => {
    assert.isAbove(refused, 20)
    assert.isBelow(refused, 380)
  })
})
