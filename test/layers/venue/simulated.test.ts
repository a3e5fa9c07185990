/**
 * The simulated venue keeps the venue's contract, in memory and on its ledger; the ledger outlives the process.
 * In: the contract suite, and venues closed and opened again. Out: books as they were.
 * The journal has no part in any of it (decisions 35).
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { layerReplayed } from "../../../layers/market-data/MarketClocks.ts"
import * as Simulated from "../../../layers/venue/Simulated.ts"
import type { AnyFault } from "../../../src/domain/Fault.ts"
import { MarketClock } from "../../../src/ports/MarketData.ts"
import type { MarketSteps } from "../../../src/ports/MarketData.ts"
import { Venue } from "../../../src/ports/Venue.ts"
import type { ExchangeOptions } from "../../../src/simulator/Exchange.ts"
import { barOf, EXCHANGE, play, venueContract } from "../../contract/venue.ts"
import { temporaryFolder } from "../../kit/folder.ts"
import { orderOf, priceOf } from "../../kit/rows.ts"

const onFile = (folder: string, options: ExchangeOptions = EXCHANGE) =>
  Layer.fresh(
    Layer.provideMerge(Simulated.layer({ ...options, path: join(folder, "venue.sqlite") }), layerReplayed)
  )

venueContract("memory", () => Layer.fresh(Layer.provideMerge(Simulated.layerMemory(EXCHANGE), layerReplayed)))
venueContract("ledger", () => Layer.unwrap(Effect.map(temporaryFolder, (folder) => onFile(folder))))

const inFolder = (words: string, run: (folder: string) => Effect.Effect<void, AnyFault>) =>
  it.effect(words, () => Effect.scoped(Effect.flatMap(temporaryFolder, run)))

const session = <A>(folder: string, run: Effect.Effect<A, AnyFault, MarketClock | MarketSteps | Venue>) =>
  Effect.provide(run, onFile(folder))

/** The books as seen from the end of all bars: a market clock begins anew with each session. */
const everything = Effect.gen(function*() {
  const venue = yield* Venue
  const clock = yield* MarketClock
  clock.advance(barOf(100, 1).closeTime)
  return { account: yield* venue.account, reports: yield* venue.reports(0) }
})

const entered = Effect.gen(function*() {
  const venue = yield* Venue
  yield* play(barOf(1, 12_000_000))
  yield* venue.submit(orderOf())
  yield* play(barOf(2, 12_000_000))
  const stop = { leg: "stop", purpose: "protect", side: "sell", type: "stop", reduceOnly: true } as const
  yield* venue.submit(orderOf({ ...stop, trigger: priceOf(11_900_000) }))
  return yield* everything
})

