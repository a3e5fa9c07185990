/**
 * The two drivers of the one core, run over the same bars and brought to the same form.
 * In: a desk's options. Out: every decision record and every ledger event as text, byte for byte comparable.
 */
import { Effect } from "effect"
import type { Layer } from "effect"
import { runLoop } from "../../src/backtest/loop.ts"
import type { JournalEvent } from "../../src/domain/Event.ts"
import { higherMillis } from "../../src/domain/timeframe.ts"
import { recordOf } from "../../src/engine/record.ts"
import { deskLayer } from "../../layers/test.ts"
import type { TestDeskOptions } from "../../layers/test.ts"
import { runToEnd } from "./runActors.ts"

export interface Driven {
  readonly decisions: ReadonlyArray<string>
  readonly events: ReadonlyArray<string>
  readonly reasons: ReadonlyMap<string, number>
}

const count = (reasons: Map<string, number>, names: ReadonlyArray<string>) => {
  for (const name of names) reasons.set(name, (reasons.get(name) ?? 0) + 1)
}

/** The bare loop. */
export const byLoop = (options: TestDeskOptions): Driven => {
  const decisions: Array<string> = []
  const events: Array<string> = []
  const reasons = new Map<string, number>()
  runLoop({
    ...options,
    history: options.history ?? [],
    higherMillis: higherMillis(options.baseMillis),
    onDecision: (decision) => {
      decisions.push(JSON.stringify(recordOf(decision)))
      count(reasons, [decision.reason, ...decision.refusals.slice(1)])
    },
    onEvent: (event) => events.push(JSON.stringify(event))
  })
  return { decisions, events, reasons }
}

/** Ledger events: what both drivers fold, in the order in which they fold it. */
const isLedger = (event: JournalEvent): boolean =>
  event._tag.startsWith("Order") || event._tag === "VenueReported"

/** The supervised actors, from their journal; `desk` may be any desk, the one in memory if left out. */
export const byActors = (options: TestDeskOptions, desk: ReturnType<typeof deskLayer> = deskLayer(options)) =>
  Effect.map(
    runToEnd.pipe(Effect.provide(desk as Layer.Layer<Layer.Success<typeof desk>>)),
    ({ rows }): Driven => {
      const decisions: Array<string> = []
      const events: Array<string> = []
      const reasons = new Map<string, number>()
      for (const { event } of rows) {
        if (isLedger(event)) events.push(JSON.stringify(event))
        if (event._tag !== "DecisionMade") continue
        decisions.push(JSON.stringify(event.record))
        count(reasons, [event.record.reason, ...event.record.refusals.slice(1)])
      }
      return { decisions, events, reasons }
    }
  )
