/**
 * @ixjb94/indicators in the bench.
 * In: plain arrays. Out: rows of twelve, single values.
 * Whole arrays at once, Wilder's ATR and RSI, EMAs from the first value, deviations as a difference of running sums.
 */
import { IndicatorsSync } from "@ixjb94/indicators"
import { alignedTo, nothingYet, placeIn, writeRow } from "./Peer.ts"
import type { Input, Peer } from "./Peer.ts"

const library = new IndicatorsSync()

const features = (input: Input, rows: Float64Array): void => {
  const { close, high, low, volume } = input
  const rsi = library.rsi(close, 14)
  const [macd = [], signal = []] = library.macd(close, 12, 26, 9)
  const atr = library.atr(high, low, close, 14)
  const [lower = [], middle = [], upper = []] = library.bbands(close, 20, 2)
  const [short, long, usual] = [library.ema(close, 20), library.ema(close, 50), library.sma(volume, 20)]
  const of = nothingYet()
  for (let index = 0; index < close.length; index++) {
    of.rsi = rsi[index - 14] ?? NaN
    of.macd = macd[index - 25] ?? NaN
    of.signal = signal[index - 25] ?? NaN
    of.atr = atr[index - 13] ?? NaN
    const at = index - 19
    if (at >= 0) placeIn(of, close[index]!, lower[at]!, middle[at]!, upper[at]!)
    of.short = short[index]!
    of.long = long[index]!
    of.usual = usual[at] ?? NaN
    writeRow(rows, index, input.columns, of)
  }
}

export const ixjb94: Peer = {
  name: "@ixjb94/indicators 1.2.4",
  features,
  rsi: ({ close }, out) => alignedTo(out, library.rsi(close, 14)),
  ema: ({ close }, out) => alignedTo(out, library.ema(close, 20)),
  atr: ({ close, high, low }, out) => alignedTo(out, library.atr(high, low, close, 14)),
  bollinger: ({ close }, out) => alignedTo(out, library.bbands(close, 20, 2)[2] ?? []),
  simpleAtr: false,
  words: "its deviation is a difference of two large running sums"
}
