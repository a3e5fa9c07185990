/**
 * How fast a replayed market plays: N bars a second, as the clock on the wall, or as fast as the pipeline takes them.
 * In: the speed and each bar about to be released. Out: a wait on Effect's clock, so that a test clock can play it too.
 * Machine time only: nothing that is decided depends on it (decisions 23, 47).
 */
import { Clock, Effect } from "effect"

export type Speed =
  | { readonly _tag: "PerSecond"; readonly candles: number }
  | { readonly _tag: "Real" }
  | { readonly _tag: "Max" }

/** Bars released at full speed before others get their turn. */
const BURST = 16

export interface Pace {
  /** Waits until a bar with this close time may be released. */
  readonly wait: (closeTime: number) => Effect.Effect<void>
}

/** The first bar goes at once; a stall is not caught up with a burst. */
const makePace = (speed: Speed): Pace => {
  let released = 0
  let dueAt = 0
  let lastClose = 0
  if (speed._tag === "Max") {
    return { wait: () => Effect.suspend(() => ++released % BURST === 0 ? Effect.yieldNow : Effect.void) }
  }
  const gapTo = (closeTime: number) => speed._tag === "Real" ? closeTime - lastClose : 1_000 / speed.candles
  return {
    wait: Effect.fnUntraced(function*(closeTime: number) {
      const now = yield* Clock.currentTimeMillis
      const first = lastClose === 0
      const gap = first ? 0 : gapTo(closeTime)
      lastClose = closeTime
      dueAt = first ? now : Math.max(dueAt + gap, now)
      // Timers count whole milliseconds; what is shorter is carried on in dueAt.
      if (dueAt - now >= 1) yield* Effect.sleep(Math.floor(dueAt - now))
    })
  }
}

export { makePace }
