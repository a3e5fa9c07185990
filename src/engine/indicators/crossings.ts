/**
 * What a rule asks of two lines: has one crossed the other, or a level.
 * In: both lines at the bar before and now. Out: true at the one bar of the crossing.
 * Here so that no strategy writes it again with `>=` on the wrong side: touching is not crossing, leaving is.
 */

/** Strictly above now, at or below before; false while any of the four is undefined. */
const crossedAbove = (previousFast: number, previousSlow: number, fast: number, slow: number): boolean =>
  previousFast <= previousSlow && fast > slow

/** Strictly below now, at or above before; false while any of the four is undefined. */
const crossedBelow = (previousFast: number, previousSlow: number, fast: number, slow: number): boolean =>
  previousFast >= previousSlow && fast < slow

export { crossedAbove, crossedBelow }
