/**
 * The twelve phase19 features as the plainest loop over typed arrays: what the engine's speed is measured against.
 * In: columns of bars without a gap in them. Out: rows of twelve numbers, row-major, NaN while undefined.
 * In bench/ because nothing trades by it: whole columns at once, no state between bars, no higher frame, no snapshot.
 */

/** Columns of equal length, prices in quote units. */
export interface PlainColumns {
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

const WIDTH = 12

/** Fills `rows` (length 12 x bars) in phase19 order; allocates nothing, so that its owner may use it again. */
const plainFeatures = (columns: PlainColumns, rows: Float64Array): void => {
  const { close, high, low, volume } = columns
  let [fast, slow, signal, short, long] = [close[0]!, close[0]!, 0, close[0]!, close[0]!]
  for (let bar = 0; bar < close.length; bar++) {
    const price = close[bar]!
    if (bar > 0) {
      fast += 2 / 13 * (price - fast)
      slow += 2 / 27 * (price - slow)
      signal += 2 / 10 * (fast - slow - signal)
      short += 2 / 21 * (price - short)
      long += 2 / 51 * (price - long)
    }
    const at = bar * WIDTH
    rows[at] = price
    rows[at + 1] = volume[bar]!
    rows[at + 2] = bar < 1 ? NaN : price / close[bar - 1]! - 1
    rows[at + 3] = bar < 14 ? NaN : relativeStrength(close, bar)
    rows[at + 4] = bar < 25 ? NaN : fast - slow
    rows[at + 5] = bar < 33 ? NaN : signal
    rows[at + 6] = bar < 14 ? NaN : trueRange(high, low, close, bar)
    rows[at + 8] = bar < 19 ? NaN : short
    rows[at + 9] = bar < 49 ? NaN : long
    if (bar < 19) {
      rows[at + 7] = NaN
      rows[at + 10] = NaN
      rows[at + 11] = NaN
      continue
    }
    const mean = meanOf(close, bar)
    const deviation = deviationOf(close, bar, mean)
    const usual = meanOf(volume, bar)
    rows[at + 7] = deviation === 0 ? 0.5 : (price - mean + 2 * deviation) / (4 * deviation)
    rows[at + 10] = usual === 0 ? 1 : volume[bar]! / usual
    rows[at + 11] = deviation === 0 ? 0 : (price - mean) / deviation
  }
}

const relativeStrength = (close: Float64Array, bar: number): number => {
  let gains = 0
  let losses = 0
  for (let index = bar - 13; index <= bar; index++) {
    const change = close[index]! - close[index - 1]!
    if (change > 0) gains += change
    else losses -= change
  }
  return gains + losses === 0 ? 50 : 100 * gains / (gains + losses)
}

const trueRange = (high: Float64Array, low: Float64Array, close: Float64Array, bar: number): number => {
  let sum = 0
  for (let index = bar - 13; index <= bar; index++) {
    const before = close[index - 1]!
    sum += Math.max(
      high[index]! - low[index]!,
      Math.abs(high[index]! - before),
      Math.abs(low[index]! - before)
    )
  }
  return sum / 14
}

// Summed as distances from the oldest value: twenty equal values have exactly that mean, so that rest is exact rest.
const meanOf = (values: Float64Array, bar: number): number => {
  const oldest = values[bar - 19]!
  let sum = 0
  for (let index = bar - 18; index <= bar; index++) sum += values[index]! - oldest
  return oldest + sum / 20
}

const deviationOf = (values: Float64Array, bar: number, mean: number): number => {
  let squares = 0
  for (let index = bar - 19; index <= bar; index++) squares += (values[index]! - mean) ** 2
  return Math.sqrt(squares / 19)
}

export { plainFeatures }
