/**
 * How far a library's values are from ours, so that nobody is fast by being wrong.
 * In: columns of equal length. Out: the largest difference of values that agree, how many do not, how many are no number.
 * Beside the peers; bars before SETTLED are left out, because averages begin in different ways and forget it.
 */

/** Bars after which nothing is left of how an average of up to 50 bars began. */
const SETTLED = 1_000
/** Differences beyond this share of the column's mean size are no rounding. */
const AGREES = 1e-6

export interface Apart {
  /** Largest difference among the values that agree, as a share of the mean size of ours. */
  readonly share: number
  /** Values off by more than a millionth of that size. */
  readonly off: number
  /** Values that are no finite number where ours is one. */
  readonly undefined: number
}

const apart = (theirs: Float64Array, ours: Float64Array): Apart => {
  const size = sizeOf(ours)
  let [share, off, missing] = [0, 0, 0]
  for (let index = SETTLED; index < ours.length; index++) {
    const [left, right] = [theirs[index]!, ours[index]!]
    if (!Number.isFinite(right)) continue
    const difference = Math.abs(left - right) / size
    if (!Number.isFinite(left)) missing += 1
    else if (difference > AGREES) off += 1
    else share = Math.max(share, difference)
  }
  return { share, off, undefined: missing }
}

/** Of several columns together. */
const together = (all: ReadonlyArray<Apart>): Apart => ({
  share: Math.max(0, ...all.map(({ share }) => share)),
  off: all.reduce((sum, { off }) => sum + off, 0),
  undefined: all.reduce((sum, { undefined: missing }) => sum + missing, 0)
})

/** `3.1e-11, 12 off, 3 undefined`, without what is none; `equal` when every value is. */
const apartWords = ({ off, share, undefined: missing }: Apart): string =>
  [
    share === 0 ? "equal" : share.toExponential(1),
    off === 0 ? "" : `${off} off`,
    missing === 0 ? "" : `${missing} undefined`
  ]
    .filter((words) => words !== "").join(", ")

const sizeOf = (values: Float64Array): number => {
  let [sum, count] = [0, 0]
  for (let index = SETTLED; index < values.length; index++) {
    const value = values[index]!
    if (!Number.isFinite(value)) continue
    sum += Math.abs(value)
    count += 1
  }
  return sum / count
}

export { apart, apartWords, together }
