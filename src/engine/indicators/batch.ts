/**
 * An indicator over columns: the step of its stream, bar after bar.
 * In: an indicator, columns of closed bars. Out: one float64 column an output, NaN while undefined.
 * There is no second arithmetic: what a live desk sees is what a file gives, bit for bit.
 */
import type { Columns } from "../../domain/Columns.ts"
import type { Indicator } from "./Indicator.ts"

/** One column for each of `indicator.columns`, as long as `bars`, from a fresh state. */
const indicatorColumns = (indicator: Indicator, bars: Columns): ReadonlyArray<Float64Array> => {
  const { close, high, low, open, openTime, volume } = bars
  const state = indicator.make()
  const { values } = state
  const columns = indicator.outputs.map(() => new Float64Array(close.length))
  const bar = { openTime: NaN, open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN }
  for (let index = 0; index < close.length; index++) {
    bar.openTime = openTime[index]!
    bar.open = open[index]!
    bar.high = high[index]!
    bar.low = low[index]!
    bar.close = close[index]!
    bar.volume = volume[index]!
    state.step(bar)
    for (let output = 0; output < columns.length; output++) columns[output]![index] = values[output]!
  }
  return columns
}

export { indicatorColumns }
