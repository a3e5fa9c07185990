/**
 * Where a compressed path goes, for tests of what is drawn.
 * In: the `d` of a path. Out: its pieces, each the positions that it visits, in steps of the grid.
 * Walked as a browser walks it: a piece begins where the one before ended.
 */

/** Positions that a path visits, piece by piece, walked as a browser walks them. */
export const walked = (path: string): ReadonlyArray<ReadonlyArray<readonly [number, number]>> => {
  const pieces: Array<Array<readonly [number, number]>> = []
  let at: readonly [number, number] = [0, 0]
  for (const [, verb, numbers] of path.matchAll(/([mlz])([^mlz]*)/g)) {
    const steps = (numbers?.match(/-?\d+/g) ?? []).map(Number)
    for (let index = 0; index < steps.length; index += 2) {
      at = [at[0] + steps[index]!, at[1] + steps[index + 1]!]
      if (verb === "m" && index === 0) pieces.push([])
      pieces.at(-1)!.push(at)
    }
    if (verb === "z") at = pieces.at(-1)![0]!
  }
  return pieces
}
