/**
 * Waits for a fiber, but not longer than it is given.
 * In: a fiber and milliseconds of the Clock. Out: true if it is over, false if time ran out; it is not interrupted.
 * Own code because it must also hold inside finalizers, where a race cannot interrupt its loser.
 */
import { Effect } from "effect"
import type { Fiber } from "effect"

export const awaitWithin = <A, E>(fiber: Fiber.Fiber<A, E>, millis: number): Effect.Effect<boolean> =>
  Effect.suspend(() => fiber.pollUnsafe() !== undefined ? Effect.succeed(true) : raceClock(fiber, millis))

const raceClock = <A, E>(fiber: Fiber.Fiber<A, E>, millis: number): Effect.Effect<boolean> =>
  Effect.flatMap(
    Effect.forkDetach(Effect.sleep(millis), { startImmediately: true }),
    (timer) =>
      Effect.callback<boolean>((resume) => {
        const forget = fiber.addObserver(() => {
          timer.interruptUnsafe()
          resume(Effect.succeed(true))
        })
        timer.addObserver(() => {
          forget()
          resume(Effect.succeed(fiber.pollUnsafe() !== undefined))
        })
        return Effect.sync(() => {
          forget()
          timer.interruptUnsafe()
        })
      })
  )
