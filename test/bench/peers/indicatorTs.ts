/**
 * indicatorts in the bench.
 * In: plain arrays. Out: rows of twelve, single values.
 * Whole arrays at once, as long as their input; Wilder's RSI, but a simple mean for ATR; EMAs from the first value.
 */
import { atr, bb, ema, macd, rsi, sma } from "indicatorts"
import { alignedTo, nothingYet, placeIn, writeRow } from "./Peer.ts"
import type { Input, Peer } from "./Peer.ts"

const features = (input: Input, rows: Float64Array): void => {
  const { close, high, low, volume } = input
  const strength = rsi(close, { period: 14 })
  const { macdLine, signalLine } = macd(close, { fast: 12, slow: 26, signal: 9 })
  const { atrLine } = atr(high, low, close, { period: 14 })
  const { lower, middle, upper } = bb(close, { period: 20 })
  const short = ema(close, { period: 20 })
  const long = ema(close, { period: 50 })
  const usual = sma(volume, { period: 20 })
  const of = nothingYet()
  for (let index = 0; index < close.length; index++) {
    of.rsi = strength[index]!
    of.macd = macdLine[index]!
    of.signal = signalLine[index]!
    of.atr = atrLine[index]!
    placeIn(of, close[index]!, lower[index]!, middle[index]!, upper[index]!)
    of.short = short[index]!
    of.long = long[index]!
    of.usual = usual[index]!
    writeRow(rows, index, input.columns, of)
  }
}

export const indicatorTs: Peer = {
  name: "indicatorts 2.2.2",
  features,
  rsi: ({ close }, out) => alignedTo(out, rsi(close, { period: 14 })),
  ema: ({ close }, out) => alignedTo(out, ema(close, { period: 20 })),
  atr: ({ close, high, low }, out) => alignedTo(out, atr(high, low, close, { period: 14 }).atrLine),
  bollinger: ({ close }, out) => alignedTo(out, bb(close, { period: 20 }).upper),
  simpleAtr: true,
  words: "its ATR is a simple mean, compared with ours of that kind"
}
