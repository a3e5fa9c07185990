/**
 * The bars between --from and --to, and those that only warm features.
 * In: columns of quarter hours with holes. Out: assertions on the stretch cut from them.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { clippedWords, stretchOf } from "../../../layers/backtest/period.ts"
import type { Period } from "../../../layers/backtest/period.ts"
import type { Market } from "../../../layers/backtest/Market.ts"
import { instrumentById } from "../../../src/domain/Instrument.ts"
import type { Instrument } from "../../../src/domain/Instrument.ts"
import { FIFTEEN_MINUTES as BAR } from "../../kit/syntheticBars.ts"

const START = Date.UTC(2024, 0, 1)
const instrument = instrumentById("binance:BTC/USDT") as Instrument

/** Bars of which those in `missing` are not there; every tenth has no volume. */
const market = (bars: number, missing: ReadonlyArray<number> = [], first = 0): Market => {
  const present = Array.from({ length: bars }, (_, index) => index).filter((index) =>
    !missing.includes(index)
  )
  const column = (of: (index: number) => number) => Float64Array.from(present, of)
  const price = column((index) => 100 + index)
  return {
    name: "m.csv",
    instrument,
    columns: {
      barMillis: BAR,
      openTime: column((index) => START + index * BAR),
      open: price,
      high: price,
      low: price,
      close: price,
      volume: column((index) => index % 10 === 0 ? 0 : 5)
    },
    first,
    facts: null,
    contentHash: "",
    notices: []
  }
}

const at = (bar: number): number => START + bar * BAR
const stretch = (on: Market, period: Partial<Period>) =>
  Effect.runSync(stretchOf(on, { from: null, to: null, ...period }))

describe("stretchOf", () => {
  it("without a period it is the whole file, and nothing only warms", () => {
    const whole = stretch(market(100), {})
    assert.deepStrictEqual([whole.bars, whole.warmUpBars, whole.from, whole.to], [100, 0, at(0), at(100)])
    assert.deepStrictEqual([whole.series.from, whole.series.to], [0, 100])
    assert.strictEqual(whole.withoutVolume, 10)
  })

  it("--from is the first open that counts, --to is exclusive: no bar that closes after it is there", () => {
    const cut = stretch(market(100), { from: at(20), to: at(30) })
    assert.deepStrictEqual([cut.bars, cut.from, cut.to], [10, at(20), at(30)])
    const inside = stretch(market(100), { from: at(20) + 1, to: at(30) - 1 })
    assert.deepStrictEqual([inside.bars, inside.from, inside.to], [8, at(21), at(29)])
    assert.strictEqual(
      cut.series.columns.openTime.length,
      cut.series.to,
      "nothing after the period is handed on"
    )
  })

  it("every bar before --from warms the features, so that a cut votes as the whole file does there", () => {
    const early = stretch(market(2_000), { from: at(300) })
    assert.deepStrictEqual([early.warmUpBars, early.series.from, early.series.to], [300, 300, 2_000])
    const late = stretch(market(2_000), { from: at(1_500), to: at(1_600) })
    assert.deepStrictEqual([late.warmUpBars, late.series.from, late.series.to], [1_500, 1_500, 1_600])
    assert.strictEqual(late.series.columns.openTime[0], at(0))
    assert.strictEqual(late.series.columns.openTime[late.series.from], at(1_500))
  })

  it("a market's own history is never traded, whatever the period", () => {
    const demo = stretch(market(500, [], 400), { from: at(10) })
    assert.deepStrictEqual([demo.bars, demo.warmUpBars, demo.from], [100, 400, at(400)])
  })

  it("missing bars are counted inside the period alone, with the longest run and where it begins", () => {
    const holes = [5, 21, 22, 23, 40, 90]
    const cut = stretch(market(100, holes), { from: at(20), to: at(60) })
    assert.deepStrictEqual(cut.gaps, { runs: 2, missing: 4, longest: 3, longestAt: at(21) })
    assert.strictEqual(cut.bars, 36)
  })

  it.effect("a period without a bar is refused with the period that the data cover", () =>
    Effect.gen(function*() {
      const periods: ReadonlyArray<Partial<Period>> = [
        { from: at(100) },
        { to: at(0) },
        { to: at(0) + 1 },
        { from: at(30) + 1, to: at(31) + 1 }
      ]
      for (const period of periods) {
        const fault = yield* Effect.flip(stretchOf(market(100), { from: null, to: null, ...period }))
        assert.strictEqual(fault._tag, "PeriodEmpty")
        assert.include(
          fault.message,
          "m.csv: there is no bar in the period; the data cover 2024-01-01T00:00Z to 2024-01-02T01:00Z"
        )
      }
      const none = yield* Effect.flip(stretchOf(market(0), { from: null, to: null }))
      assert.include(none.message, "no whole bar")
    }))
})

describe("clippedWords", () => {
  it("says where the data begin and end when the period reaches farther", () => {
    const words = (period: Period) => clippedWords(market(100), stretch(market(100), period), period, BAR)
    assert.deepStrictEqual(words({ from: at(0), to: at(100) }), [])
    assert.deepStrictEqual(words({ from: at(0) - 1, to: at(100) + 1 }), [])
    assert.deepStrictEqual(words({ from: at(-1), to: at(101) }), [
      "m.csv: the first bar from --from on opens at 2024-01-01T00:00Z",
      "m.csv: the last bar before --to closes at 2024-01-02T01:00Z"
    ])
  })
})
