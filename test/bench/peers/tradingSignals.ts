/**
 * trading-signals in the bench.
 * In: bars, one `add` each. Out: rows of twelve, single values.
 * Streaming, Wilder's ATR and RSI, EMAs seeded by a mean, population deviations; an object a bar for ATR, as it asks for.
 */
import { ATR, BollingerBands, EMA, MACD, RSI, SMA } from "trading-signals"
import { nothingYet, placeIn, writeRow } from "./Peer.ts"
import type { Input, Peer, Single } from "./Peer.ts"

const features = (input: Input, rows: Float64Array): void => {
  const { close, high, low, volume } = input.columns
  const macd = new MACD(new EMA(12), new EMA(26), new EMA(9))
  const [rsi, atr, bands] = [new RSI(14), new ATR(14), new BollingerBands(20, 2)]
  const [short, long, usual] = [new EMA(20), new EMA(50), new SMA(20)]
  const of = nothingYet()
  for (let index = 0; index < close.length; index++) {
    const price = close[index]!
    const lines = macd.add(price)
    const band = bands.add(price)
    of.rsi = rsi.add(price) ?? NaN
    of.macd = lines?.macd ?? NaN
    of.signal = lines?.signal ?? NaN
    of.atr = atr.add({ high: high[index]!, low: low[index]!, close: price }) ?? NaN
    if (band) placeIn(of, price, band.lower, band.middle, band.upper)
    of.short = short.add(price) ?? NaN
    of.long = long.add(price) ?? NaN
    of.usual = usual.add(volume[index]!) ?? NaN
    writeRow(rows, index, input.columns, of)
  }
}

const each = (make: () => { add(value: number): number | null }): Single => ({ columns }, out) => {
  const state = make()
  const { close } = columns
  for (let index = 0; index < close.length; index++) out[index] = state.add(close[index]!) ?? NaN
}

export const tradingSignals: Peer = {
  name: "trading-signals 8.3.0",
  features,
  rsi: each(() => new RSI(14)),
  ema: each(() => new EMA(20)),
  atr: ({ columns: { close, high, low } }, out) => {
    const state = new ATR(14)
    for (let index = 0; index < close.length; index++) {
      out[index] = state.add({ high: high[index]!, low: low[index]!, close: close[index]! }) ?? NaN
    }
  },
  bollinger: ({ columns: { close } }, out) => {
    const state = new BollingerBands(20, 2)
    for (let index = 0; index < close.length; index++) out[index] = state.add(close[index]!)?.upper ?? NaN
  },
  simpleAtr: false,
  words: ""
}
