/**
 * The ensemble's place while no model serves: it says so, every time it is asked.
 * In: a feature row. Out: `Missing`; never a neutral probability (L-12, L-26).
 * A layer of its own, so that a profile names it and a reader sees that no model is at work.
 */
import { Effect, Layer } from "effect"
import { Inference } from "../../src/ports/Inference.ts"

const layer: Layer.Layer<Inference> = Layer.succeed(Inference, {
  predict: () => Effect.succeed({ _tag: "Missing", words: "no model is installed: rules only, half size" })
})

export { layer }