describe("Simulated venue's ledger", () => {
  inFolder(
    "a restart keeps balances, working orders, reports and accepted intents (P-38)",
    (folder) =>
      Effect.gen(function*() {
        const before = yield* session(folder, entered)
        assert.strictEqual(before.account.orders.length, 1)
        assert.deepStrictEqual(yield* session(folder, everything), before)
        const again = yield* session(folder, Effect.flatMap(Venue, (venue) => venue.submit(orderOf())))
        assert.strictEqual(again._tag, "Refused")
        const after = yield* session(
          folder,
          Effect.andThen(play(barOf(3, 12_000_000, 11_800_000)), everything)
        )
        assert.deepStrictEqual([after.account.base, after.reports.length], [0, 2])
      })
  )

  inFolder(
    "a market replayed from before the restart gives the recorded reports, each when its bar comes again, and no new ones",
    (folder) =>
      Effect.gen(function*() {
        const before = yield* session(folder, entered)
        const after = yield* session(
          folder,
          Effect.gen(function*() {
            const venue = yield* Venue
            assert.deepStrictEqual(yield* play(barOf(1, 12_000_000)), [0, 0])
            assert.deepStrictEqual(yield* venue.reports(0), [])
            assert.deepStrictEqual(yield* play(barOf(2, 12_000_000)), [1, 1])
            return yield* everything
          })
        )
        assert.deepStrictEqual(after, before)
      })
  )

  inFolder(
    "killing it after any bar gives the same end as never killing it",
    (folder) =>
      Effect.gen(function*() {
        const bars = Array.from(
          { length: 12 },
          (_, index) => barOf(index + 1, 12_000_000 + (index % 5) * 30_000)
        )
        const day = (index: number) =>
          Effect.gen(function*() {
            yield* play(bars[index] as never)
            const venue = yield* Venue
            if (index % 4 === 0) yield* venue.submit(orderOf({ decisionId: `in ${index}` }))
            const exit = { leg: "exit", purpose: "exit", side: "sell", reduceOnly: true } as const
            if (index % 4 === 2) yield* venue.submit(orderOf({ ...exit, decisionId: `out ${index}` }))
          })
        const days = bars.map((_, index) => index)
        const whole = yield* session(
          join(folder, "whole"),
          Effect.andThen(Effect.forEach(days, day), everything)
        )
        for (const index of days) yield* session(join(folder, "cut"), day(index))
        assert.isAbove(whole.reports.length, 4)
        assert.deepStrictEqual(yield* session(join(folder, "cut"), everything), whole)
      })
  )

  inFolder(
    "a limit that met the market before a restart still rests: it is a maker when a later bar opens through it",
    (folder) =>
      Effect.gen(function*() {
        const limit = orderOf({ type: "limit", price: priceOf(12_005_000) })
        yield* session(
          folder,
          Effect.andThen(play(barOf(1, 12_030_000)), Effect.flatMap(Venue, (venue) => venue.submit(limit)))
        )
        yield* session(folder, play(barOf(2, 12_030_000)))
        const { reports } = yield* session(folder, Effect.andThen(play(barOf(3, 12_000_000)), everything))
        assert.deepStrictEqual(
          reports.map((report) => report._tag === "Filled" ? report.liquidity : report._tag),
          ["maker"]
        )
      })
  )

  inFolder("a bar in which nothing happens is written nowhere", (folder) =>
    Effect.gen(function*() {
      const changes = () => {
        const database = new DatabaseSync(join(folder, "venue.sqlite"), { readOnly: true })
        const state = database.prepare("SELECT count(*) AS n FROM state").get()?.["n"]
        database.close()
        return state
      }
      yield* session(
        folder,
        Effect.gen(function*() {
          for (let index = 1; index < 50; index++) yield* play(barOf(index, 12_000_000))
          assert.strictEqual(changes(), 0)
          yield* Effect.flatMap(Venue, (venue) => venue.submit(orderOf()))
          assert.strictEqual(changes(), 1)
        })
      )
    }))

  inFolder("another instrument's or account's ledger is refused", (folder) =>
    Effect.gen(function*() {
      yield* session(folder, entered)
      const fault = yield* Effect.match(
        Effect.provide(everything, onFile(folder, { ...EXCHANGE, account: "margin" })),
        {
          onFailure: (found): AnyFault | null => found,
          onSuccess: () => null
        }
      )
      assert.deepStrictEqual([fault?._tag, fault?.severity], ["VenueLedgerForeign", "High"])
    }))

  inFolder(
    "an order that could not be written is Unknown, and then provably absent",
    (folder) =>
      session(
        folder,
        Effect.gen(function*() {
          const venue = yield* Venue
          yield* play(barOf(1, 12_000_000))
          yield* venue.submit(orderOf({ decisionId: "first" }))
          const blocker = new DatabaseSync(join(folder, "venue.sqlite"))
          blocker.exec(
            "CREATE TRIGGER broken BEFORE INSERT ON venue_order BEGIN SELECT RAISE(ABORT, 'no'); END"
          )
          const order = orderOf({ decisionId: "second" })
          assert.strictEqual((yield* venue.submit(order))._tag, "Unknown")
          assert.deepStrictEqual(yield* venue.lookup(order.intentId), { _tag: "NotFound" })
          assert.strictEqual((yield* venue.account).orders.length, 1)
          blocker.exec("DROP TRIGGER broken")
          blocker.close()
          assert.strictEqual((yield* venue.submit(order))._tag, "Accepted")
        })
      )
  )
})
