/**
 * Histories that warm, books that part, leases that run out: what the actors do when their neighbours outside fail.
 * In: the memory desk with one service changed; time is the TestClock's. Out: rows and consequences.
 */
import { it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { assert, describe } from "vitest"
import { Lease } from "../../src/ports/Lease.ts"
import { Notifier } from "../../src/ports/Notifier.ts"
import { Venue } from "../../src/ports/Venue.ts"
import { desk, deskOn, only, play } from "./stage.ts"

const options = deskOn(11, 120)
const passing = Effect.forever(Effect.andThen(TestClock.adjust(250), Effect.yieldNow))

describe("the actors", () => {
  it.effect("Feed: history is journaled as seeds and decides nothing; the first bar after it is warm", () =>
    Effect.gen(function*() {
      const [history, candles] = [options.candles.slice(0, 70), options.candles.slice(70)]
      const { rows } = yield* play(desk({ ...options, candles, history }))
      assert.deepStrictEqual(
        only(rows, "CandleSeeded").map(({ openTime }) => openTime),
        history.map(({ openTime }) => openTime)
      )
      const records = only(rows, "DecisionMade").map(({ record }) => record)
      assert.strictEqual(records.length, candles.length)
      assert.isTrue(records.every(({ reason }) => reason !== "notWarm"))
    }))

  it.effect("Portfolio: books that differ from the venue's halt at once: no entry follows, one incident is opened", () =>
    Effect.gen(function*() {
      const told: Array<string> = []
      const lying = Layer.effect(
        Venue,
        Effect.map(Venue, (venue) =>
          Venue.of({
            ...venue,
            account: Effect.map(
              venue.account,
              (theirs) => ({ ...theirs, base: theirs.base + 1 as typeof theirs.base })
            )
          }))
      )
      const listening = Layer.succeed(Notifier, {
        notify: ({ key, tier }) => Effect.sync(() => void told.push(`${tier} ${key}`))
      })
      const { rows } = yield* play(desk(options, Layer.merge(lying, listening)), () => passing)
      const halted = rows.findIndex(({ event }) => event._tag === "ControlSet")
      const sent = only(rows.slice(halted), "OrderSending").map(({ order }) => order.purpose)
      assert.isTrue(halted > 0 && sent.every((purpose) => purpose === "protect"), sent.join(" "))
      assert.deepStrictEqual(
        only(rows, "ControlSet").map(({ control, incident }) => [control, incident])[0],
        ["halt", "LedgerMismatch"]
      )
      const codes = only(rows, "IncidentOpened").map(({ code }) => code)
      assert.strictEqual(codes.filter((code) => code === "LedgerMismatch").length, 1, "one incident a matter")
      assert.include(told, "Critical LedgerMismatch")
    }))

  it.effect("Lease: one that runs out makes the core start again under the next epoch", () =>
    Effect.gen(function*() {
      let epochs = 0
      let isValid = true
      const short = Layer.effect(
        Lease,
        Effect.map(Lease, (lease) =>
          Lease.of({
            acquire: Effect.map(lease.acquire, (held) => {
              epochs += 1
              return { ...held, isValid: () => isValid || epochs > 1 }
            })
          }))
      )
      const ran = yield* play(
        desk({ ...options, candles: options.candles.slice(0, 60) }, short),
        ({ supervision }) =>
          Effect.gen(function*() {
            isValid = false
            for (let step = 0; step < 40; step++) {
              yield* Effect.andThen(TestClock.adjust(250), Effect.yieldNow)
            }
            assert.isTrue(supervision.status().state !== "stopped")
          })
      )
      const failed = ran.events.flatMap((event) =>
        event._tag === "Failed" ? [`${event.child} ${event.fault}`] : []
      )
      assert.deepStrictEqual(failed, ["lease LeaseLost"])
      assert.strictEqual(epochs, 2)
    }))
})
