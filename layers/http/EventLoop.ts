/**
 * How late the event loop is, by the machine's monotonic clock.
 * In: nothing. Out: the worst lag of the last ten seconds, an overdue tick included, in milliseconds.
 * Beside the server because liveness is about this process: market time may stand still, this clock never does (L-37).
 */
import { Context, Effect, Layer } from "effect"

const TICK_MILLIS = 100
const WINDOW_MILLIS = 10_000

export class EventLoop extends Context.Service<EventLoop, {
  /** Worst lag of the window, milliseconds, 0 or more. */
  readonly lagMillis: () => number
}>()("daruma/layers/http/EventLoop") {}

/** A sample and the moment it leaves the window. */
interface Late {
  readonly lag: number
  readonly until: number
}

const start = () => {
  /** Descending by lag, ascending by time: a monotonic queue, so the head is the window's worst. */
  const worst: Array<Late> = []
  let lastTick = performance.now()
  const note = (lag: number, now: number): void => {
    while (worst.length > 0 && (worst.at(-1)?.lag ?? 0) <= lag) worst.pop()
    worst.push({ lag, until: now + WINDOW_MILLIS })
    while ((worst[0]?.until ?? Number.POSITIVE_INFINITY) <= now) worst.shift()
  }
  const timer = setInterval(() => {
    const now = performance.now()
    note(Math.max(0, now - lastTick - TICK_MILLIS), now)
    lastTick = now
  }, TICK_MILLIS)
  timer.unref()
  const lagMillis = (): number => {
    const now = performance.now()
    while ((worst[0]?.until ?? Number.POSITIVE_INFINITY) <= now) worst.shift()
    return Math.max(worst[0]?.lag ?? 0, now - lastTick - TICK_MILLIS, 0)
  }
  return { lagMillis, stop: () => clearInterval(timer) }
}

export const layer: Layer.Layer<EventLoop> = Layer.effect(
  EventLoop,
  Effect.map(
    Effect.acquireRelease(Effect.sync(start), (probe) => Effect.sync(probe.stop)),
    (probe) => EventLoop.of({ lagMillis: probe.lagMillis })
  )
)
