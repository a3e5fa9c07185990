/**
 * A metric over each window of a series.
 * In: numbers, a window, any metric of a series. Out: its value for every full window, oldest first.
 * Apart, so that no metric knows that it is being rolled.
 */

/** `metric` of each run of `window` neighbouring numbers; empty when the series is shorter. */
export const rolling = (
  values: ReadonlyArray<number>,
  window: number,
  metric: (values: ReadonlyArray<number>) => number
): ReadonlyArray<number> =>
  Array.from(
    { length: Math.max(0, values.length - window + 1) },
    (_, start) => metric(values.slice(start, start + window))
  )
