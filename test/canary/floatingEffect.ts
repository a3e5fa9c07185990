/**
 * An effect that nobody runs: type-checking this folder must report it.
 * In: nothing. Out: one diagnostic, floatingEffect.
 * Here because the diagnostic is silently absent when tsc is not patched; npm run check fails if this compiles.
 */
import { Effect } from "effect"

export const program = Effect.gen(function*() {
  Effect.log("nobody runs this")
  yield* Effect.void
})
