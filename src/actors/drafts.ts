/**
 * One maker of row drafts: instant from market time, instrument from the desk, causation from the caller.
 * In: an event. Out: a Draft.
 * Here so that no actor invents an instant.
 */
import { Effect } from "effect"
import type { Draft, JournalEvent } from "../domain/Event.ts"
import { MarketClock } from "../ports/MarketData.ts"
import { Desk } from "./Desk.ts"

export type MakeDraft = (event: JournalEvent, decisionId: string | null, causationId: string | null) => Draft

export const makeDrafts: Effect.Effect<MakeDraft, never, Desk | MarketClock> = Effect.gen(function*() {
  const desk = yield* Desk
  const clock = yield* MarketClock
  return (event, decisionId, causationId) => ({
    event,
    instant: clock.now(),
    instrument: desk.instrument.id,
    decisionId,
    causationId
  })
})
