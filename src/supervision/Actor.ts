/**
 * An actor: one mailbox, one state, one message at a time; its incarnations come and go, the mailbox stays.
 * In: an inbox and how an incarnation starts. Out: a `Child`, the leaf of a supervision tree.
 * Here because the loop (control, bell, data) is the same for every actor and is written once.
 */
import { Effect } from "effect"
import type { Scope } from "effect"
import type { AnyFault } from "../domain/Fault.ts"
import { CommandUnhandled } from "../errors/SupervisionError.ts"
import type { Inbox, Turns } from "./Mailbox.ts"

/** What one incarnation does with its mail; its state is in the closure. */
export interface Behaviour<Data, Control, E extends AnyFault, R> {
  readonly onData: (message: Data) => Effect.Effect<void, E, R>
  /** Absent = this actor takes no commands; one that comes all the same is a defect (`CommandUnhandled`). */
  readonly onControl?: (message: Control) => Effect.Effect<void, E, R>
  /** Runs once right after start, then once for any number of rings. Absent = a ring changes nothing. */
  readonly onBell?: Effect.Effect<void, E, R>
}

/** A leaf of the tree: something that runs, and is run again. */
export interface Child<R> {
  /** Unique in the tree. */
  readonly name: string
  /** One incarnation, from start to its end. */
  readonly run: Effect.Effect<void, AnyFault, R>
  /** permanent: restarted however it ends; transient: only after a failure; temporary: never. */
  readonly restart: "permanent" | "transient" | "temporary"
  /** How long a stop waits for finalizers and for the message in hand; then the incarnation is abandoned. */
  readonly shutdownMillis: number
}

export interface ActorOptions<Data, Control, E extends AnyFault, R> {
  readonly name: string
  readonly inbox: Inbox<Data, Control>
  /** A new incarnation: fresh state; finalizers in its scope run when it ends, however it ends. */
  readonly start: Effect.Effect<Behaviour<Data, Control, E, R>, E, R | Scope.Scope>
  /** Default 5,000, as in OTP. */
  readonly shutdownMillis?: number
}

const SHUTDOWN_MILLIS = 5_000

/** An actor as a child: transient, for it ends normally only when its mailbox is closed and drained. */
export const actor = <Data, Control, E extends AnyFault, R>(
  options: ActorOptions<Data, Control, E, R>
): Child<R> => {
  let incarnations = 0
  const run = Effect.suspend(() => {
    incarnations += 1
    const mine = incarnations
    return Effect.scoped(Effect.flatMap(options.start, (behaviour) =>
      Effect.andThen(
        behaviour.onBell ?? Effect.void,
        loop(options.name, options.inbox, behaviour, () => mine === incarnations)
      )))
  })
  return child(options.name, run as Effect.Effect<void, AnyFault, R>, {
    restart: "transient",
    shutdownMillis: options.shutdownMillis ?? SHUTDOWN_MILLIS
  })
}

/** A child with a loop of its own; permanent unless said otherwise. */
export const child = <R>(
  name: string,
  run: Effect.Effect<void, AnyFault, R>,
  options?: { readonly restart?: Child<R>["restart"]; readonly shutdownMillis?: number }
): Child<R> => ({
  name,
  run,
  restart: options?.restart ?? "permanent",
  shutdownMillis: options?.shutdownMillis ?? SHUTDOWN_MILLIS
})

/** `isCurrent` fences an abandoned incarnation that wakes late: it takes no further message. */
const loop = <Data, Control, E extends AnyFault, R>(
  name: string,
  inbox: Inbox<Data, Control>,
  behaviour: Behaviour<Data, Control, E, R>,
  isCurrent: () => boolean
): Effect.Effect<void, E, R> => {
  let isOpen = true
  const turns: Turns<Data, Control, Effect.Effect<void, E, R>> = {
    control: behaviour.onControl ?? (() => Effect.die(new CommandUnhandled({ child: name }))),
    bell: () => behaviour.onBell ?? Effect.void,
    data: behaviour.onData,
    empty: () => inbox.arrival,
    closed: () => {
      isOpen = false
      return Effect.void
    }
  }
  return Effect.whileLoop({
    while: () => isOpen && isCurrent(),
    body: () => inbox.turn(turns),
    step: () => {}
  })
}
