/**
 * technicalindicators in the bench.
 * In: bars, one `nextValue` each. Out: rows of twelve, single values.
 * Streaming by generators, Wilder's ATR and RSI (rounded to two digits), EMAs seeded by a mean, population deviations.
 */
import { ATR, BollingerBands, EMA, MACD, RSI, SMA } from "technicalindicators"
import { nothingYet, placeIn, writeRow } from "./Peer.ts"
import type { Input, Peer, Single } from "./Peer.ts"

const rsiOf = () => new RSI({ period: 14, values: [] })
const atrOf = () => new ATR({ period: 14, high: [], low: [], close: [] })
const bandsOf = () => new BollingerBands({ period: 20, stdDev: 2, values: [] })
const emaOf = (period: number) => new EMA({ period, values: [] })

// Its types ask for a whole candle where its code reads these three.
type Tick = Parameters<ATR["nextValue"]>[0]
const tick = (high: number, low: number, close: number): Tick => ({ high, low, close }) as Tick

const features = (input: Input, rows: Float64Array): void => {
  const { close, high, low, volume } = input.columns
  const macd = new MACD({
    fastPeriod: 12,
    slowPeriod: 26,
    signalPeriod: 9,
    SimpleMAOscillator: false,
    SimpleMASignal: false,
    values: []
  })
  const [rsi, atr, bands] = [rsiOf(), atrOf(), bandsOf()]
  const [short, long, usual] = [emaOf(20), emaOf(50), new SMA({ period: 20, values: [] })]
  const of = nothingYet()
  for (let index = 0; index < close.length; index++) {
    const price = close[index]!
    const lines = macd.nextValue(price)
    const band = bands.nextValue(price)
    of.rsi = rsi.nextValue(price) ?? NaN
    of.macd = lines?.MACD ?? NaN
    of.signal = lines?.signal ?? NaN
    of.atr = atr.nextValue(tick(high[index]!, low[index]!, price)) ?? NaN
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

export const technicalIndicators: Peer = {
  name: "technicalindicators 3.1.0",
  features,
  rsi: each(rsiOf),
  ema: each(() => emaOf(20)),
  atr: ({ columns: { close, high, low } }, out) => {
    const state = atrOf()
    for (let index = 0; index < close.length; index++) {
      out[index] = state.nextValue(tick(high[index]!, low[index]!, close[index]!)) ?? NaN
    }
  },
  bollinger: ({ columns: { close } }, out) => {
    const state = bandsOf()
    for (let index = 0; index < close.length; index++) {
      out[index] = state.nextValue(close[index]!)?.upper ?? NaN
    }
  },
  simpleAtr: false,
  words: "it rounds its RSI to two digits"
}
