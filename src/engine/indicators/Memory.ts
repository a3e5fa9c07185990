/**
 * All that an indicator remembers, as float64 cells, so that a snapshot can forget nothing.
 * In: cells taken while it is built. Out: the cells as one list of numbers, and back, bit for bit.
 * Rings, sums and counters all live here; a step keeps nothing anywhere else.
 */
import { invariant } from "../invariant.ts"

export class Memory {
  private readonly parts: Array<Float64Array> = []
  private readonly fills: Array<number> = []

  /** `count` new cells that hold `fill` until the first bar. */
  take(count: number, fill = 0): Float64Array {
    const part = new Float64Array(count).fill(fill)
    this.parts.push(part)
    this.fills.push(fill)
    return part
  }

  /** Every cell, in the order in which it was taken. */
  snapshot(): Array<number> {
    return this.parts.flatMap((part) => Array.from(part))
  }

  /** Overwrites every cell; `numbers` come from `snapshot` of a memory built alike. */
  restore(numbers: ReadonlyArray<number>): void {
    const cells = this.parts.reduce((sum, part) => sum + part.length, 0)
    invariant(numbers.length === cells, "a snapshot has a number for every cell")
    let from = 0
    for (const part of this.parts) {
      for (let cell = 0; cell < part.length; cell++) part[cell] = numbers[from + cell]!
      from += part.length
    }
  }

  /** As if no bar had been seen. */
  reset(): void {
    this.parts.forEach((part, index) => part.fill(this.fills[index]!))
  }
}
