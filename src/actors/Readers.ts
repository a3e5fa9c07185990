/**
 * Bells of those who only read: screens, reports, streams.
 * In: a bell to ring after each append. Out: nothing; a reader that sleeps through ten rings pulls ten rows at once.
 * Here so that the journal knows no reader by name and waits for none (decisions 3).
 */
import { Context, Layer } from "effect"

export class Readers extends Context.Service<Readers, {
  /** Registers a bell; returns how to take it down again. */
  readonly add: (bell: () => void) => () => void
  readonly ring: () => void
}>()("daruma/actors/Readers") {
  static readonly layer: Layer.Layer<Readers> = Layer.sync(Readers, () => {
    const bells = new Set<() => void>()
    return {
      add: (bell) => {
        bells.add(bell)
        return () => bells.delete(bell)
      },
      ring: () => {
        for (const bell of bells) bell()
      }
    }
  })
}
