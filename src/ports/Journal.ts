/**
 * The journal as its users see it: append, read by cursor, and the one commit that lets an order go.
 * In: drafts. Out: rows with sequence and hash; nothing is known before it is written (architecture 1, decisions 2-6).
 * Contract only; layers/journal holds memory and SQLite. JournalActor is the only writer.
 */
import { Context } from "effect"
import type { Effect } from "effect"
import type { Draft, JournalRow } from "../domain/Event.ts"
import type { AnyFault } from "../domain/Fault.ts"
import type { ApprovedOrder } from "../domain/Order.ts"

/** The answer to "may this order go?", decided inside the transaction that stores it. */
export type SendPermit =
  | {
    readonly _tag: "Sending"
    readonly rows: ReadonlyArray<JournalRow>
    readonly t0: number
    readonly settleBy: number
  }
  | {
    readonly _tag: "Denied"
    /** The rows of `before`, which stand even though the order does not go. */
    readonly rows: ReadonlyArray<JournalRow>
    readonly reason: "halted" | "leaseLost" | "expired" | "duplicate" | "unresolved"
    readonly words: string
  }

export interface SendRequest {
  readonly order: ApprovedOrder
  /** Rows that must precede the intent in the same commit (candle and decision); appended even when the order is denied. */
  readonly before: ReadonlyArray<Draft>
  /** Reads market time as the last act inside the transaction: it becomes `t0`. */
  readonly now: () => number
  readonly epoch: number
}

/** A derived cache beside the chain (feature state); never the truth, checked by hash, rebuilt when absent. */
export interface Snapshot {
  readonly kind: string
  /** Journal sequence up to which it is folded. */
  readonly seq: number
  readonly body: string
}

export class Journal extends Context.Service<Journal, {
  /** Sequence of the newest row, 0 when empty; includes rows whose group commit is still open. */
  readonly head: () => number
  /** Appends in order. `durable: false` may share a later commit (holds of a replayed market); an order, a fill or a control never does. */
  readonly append: (
    drafts: ReadonlyArray<Draft>,
    options: { readonly durable: boolean }
  ) => Effect.Effect<ReadonlyArray<JournalRow>, AnyFault>
  /** Halt, epoch, lease expiry, duplicate and unresolved intents are looked at in the transaction that stores the intent as Sending. */
  readonly send: (request: SendRequest) => Effect.Effect<SendPermit, AnyFault>
  /** Rows with `seq > after`, in order, at most `limit`. */
  readonly read: (after: number, limit: number) => Effect.Effect<ReadonlyArray<JournalRow>, AnyFault>
  /** Commits what is open. */
  readonly flush: Effect.Effect<void, AnyFault>
  readonly saveSnapshot: (snapshot: Snapshot) => Effect.Effect<void, AnyFault>
  /** Newest intact snapshot of a kind. */
  readonly loadSnapshot: (kind: string) => Effect.Effect<Snapshot | null, AnyFault>
  /** Walks the whole chain; returns the first broken sequence or null. */
  readonly verify: Effect.Effect<
    { readonly rows: number; readonly brokenAt: number | null; readonly words: string },
    AnyFault
  >
}>()("daruma/ports/Journal") {}
