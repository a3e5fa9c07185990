/**
 * Machine time for stage marks and ages: wall clock with the monotonic clock's resolution.
 * In: nothing. Out: MachineTime.
 * Here because only layers may touch the platform's clock.
 */
import { Layer } from "effect"
import { MachineTime } from "../../src/ports/MachineTime.ts"

const layer: Layer.Layer<never> = Layer.succeed(MachineTime, {
  now: () => performance.timeOrigin + performance.now()
})

export { layer }
