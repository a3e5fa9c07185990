/**
 * What the actor kit measures: restarts, parkings, depth and traffic of mailboxes.
 * In: restarts as they happen, mailboxes as they are sampled. Out: Effect metrics, exported elsewhere.
 * Mailboxes count for themselves and are read now and then: nothing is measured for each message.
 */
import { Effect, Metric } from "effect"

/** Starts of a leaf after its first; `reason` is the tag of the failure behind it, or `sibling`. */
const restarts = Metric.counter("daruma_actor_restarts_total", {
  description: "restarts of an actor, by the failure behind them",
  incremental: true
})

const parkings = Metric.counter("daruma_actor_parkings_total", {
  description: "times that a group was parked because its budget was spent",
  incremental: true
})

const depth = Metric.gauge("daruma_actor_mailbox_depth", {
  description: "messages buffered in both lanes of an actor's mailbox"
})

const messages = Metric.counter("daruma_actor_messages_total", {
  description: "messages that an actor has taken from its mailbox",
  incremental: true
})

/** The part of an inbox that is measured. */
export interface Measured {
  readonly name: string
  readonly depth: () => number
  readonly handled: () => number
}

export const countRestart = (actor: string, reason: string): Effect.Effect<void> =>
  Metric.update(Metric.withAttributes(restarts, { actor, reason }), 1)

export const countParking = (group: string): Effect.Effect<void> =>
  Metric.update(Metric.withAttributes(parkings, { group }), 1)

/** One sample of all `mailboxes` each time it is run; make it once and run it on a schedule. */
export const sampleMailboxes = (mailboxes: ReadonlyArray<Measured>): Effect.Effect<void> => {
  const meters = mailboxes.map((mailbox) => ({
    mailbox,
    depth: Metric.withAttributes(depth, { actor: mailbox.name }),
    messages: Metric.withAttributes(messages, { actor: mailbox.name }),
    seen: 0
  }))
  return Effect.forEach(meters, (meter) => {
    const handled = meter.mailbox.handled()
    const fresh = handled - meter.seen
    meter.seen = handled
    return Effect.andThen(
      Metric.update(meter.depth, meter.mailbox.depth()),
      Metric.update(meter.messages, fresh)
    )
  }, { discard: true })
}
