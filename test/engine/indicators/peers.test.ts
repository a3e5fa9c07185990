/**
 * Indicators against four more libraries, live, where trading-signals means something else or has nothing.
 * In: two thousand made bars. Out: equality to 1e-9, aligned at the newest bar, on every bar that both define.
 * @ixjb94/indicators is a port of tulip; technicalindicators and @debut/indicators seed by the mean, as our defaults do.
 */
import * as debut from "@debut/indicators"
import { assert, describe, it } from "@effect/vitest"
import { IndicatorsSync } from "@ixjb94/indicators"
import * as indicatorts from "indicatorts"
import * as technical from "technicalindicators"
import { indicatorNamed } from "../../../src/engine/indicators/registry.ts"
import { barsOf, differences, madeColumns, outputsOf } from "./series.ts"

const columns = madeColumns(11, 2_000)
const [high, low, close, volume] = [columns.high, columns.low, columns.close, columns.volume].map((values) =>
  Array.from(values)
) as [Array<number>, Array<number>, Array<number>, Array<number>]
const bars = { high, low, close, volume, open: Array.from(columns.open) }
const ixjb94 = new IndicatorsSync()

type Values = ReadonlyArray<number | null | undefined>
type Lines = Readonly<Record<string, Values>>

const macdOfTechnical = (): Lines => {
  const rows = technical.MACD.calculate({
    fastPeriod: 12,
    slowPeriod: 26,
    signalPeriod: 9,
    SimpleMAOscillator: false,
    SimpleMASignal: false,
    values: close
  })
  return {
    macd: rows.map((row) => row.MACD),
    signal: rows.map((row) => row.signal),
    histogram: rows.map((row) => row.histogram)
  }
}

const adxOfTechnical = (): Lines => {
  const rows = technical.ADX.calculate({ high, low, close, period: 14 })
  return {
    adx: rows.map((row) => row.adx),
    plusDi: rows.map((row) => row.pdi),
    minusDi: rows.map((row) => row.mdi)
  }
}

const keltnerOfTechnical = (): Lines => {
  const rows = technical.KeltnerChannels.calculate({
    high,
    low,
    close,
    maPeriod: 20,
    atrPeriod: 10,
    useSMA: false,
    multiplier: 1
  })
  return {
    lower: rows.map((row) => row.lower),
    middle: rows.map((row) => row.middle),
    upper: rows.map((row) => row.upper)
  }
}

const supertrendOfDebut = (): Lines => {
  const peer = new debut.SuperTrend(10, 3, "WEMA")
  const rows = barsOf(columns).map((bar) => peer.nextValue(bar.high, bar.low, bar.close))
  // Its direction is 1 under a line above.
  return { line: rows.map((row) => row?.superTrend), side: rows.map((row) => row && -row.direction) }
}

const directionOfIxjb94 = (): Lines => {
  const [plusDi = [], minusDi = []] = ixjb94.di(high, low, close, 14)
  return { adx: ixjb94.adx(high, low, 14), plusDi, minusDi, dx: ixjb94.dx(high, low, 14) }
}

const stochasticOfIxjb94 = (): Lines => {
  const [k = [], d = []] = ixjb94.stoch(high, low, close, 14, 3, 3)
  return { k, d }
}

const debutTema = (): Lines => {
  const peer = new debut.TEMA(20)
  return { tema: close.map((price) => peer.nextValue(price)) }
}

const PEERS: Readonly<Record<string, readonly [string, () => Lines]>> = {
  "ema(20)": ["technicalindicators", () => ({ ema: technical.EMA.calculate({ period: 20, values: close }) })],
  "macd(12,26,9)": ["technicalindicators", macdOfTechnical],
  "adx(14)": ["technicalindicators", adxOfTechnical],
  "atr(14)": [
    "technicalindicators",
    () => ({ atr: technical.ATR.calculate({ high, low, close, period: 14 }) })
  ],
  "keltner(20,10,1)": ["technicalindicators", keltnerOfTechnical],
  "stddev(20)": [
    "technicalindicators",
    () => ({ stddev: technical.SD.calculate({ values: close, period: 20 }) })
  ],
  "trix(15)": [
    "technicalindicators",
    () => ({ trix: technical.TRIX.calculate({ values: close, period: 15 }) })
  ],
  "force(13)": [
    "technicalindicators",
    () => ({ force: technical.ForceIndex.calculate({ ...bars, period: 13 }) })
  ],
  "rma(14)": [
    "technicalindicators",
    () => ({ rma: technical.WEMA.calculate({ values: close, period: 14 }) })
  ],
  "tema(20)": ["@debut/indicators", debutTema],
  "supertrend(10,3)": ["@debut/indicators", supertrendOfDebut],
  "psar(0.02,0.2)": ["@ixjb94/indicators", () => ({ line: ixjb94.psar(high, low, 0.02, 0.2) })],
  "adx(14,first=zero)": ["@ixjb94/indicators", directionOfIxjb94],
  "adxr(14,lag=n-1,first=zero)": ["@ixjb94/indicators", () => ({ adxr: ixjb94.adxr(high, low, 14) })],
  "dema(20,seed=first)": ["@ixjb94/indicators", () => ({ dema: ixjb94.dema(close, 20) })],
  "linreg(14)": ["@ixjb94/indicators", () => ({ linreg: ixjb94.linreg(close, 14) })],
  "highest(20)": ["@ixjb94/indicators", () => ({ highest: ixjb94.max(close, 20) })],
  "lowest(20)": ["@ixjb94/indicators", () => ({ lowest: ixjb94.min(close, 20) })],
  "volatility(20,252)": ["@ixjb94/indicators", () => ({ volatility: ixjb94.volatility(close, 20) })],
  "stochastic(14,3,3)": ["@ixjb94/indicators", stochasticOfIxjb94],
  obv: ["@ixjb94/indicators", () => ({ obv: ixjb94.obv(close, volume) })],
  "cmf(20)": ["indicatorts", () => ({ cmf: indicatorts.cmf(high, low, close, volume, { period: 20 }) })],
  "vortex(14)": ["indicatorts", () => {
    const { minus, plus } = indicatorts.vortex(high, low, close, { period: 14 })
    // Theirs fills the bars of its warm-up, too.
    return { plus: plus.slice(14), minus: minus.slice(14) }
  }]
}

/** Theirs as long as ours: they leave out what is undefined at the begin. */
const aligned = (theirs: Values): Float64Array => {
  const values = new Float64Array(close.length).fill(NaN)
  theirs.forEach((value, index) => values[close.length - theirs.length + index] = value ?? NaN)
  return values
}

describe("peers", () => {
  it.each(Object.entries(PEERS).map(([name, [library, lines]]) => [name, library, lines] as const))(
    "%s equals %s to 1e-9",
    (name, _, lines) => {
      const ours = outputsOf(name, columns)
      for (const [output, theirs] of Object.entries(lines())) {
        const expected = aligned(theirs)
        const begin = Math.max(indicatorNamed(name).warmup, expected.findIndex((value) => value === value))
        assert.isBelow(begin, 100, `${output} of theirs begins early`)
        assert.deepStrictEqual(differences(output, ours[output]!, expected, 1e-9, begin), [])
      }
    }
  )
})
