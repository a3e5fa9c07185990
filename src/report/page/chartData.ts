/**
 * The values behind the charts, packed for the crosshair: whole numbers, each the difference to the one before.
 * In: lines over the same instants. Out: what script.ts unpacks; nothing in the page depends on it but the crosshair.
 * Packed, because 4,000 points of ten lines written out would be as large as the rest of the page.
 */

/** One line: value = sum of `steps` up to a point / 10^places. */
export interface PackedLine {
  readonly name: string
  readonly places: number
  /** Written after the value, with a space. */
  readonly unit: string
  readonly steps: ReadonlyArray<number>
}

/** The lines of one chart: instant = sum of `at` up to a point x `every`, UTC milliseconds. */
export interface PackedChart {
  readonly every: number
  readonly at: ReadonlyArray<number>
  readonly lines: ReadonlyArray<PackedLine>
}

export interface PlainLine {
  readonly name: string
  readonly places: number
  readonly unit: string
  readonly value: ReadonlyArray<number>
}

/** Values are rounded to their `places`. */
const packed = (at: ReadonlyArray<number>, lines: ReadonlyArray<PlainLine>): PackedChart => {
  const every = at.every((instant) => instant % MINUTE === 0) ? MINUTE : 1
  return {
    every,
    at: differences(at.map((instant) => instant / every)),
    lines: lines.map(({ name, places, unit, value }) => ({
      name,
      places,
      unit,
      steps: differences(value.map((one) => Math.round(one * 10 ** places)))
    }))
  }
}

const MINUTE = 60_000

const differences = (values: ReadonlyArray<number>): ReadonlyArray<number> =>
  values.map((value, index) => value - (values[index - 1] ?? 0))

export { packed }
