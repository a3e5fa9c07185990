/**
 * Brings closed bars in, one after the other; on a replayed market in lock step with everything a bar sets off.
 * In: the market. Out: bars for Feature; before each, the simulated venue's fills for that bar are journaled and protected.
 * It waits on levels, not on answers: after any restart downstream it sends its bar again and nothing is done twice.
 */
import { Context, Effect, Layer } from "effect"
import type { Candle } from "../domain/Candle.ts"
import type { Draft } from "../domain/Event.ts"
import type { AnyFault } from "../domain/Fault.ts"
import { Journal } from "../ports/Journal.ts"
import { MarketClock, MarketData, MarketSteps } from "../ports/MarketData.ts"
import { child } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import type { Desk } from "./Desk.ts"
import { makeDrafts } from "./drafts.ts"
import { Mailboxes } from "./Mailboxes.ts"
import type { BarMessage } from "./messages.ts"
import { isSettled, Progress } from "./Progress.ts"
import { Readers } from "./Readers.ts"
import { Standing } from "./Standing.ts"

const SEED_BATCH = 100

type Needs =
  | Desk
  | Journal
  | Mailboxes
  | MarketClock
  | MarketData
  | MarketSteps
  | Progress
  | Readers
  | Standing

export class FeedActor extends Context.Service<FeedActor, Child<never>>()("daruma/actors/FeedActor") {
  static readonly layer: Layer.Layer<FeedActor, never, Needs> = Layer.effect(
    FeedActor,
    Effect.gen(function*() {
      const journal = yield* Journal
      const clock = yield* MarketClock
      const market = yield* MarketData
      const steps = yield* MarketSteps
      const progress = yield* Progress
      const readers = yield* Readers
      const standing = yield* Standing
      const mailboxes = yield* Mailboxes
      const draft = yield* makeDrafts
      const inbox = mailboxes.feed
      const { replayed } = market.identity

      // A command is looked at between two waits; a bell only says "look again".
      const stop = () => {
        progress.feedStopped = true
        readers.ring()
      }
      const look = { control: stop, bell: () => {}, data: () => {}, empty: () => {}, closed: stop }

      /** Waits for a level; whatever restarts meanwhile may have lost our message, so it is sent again. */
      const until = Effect.fnUntraced(
        function*(reached: () => boolean, send: Effect.Effect<unknown, AnyFault>) {
          let restarts = progress.restarts
          yield* send
          while (!reached()) {
            yield* inbox.arrival
            inbox.turn(look)
            if (progress.restarts === restarts) continue
            restarts = progress.restarts
            yield* send
          }
        }
      )

      /** What the venue made of one half of the bar is journaled, and every position it left is protected. */
      const settled = Effect.fnUntraced(
        function*(instant: number, reportSeq: Effect.Effect<number, AnyFault>) {
          clock.advance(instant)
          const newest = yield* reportSeq
          if (isSettled(progress, newest)) return
          yield* until(() => isSettled(progress, newest), Effect.sync(() => mailboxes.venue.ring()))
        }
      )

      const release = Effect.fnUntraced(function*(candle: Candle) {
        if (replayed) {
          yield* settled(candle.openTime, steps.open(candle))
          yield* settled(candle.closeTime, steps.close(candle))
        } else clock.advance(candle.closeTime)
        const message: BarMessage = { _tag: "Bar", candle, foldedSeq: journal.head(), marks: [] }
        const send = mailboxes.feature.tell(message)
        if (replayed) yield* until(() => progress.closedThrough >= candle.closeTime, send)
        else yield* send
      })

      /** History only warms features; its bars are rows all the same, so that a journal replays alone (decisions 6). */
      const seed = Effect.gen(function*() {
        const history = yield* market.history
        const missing = history.filter((candle) => candle.openTime > (progress.lastOpenTime ?? -1))
        const newest = missing.at(-1)
        if (newest === undefined || progress.decisions > 0) return
        for (let from = 0; from < missing.length; from += SEED_BATCH) {
          const batch = missing.slice(from, from + SEED_BATCH)
          const last = batch.at(-1)
          if (last === undefined) break
          clock.advance(last.closeTime)
          const drafts = batch.map((candle): Draft => seeded(candle, draft))
          yield* until(
            () => (progress.lastOpenTime ?? -1) >= last.openTime,
            mailboxes.journal.tell({ _tag: "Append", drafts })
          )
        }
        for (const candle of history) yield* mailboxes.feature.tell({ _tag: "Seed", candle })
      })

      const run = Effect.gen(function*() {
        yield* standing.opened
        yield* until(
          () => progress.converged || progress.feedStopped,
          Effect.sync(() => mailboxes.reconciler.ring())
        )
        yield* until(
          () => isSettled(progress, progress.reportSeq) || progress.feedStopped,
          Effect.sync(() => mailboxes.protection.ring())
        )
        if (!progress.feedStopped) yield* seed
        while (!progress.feedStopped) {
          progress.feedWaiting = true
          readers.ring()
          const event = yield* market.next(progress.lastOpenTime)
          inbox.turn(look)
          if (progress.feedStopped) break
          progress.feedWaiting = false
          if (event._tag === "Ended") {
            progress.marketEnded = true
            progress.feedStopped = true
          } else yield* release(event.candle)
        }
        readers.ring()
      })
      return FeedActor.of(child("feed", run, { restart: "transient" }))
    })
  )
}

const seeded = (
  candle: Candle,
  draft: (...args: Parameters<Effect.Success<typeof makeDrafts>>) => Draft
): Draft => ({
  ...draft(
    { _tag: "CandleSeeded", openTime: candle.openTime, closeTime: candle.closeTime, text: candle.text },
    null,
    null
  ),
  instant: candle.closeTime
})
