/**
 * Bars in, feature rows out: holds the market windows, calls `observe` once a bar.
 * In: seeds and closed bars. Out: frozen observations for Inference; snapshots for the journal.
 * Its state is derived: a new incarnation takes the last snapshot and the journal's candles after it (decisions 6).
 */
import { Context, Effect, Layer } from "effect"
import type { JournalRow } from "../domain/Event.ts"
import type { Bar, Observation } from "../engine/Observation.ts"
import { freeze, makeMarketState, observe, restore, snapshotOf } from "../engine/observe.ts"
import { Journal } from "../ports/Journal.ts"
import { MachineTime } from "../ports/MachineTime.ts"
import { actor } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import { barOfText } from "./barOfText.ts"
import { Desk } from "./Desk.ts"
import { Mailboxes } from "./Mailboxes.ts"
import type { BarMessage, ClosedBar } from "./messages.ts"
import { Standing } from "./Standing.ts"

const SNAPSHOT_KIND = "features"
const SNAPSHOT_BARS = 256
const PAGE = 2_000

export class FeatureActor
  extends Context.Service<FeatureActor, Child<never>>()("daruma/actors/FeatureActor")
{
  static readonly layer: Layer.Layer<FeatureActor, never, Desk | Journal | Mailboxes | Standing> = Layer
    .effect(
      FeatureActor,
      Effect.gen(function*() {
        const desk = yield* Desk
        const journal = yield* Journal
        const mailboxes = yield* Mailboxes
        const standing = yield* Standing
        const machine = yield* MachineTime
        const options = {
          baseMillis: desk.baseMillis,
          higherMillis: desk.higherMillis,
          spec: desk.settings.spec
        }

        /** Last snapshot, then the candles after it: bit-equal to never having stopped. */
        const recover = Effect.gen(function*() {
          const snapshot = yield* journal.loadSnapshot(SNAPSHOT_KIND)
          const restored = snapshot === null ? undefined : restore(snapshot.body, options)
          const state = restored ?? makeMarketState(options)
          let last: Observation | null = null
          let cursor = restored === undefined || snapshot === null ? 0 : snapshot.seq
          while (true) {
            const rows = yield* journal.read(cursor, PAGE)
            for (const row of rows) {
              const bar = barOfRow(row)
              if (bar !== null && bar.closeTime > state.lastCloseTime) last = observe(state, bar)
              cursor = row.seq
            }
            if (rows.length < PAGE) return { state, last: last === null ? null : freeze(last) }
          }
        })

        return FeatureActor.of(actor({
          name: "feature",
          inbox: mailboxes.feature,
          start: Effect.gen(function*() {
            yield* standing.opened
            const { last, state } = yield* recover
            let newest: Observation | null = last
            let sinceSnapshot = 0
            const save = Effect.suspend(() => {
              sinceSnapshot = 0
              return mailboxes.journal.tell({
                _tag: "SaveSnapshot",
                kind: SNAPSHOT_KIND,
                body: snapshotOf(state)
              })
            })

            const onBar = Effect.fnUntraced(function*(message: ClosedBar) {
              const startMillis = machine.now()
              if (message.candle.closeTime > state.lastCloseTime) {
                newest = freeze(observe(state, message.candle))
                sinceSnapshot += 1
              }
              // A bar sent again after a restart: the same row goes on, so that the decision can be finished.
              if (newest === null || newest.bar.closeTime !== message.candle.closeTime) return
              message.marks.push({ stage: "observe", startMillis, endMillis: machine.now(), attributes: {} })
              yield* mailboxes.inference.tell({ bar: message, observation: newest })
              if (sinceSnapshot >= SNAPSHOT_BARS) yield* save
            })

            const onData = (message: BarMessage) => {
              if (message._tag === "Bar") return onBar(message)
              if (message.candle.closeTime > state.lastCloseTime) observe(state, message.candle)
              return Effect.void
            }
            // Rung at each intent and at drain.
            const onBell = Effect.suspend(() => sinceSnapshot > 0 ? save : Effect.void)
            return { onData, onBell }
          })
        }))
      })
    )
}

const barOfRow = (row: JournalRow): Bar | null =>
  row.event._tag === "CandleSeeded" || row.event._tag === "CandleClosed" ? barOfText(row.event) : null
