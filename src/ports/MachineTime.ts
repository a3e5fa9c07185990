/**
 * Machine time as a plain reading, for stage marks and ages (decisions 47); waiting goes through Effect's Clock.
 * In: nothing. Out: Unix milliseconds with fraction.
 * A reference with an inert default, so that a run without tracing reads no clock at all.
 */
import { Context } from "effect"

export const MachineTime = Context.Reference<{ readonly now: () => number }>("daruma/ports/MachineTime", {
  defaultValue: () => ({ now: () => 0 })
})
