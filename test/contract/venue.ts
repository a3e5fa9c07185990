/**
 * What any simulated venue must do: the contract, run once per layer.
 * In: a layer with the market's clock. Out: vitest cases.
 * The rules of filling are the simulator's own tests; here is what the ports promise.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Layer } from "effect"
import type { Candle } from "../../src/domain/Candle.ts"
import type { AnyFault } from "../../src/domain/Fault.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import type { Ppm, Quote } from "../../src/domain/money.ts"
import { MarketClock, MarketSteps } from "../../src/ports/MarketData.ts"
import { Venue } from "../../src/ports/Venue.ts"
import type { ExchangeOptions } from "../../src/simulator/Exchange.ts"
import { INSTRUMENT_ID, orderOf, priceOf } from "../kit/rows.ts"

/** 500,000 yen in spot, no slippage, whole bars may be taken. */
export const EXCHANGE: ExchangeOptions = {
  instrument: instrumentById(INSTRUMENT_ID) as Instrument,
  account: "spot",
  capital: 5_000_000_000 as Quote,
  slippage: 0 as Ppm,
  latencyMs: 0,
  participation: 1,
  interestPerDay: 400 as Ppm
}

type Needs = MarketClock | MarketSteps | Venue

/** Bar `index` of 15 minutes around `price` yen. */
export const barOf = (index: number, price: number, low = price - 1_000): Candle => {
  const openTime = index * 900_000
  const text = `${price},${price + 1_000},${low},${price},10`
  return {
    openTime,
    closeTime: openTime + 900_000,
    open: price,
    high: price + 1_000,
    low,
    close: price,
    volume: 10,
    text
  }
}

/** Plays a bar as the feed does; returns the newest report after its open and after its close. */
export const play = Effect.fnUntraced(function*(bar: Candle) {
  const steps = yield* MarketSteps
  const clock = yield* MarketClock
  clock.advance(bar.openTime)
  const opened = yield* steps.open(bar)
  clock.advance(bar.closeTime)
  const closed = yield* steps.close(bar)
  return [opened, closed] as const
})

export const venueContract = (name: string, stand: () => Layer.Layer<Needs, AnyFault>): void => {
  const test = (words: string, run: Effect.Effect<void, AnyFault, Needs>) =>
    it.effect(words, () => Effect.provide(run, stand()))

  describe(`Venue contract: ${name}`, () => {
    test(
      "an accepted order is found by its intent, a refused or unsent one provably not",
      Effect.gen(function*() {
        const venue = yield* Venue
        yield* play(barOf(1, 12_000_000))
        const order = orderOf()
        assert.deepStrictEqual(yield* venue.submit(order), { _tag: "Accepted", venueOrderId: "S-1" })
        assert.deepStrictEqual(yield* venue.lookup(order.intentId), { _tag: "Found", venueOrderId: "S-1" })
        const tooSmall = orderOf({ decisionId: "other", amount: 1 as never })
        assert.strictEqual((yield* venue.submit(tooSmall))._tag, "Refused")
        assert.deepStrictEqual(yield* venue.lookup(tooSmall.intentId), { _tag: "NotFound" })
        assert.deepStrictEqual(yield* venue.lookup("never sent"), { _tag: "NotFound" })
        assert.isTrue(venue.capabilities.authoritativeLookup)
      })
    )

    test(
      "an intent that comes twice is refused the second time and fills once (L-6)",
      Effect.gen(function*() {
        const venue = yield* Venue
        yield* play(barOf(1, 12_000_000))
        yield* venue.submit(orderOf())
        assert.strictEqual((yield* venue.submit(orderOf()))._tag, "Refused")
        yield* play(barOf(2, 12_000_000))
        assert.strictEqual((yield* venue.account).base, 100_000)
      })
    )

    test(
      "reports are read by cursor, in order, as often as one likes",
      Effect.gen(function*() {
        const venue = yield* Venue
        yield* play(barOf(1, 12_000_000))
        yield* venue.submit(orderOf())
        assert.deepStrictEqual(yield* play(barOf(2, 12_000_000)), [1, 1])
        yield* venue.submit(orderOf({ leg: "exit", purpose: "exit", side: "sell", reduceOnly: true }))
        assert.deepStrictEqual(yield* play(barOf(3, 12_100_000)), [2, 2])
        const all = yield* venue.reports(0)
        assert.deepStrictEqual(all.map((report) => [report.reportSeq, report._tag]), [[1, "Filled"], [
          2,
          "Filled"
        ]])
        assert.deepStrictEqual(yield* venue.reports(0), all)
        assert.deepStrictEqual(yield* venue.reports(1), all.slice(1))
        assert.deepStrictEqual(yield* venue.reports(2), [])
        assert.strictEqual((yield* venue.account).lastReportSeq, 2)
      })
    )

    test(
      "a bar that comes again changes nothing",
      Effect.gen(function*() {
        const venue = yield* Venue
        yield* play(barOf(1, 12_000_000))
        yield* venue.submit(orderOf())
        yield* play(barOf(2, 12_000_000))
        const before = [yield* venue.account, yield* venue.reports(0)]
        for (const bar of [barOf(1, 12_000_000), barOf(2, 12_000_000)]) {
          assert.deepStrictEqual(yield* play(bar), [1, 1])
        }
        assert.deepStrictEqual([yield* venue.account, yield* venue.reports(0)], before)
      })
    )

    test(
      "a stop sent between open and close of a bar works inside it",
      Effect.gen(function*() {
        const venue = yield* Venue
        const steps = yield* MarketSteps
        yield* play(barOf(1, 12_000_000))
        yield* venue.submit(orderOf())
        const bar = barOf(2, 12_000_000, 11_800_000)
        const clock = yield* MarketClock
        clock.advance(bar.openTime)
        yield* steps.open(bar)
        const stop = orderOf({
          leg: "stop",
          purpose: "protect",
          side: "sell",
          type: "stop",
          trigger: priceOf(11_900_000),
          reduceOnly: true
        })
        assert.strictEqual((yield* venue.submit(stop))._tag, "Accepted")
        clock.advance(bar.closeTime)
        assert.strictEqual(yield* steps.close(bar), 2)
        const { base, orders } = yield* venue.account
        assert.deepStrictEqual([base, orders], [0, []])
      })
    )
  })
}
