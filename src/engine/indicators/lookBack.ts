/**
 * An indicator asked by a pure strategy, which keeps nothing between two bars: computed anew from the bars it may see.
 * In: a state kept only for its cells, a bounded view of the past. Out: the values at the newest bar.
 * For windows alone: a recursion that began a few bars ago is another number than the one that saw the whole past.
 */
import { invariant } from "../invariant.ts"
import type { FrameContext } from "../strategy/StrategyContext.ts"
import type { Indicator } from "./Indicator.ts"

/**
 * A function that gives the values of `indicator` `back` bars ago (0 = newest), valid until its next call.
 * Throws `InvariantBroken` for a recursive indicator, and when the view keeps fewer than `reach` bars up to that one.
 */
const lookBack = (indicator: Indicator): (view: FrameContext, back?: number) => Float64Array => {
  invariant(
    Number.isFinite(indicator.reach),
    "only an indicator over a window can be computed from the newest bars"
  )
  const state = indicator.make()
  const bar = { openTime: 0, open: 0, high: 0, low: 0, close: 0, volume: 0 }
  return (view, back = 0) => {
    state.reset()
    for (let age = back + indicator.reach - 1; age >= back; age--) {
      bar.open = view.open(age)
      bar.high = view.high(age)
      bar.low = view.low(age)
      bar.close = view.close(age)
      bar.volume = view.volume(age)
      state.step(bar)
    }
    return state.values
  }
}

export { lookBack }
