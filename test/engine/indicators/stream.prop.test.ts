/**
 * A stream, a stream that was interrupted, and a batch are the same numbers, bit for bit; for every indicator there is.
 * In: seeded bars with pauses and jumps, any parameters, any places to stop. Out: equal float64 words.
 * A live desk is restored from a snapshot in the middle of a window: nothing of it may show (decisions 6).
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { encode } from "../../../src/engine/features/frameSnapshot.ts"
import { indicatorColumns } from "../../../src/engine/indicators/batch.ts"
import type { Indicator } from "../../../src/engine/indicators/Indicator.ts"
import { indicatorOf, INDICATORS } from "../../../src/engine/indicators/registry.ts"
import { barsOf, madeColumns } from "./series.ts"

const Drawn = Schema.Struct({
  seed: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })),
  which: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: INDICATORS.length - 1 })),
  short: Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 12 })),
  long: Schema.Int.check(Schema.isBetween({ minimum: 13, maximum: 60 })),
  stops: Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 299 }))).check(
    Schema.isMaxLength(4)
  )
})

/** The drawn indicator with drawn spans where its numbers are spans, else its defaults. */
const drawn = ({ long, short, which }: typeof Drawn.Type): Indicator => {
  const { name } = INDICATORS[which]!
  for (const text of [`${name}(${short},${long})`, `${name}(${long})`, name]) {
    const indicator = indicatorOf(text)
    if (!("problem" in indicator)) return indicator
  }
  return assert.fail(`${name} has defaults`)
}

/** Through JSON, as the journal keeps it. */
const throughText = (snapshot: ReadonlyArray<number>): ReadonlyArray<number> =>
  JSON.parse(JSON.stringify(snapshot.map(encode))).map(Number)

const words = (values: ArrayLike<number>): BigUint64Array =>
  // One NaN is like another.
  new BigUint64Array(Float64Array.from(values, (value) => value === value ? value : NaN).buffer)

describe("indicators", () => {
  it.prop("a stream restored from snapshots anywhere equals the batch, bit for bit", [Drawn], ([draw]) => {
    const indicator = drawn(draw)
    const columns = madeColumns(draw.seed, 300, true)
    const batch = indicatorColumns(indicator, columns)
    let state = indicator.make()
    const stream = indicator.outputs.map(() => new Float64Array(300))
    barsOf(columns).forEach((bar, index) => {
      if (draw.stops.includes(index)) {
        const next = indicator.make()
        next.restore(throughText(state.snapshot()))
        assert.deepStrictEqual(words(next.values), words(state.values))
        state = next
      }
      state.step(bar)
      stream.forEach((values, output) => values[index] = state.values[output]!)
    })
    stream.forEach((values, output) => {
      assert.deepStrictEqual(
        words(values),
        words(batch[output]!),
        `${indicator.id} ${indicator.outputs[output]}`
      )
    })
  }, { arbitrary: { runs: 200 } })

  it.each(INDICATORS.map(({ name }) => name))(
    "%s restored amid its warm-up or later goes on unchanged",
    (name) => {
      const indicator = indicatorOf(name)
      assert(!("problem" in indicator))
      const bars = barsOf(madeColumns(3, 200, true))
      for (const stop of [1, Math.max(1, indicator.warmup - 1), indicator.warmup + 1, 120]) {
        const [whole, before, after] = [indicator.make(), indicator.make(), indicator.make()]
        bars.forEach((bar) => whole.step(bar))
        bars.slice(0, stop).forEach((bar) => before.step(bar))
        after.restore(throughText(before.snapshot()))
        bars.slice(stop).forEach((bar) => after.step(bar))
        assert.deepStrictEqual(words(after.values), words(whole.values), `stopped at ${stop}`)
        assert.deepStrictEqual(words(after.snapshot()), words(whole.snapshot()), `stopped at ${stop}`)
      }
    }
  )

  it.each(INDICATORS.map(({ name }) => name))("%s begins anew after reset", (name) => {
    const indicator = indicatorOf(name)
    assert(!("problem" in indicator))
    const bars = barsOf(madeColumns(4, 150, true))
    const [fresh, used] = [indicator.make(), indicator.make()]
    bars.forEach((bar) => used.step(bar))
    used.reset()
    assert.deepStrictEqual(words(used.snapshot()), words(fresh.snapshot()))
  })
})
