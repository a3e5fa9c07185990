/**
 * Ulcer index: depth and length of all falls in one figure.
 * In: equity, oldest first, and what it began with. Out: a share, 0 or more.
 * Beside max drawdown, which forgets how long it hurt.
 */
import { drawdownsOf } from "../drawdowns.ts"
import { mean } from "../series/moments.ts"

/** sqrt(mean(drawdown²)) over all points; NaN for none. Source: Martin and McCann (1989), who print it in per cent. */
export const ulcerIndex = (values: ReadonlyArray<number>, start: number): number =>
  Math.sqrt(mean(drawdownsOf(values, start).map((each) => each ** 2)))
