/**
 * An actor's mailbox: two bounded lanes and a bell, in the order control, bell, data.
 * In: `tell`, `command`, `ring`. Out: one turn at a time to the one actor that holds the inbox side.
 * It lives outside the incarnation, so that a crash loses only the message in hand.
 */
import { Effect } from "effect"
import type { Scheduler } from "effect"
import { Lane } from "./Lane.ts"

/** The side that others hold. No actor holds another: it holds mailboxes. */
export interface Mailbox<Data, Control = never> {
  readonly name: string
  /** Suspends while the lane is full, tellers served in order; false once closed. The receiver may run at once. */
  readonly tell: (message: Data) => Effect.Effect<boolean>
  /** Control lane: bounded to 64, suspends, never shed, looked at before each data message; false once closed. */
  readonly command: (message: Control) => Effect.Effect<boolean>
  /** Synchronous and coalescing, so that many rings before the next look are one. Never runs the receiver inline. */
  readonly ring: () => void
  /** Messages buffered in both lanes; tellers that wait are not counted. */
  readonly depth: () => number
  /** Refuses new messages. What is buffered, and who waits already, is still delivered; then the actor ends. */
  readonly close: Effect.Effect<void>
}

/** What one look into the inbox finds; exactly one of these is called. */
export interface Turns<Data, Control, A> {
  readonly control: (message: Control) => A
  readonly bell: () => A
  readonly data: (message: Data) => A
  readonly empty: () => A
  /** Closed and drained: nothing will ever come again. */
  readonly closed: () => A
}

/** The side that one actor holds: a single reader at a time. */
export interface Inbox<Data, Control = never> {
  readonly name: string
  /** Takes the next thing without waiting: control, else bell, else one data message. */
  readonly turn: <A>(turns: Turns<Data, Control, A>) => A
  /** Up to `max` further data messages without waiting, for actors that work in batches. */
  readonly further: (max: number) => ReadonlyArray<Data>
  /** Waits until `turn` has something to say; may resume early, so look again. */
  readonly arrival: Effect.Effect<void>
  readonly depth: () => number
  /** Messages taken from both lanes since the mailbox was made. */
  readonly handled: () => number
}

/** Messages that the control lane holds (source: reliability 7.5). */
export const CONTROL_CAPACITY = 64

/** Receivers resumed inside one another's tell; deeper than this a wake-up goes through the scheduler instead. */
const MAX_NESTING = 32
let nesting = 0

/** A mailbox of `capacity` data messages, made without an effect so that a tree can be written down as data. */
export const makeMailbox = <Data, Control = never>(
  options: { readonly name: string; readonly capacity: number }
): Mailbox<Data, Control> & Inbox<Data, Control> => {
  let isClosed = false
  let isRung = false
  let reader: ((effect: Effect.Effect<void>) => void) | undefined
  let scheduler: Scheduler.Scheduler | undefined
  let dispatcher: Scheduler.SchedulerDispatcher | undefined

  const wakeLater = (): void => {
    const resume = reader
    if (resume === undefined) return
    reader = undefined
    dispatcher?.scheduleTask(() => resume(Effect.void), 0)
  }
  /** Resumes the reader on the spot: a hop costs no turn of the event loop. */
  const wakeNow = (): void => {
    if (reader === undefined) return
    if (nesting >= MAX_NESTING) return wakeLater()
    const resume = reader
    reader = undefined
    nesting += 1
    try {
      resume(Effect.void)
    } finally {
      nesting -= 1
    }
  }
  const data = new Lane<Data>(options.capacity, wakeNow)
  const control = new Lane<Control>(CONTROL_CAPACITY, wakeNow)
  const hasNews = (): boolean => control.size > 0 || isRung || data.size > 0 || isClosed
  // No finalizer: a reader interrupted while parked is never resumed twice, and the next one looks before it parks.
  const arrival = Effect.callback<void>(function(this: Scheduler.Scheduler, resume) {
    if (hasNews()) return resume(Effect.void)
    if (scheduler !== this || dispatcher === undefined) {
      scheduler = this
      dispatcher = this.makeDispatcher()
    }
    reader = resume
  })

  return {
    name: options.name,
    tell: (message) => Effect.suspend(() => data.offer(message)),
    command: (message) => Effect.suspend(() => control.offer(message)),
    ring: () => {
      isRung = true
      wakeLater()
    },
    depth: () => control.size + data.size,
    handled: () => control.taken + data.taken,
    close: Effect.sync(() => {
      isClosed = true
      control.close()
      data.close()
      wakeLater()
    }),
    turn: (turns) => {
      if (control.size > 0) return turns.control(control.take())
      if (isRung) {
        isRung = false
        return turns.bell()
      }
      if (data.size > 0) return turns.data(data.take())
      return isClosed ? turns.closed() : turns.empty()
    },
    further: (max) => {
      const batch: Array<Data> = []
      while (batch.length < max && data.size > 0) batch.push(data.take())
      return batch
    },
    arrival
  }
}
