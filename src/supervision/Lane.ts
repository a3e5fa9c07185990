/**
 * One lane of a mailbox: a bounded first-in-first-out ring with tellers parked behind it.
 * In: messages. Out: messages in the order told; a full lane suspends its tellers, who are served in order too.
 * Here, apart from Mailbox.ts, because the two lanes of a mailbox are the same thing twice.
 */
import { Effect } from "effect"
import type { Scheduler } from "effect"

interface Waiting<A> {
  readonly message: A
  readonly accepted: () => void
}

const ACCEPTED = Effect.succeed(true)
const REFUSED = Effect.succeed(false)

/** Bounded FIFO; `capacity` is a positive whole number of messages, tellers beyond it suspend. */
export class Lane<A> {
  private readonly buffer: Array<A | undefined>
  private readonly capacity: number
  private readonly onArrival: () => void
  private readonly waiting = new Set<Waiting<A>>()
  private head = 0
  private isClosed = false
  /** Messages buffered now; tellers that wait are not counted. */
  size = 0
  /** Messages taken since the lane was made. */
  taken = 0

  constructor(capacity: number, onArrival: () => void) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(`a lane's capacity is a positive whole number, not ${capacity}`)
    }
    this.capacity = capacity
    this.buffer = new Array<A | undefined>(capacity).fill(undefined)
    this.onArrival = onArrival
  }

  /** True once accepted, in order; false if the lane was closed before the tell began. */
  offer(message: A): Effect.Effect<boolean> {
    if (this.isClosed) return REFUSED
    if (this.size === this.capacity) return this.park(message)
    this.put(message)
    this.onArrival()
    return ACCEPTED
  }

  /** The oldest message; call only while `size > 0`. Its place goes to the teller that waits longest. */
  take(): A {
    const message = this.buffer[this.head] as A
    this.buffer[this.head] = undefined
    this.head = this.head + 1 === this.capacity ? 0 : this.head + 1
    this.size -= 1
    this.taken += 1
    if (this.waiting.size > 0) this.admit()
    return message
  }

  /** Refuses new tells; what is buffered, and whoever waits already, is still delivered. */
  close(): void {
    this.isClosed = true
  }

  private put(message: A): void {
    const end = this.head + this.size
    this.buffer[end >= this.capacity ? end - this.capacity : end] = message
    this.size += 1
  }

  private admit(): void {
    for (const first of this.waiting) {
      this.waiting.delete(first)
      this.put(first.message)
      first.accepted()
      return
    }
  }

  /** The teller goes on in a later turn of its scheduler, so that the taker keeps its message in hand. */
  private park(message: A): Effect.Effect<boolean> {
    const { waiting } = this
    return Effect.callback<boolean>(function(this: Scheduler.Scheduler, resume) {
      const dispatcher = this.makeDispatcher()
      const entry: Waiting<A> = {
        message,
        accepted: () => dispatcher.scheduleTask(() => resume(ACCEPTED), 0)
      }
      waiting.add(entry)
      return Effect.sync(() => {
        waiting.delete(entry)
      })
    })
  }
}
