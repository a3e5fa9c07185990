/**
 * @debut/indicators in the bench.
 * In: bars, one `nextValue` each. Out: rows of twelve, single values.
 * Streaming, Wilder's ATR and RSI, EMAs seeded by a mean, population deviations.
 */
import { ATR, BollingerBands, EMA, MACD, RSI, SMA } from "@debut/indicators"
import { nothingYet, placeIn, writeRow } from "./Peer.ts"
import type { Input, Peer, Single } from "./Peer.ts"

const features = (input: Input, rows: Float64Array): void => {
  const { close, high, low, volume } = input.columns
  const [rsi, macd, atr, bands] = [new RSI(14), new MACD(12, 26, 9), new ATR(14), new BollingerBands(20, 2)]
  const [short, long, usual] = [new EMA(20), new EMA(50), new SMA(20)]
  const of = nothingYet()
  for (let index = 0; index < close.length; index++) {
    const price = close[index]!
    const lines = macd.nextValue(price)
    const band = bands.nextValue(price)
    of.rsi = rsi.nextValue(price) ?? NaN
    of.macd = lines?.macd ?? NaN
    of.signal = lines?.signal ?? NaN
    of.atr = atr.nextValue(high[index]!, low[index]!, price) ?? NaN
    if (band) placeIn(of, price, band.lower, band.middle, band.upper)
    of.short = short.nextValue(price) ?? NaN
    of.long = long.nextValue(price) ?? NaN
    of.usual = usual.nextValue(volume[index]!) ?? NaN
    writeRow(rows, index, input.columns, of)
  }
}

const each = (make: () => { nextValue(value: number): number | undefined }): Single => ({ columns }, out) => {
  const state = make()
  const { close } = columns
  for (let index = 0; index < close.length; index++) out[index] = state.nextValue(close[index]!) ?? NaN
}

export const debut: Peer = {
  name: "@debut/indicators 1.4.2",
  features,
  rsi: each(() => new RSI(14)),
  ema: each(() => new EMA(20)),
  atr: ({ columns: { close, high, low } }, out) => {
    const state = new ATR(14)
    for (let index = 0; index < close.length; index++) {
      out[index] = state.nextValue(high[index]!, low[index]!, close[index]!) ?? NaN
    }
  },
  bollinger: ({ columns: { close } }, out) => {
    const state = new BollingerBands(20, 2)
    for (let index = 0; index < close.length; index++) {
      out[index] = state.nextValue(close[index]!)?.upper ?? NaN
    }
  },
  simpleAtr: false,
  words: ""
}
