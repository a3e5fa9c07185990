/**
 * Our own indicator room doing what its peers do: Wilder's smoothings, population deviations.
 * In: bars. Out: rows of twelve, single values; what the peers' results are compared with.
 * Features of a trading run are test/bench/rows.ts: other conventions, two timeframes.
 */
import { invariant } from "../../../src/engine/invariant.ts"
import type { Indicator, IndicatorState } from "../../../src/engine/indicators/Indicator.ts"
import { indicatorOf } from "../../../src/engine/indicators/registry.ts"
import { nothingYet, writeRow } from "./Peer.ts"
import type { Input, Peer, Single } from "./Peer.ts"

const known = (text: string): Indicator => {
  const found = indicatorOf(text)
  invariant(!("problem" in found), `${text} is an indicator`)
  return found
}

/** Walks one bar object along the columns. */
const walk = (
  { columns: { close, high, low, open, openTime, volume } }: Input,
  step: (bar: Parameters<IndicatorState["step"]>[0], index: number) => void
): void => {
  const bar = { openTime: NaN, open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN }
  for (let index = 0; index < close.length; index++) {
    bar.openTime = openTime[index]!
    bar.open = open[index]!
    bar.high = high[index]!
    bar.low = low[index]!
    bar.close = close[index]!
    bar.volume = volume[index]!
    step(bar, index)
  }
}

const features = (input: Input, rows: Float64Array): void => {
  const [rsi, macd, atr, bands] = ["rsi(14)", "macd(12,26,9)", "atr(14)", "bollinger(20,2)"].map(made) as [
    IndicatorState,
    IndicatorState,
    IndicatorState,
    IndicatorState
  ]
  const [short, long, usual] = ["ema(20)", "ema(50)", "sma(20,source=volume)"].map(made) as [
    IndicatorState,
    IndicatorState,
    IndicatorState
  ]
  const of = nothingYet()
  walk(input, (bar, index) => {
    rsi.step(bar)
    macd.step(bar)
    atr.step(bar)
    bands.step(bar)
    short.step(bar)
    long.step(bar)
    usual.step(bar)
    of.rsi = rsi.values[0]!
    of.macd = macd.values[0]!
    of.signal = macd.values[1]!
    of.atr = atr.values[0]!
    of.place = bands.values[3]!
    of.score = bands.values[5]!
    of.short = short.values[0]!
    of.long = long.values[0]!
    of.usual = usual.values[0]!
    writeRow(rows, index, input.columns, of)
  })
}

const made = (text: string): IndicatorState => known(text).make()

const single = (text: string, output = 0): Single => (input, out) => {
  const state = made(text)
  const { values } = state
  walk(input, (bar, index) => {
    state.step(bar)
    out[index] = values[output]!
  })
}

export const daruma: Peer = {
  name: "daruma, indicator room",
  features,
  rsi: single("rsi(14)"),
  ema: single("ema(20)"),
  atr: single("atr(14)"),
  bollinger: single("bollinger(20,2)", 2),
  simpleAtr: false,
  words: ""
}

/** Ours of the other kind, for whoever smooths true ranges by a simple mean. */
export const simpleAtr: Single = single("atr(14,smoothing=simple)")
