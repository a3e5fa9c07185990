/**
 * Indicators against trading-signals 8.3, run live over made bars and over real ones.
 * In: two thousand made bars; golden/features-trading-signals-btc15m-2024.csv. Out: equality to 1e-9 on every bar.
 * That library starts exponential averages from the first value and counts the first bar's high - low: so do these names.
 */
import { assert, describe, it } from "@effect/vitest"
import {
  AD,
  ADOSC,
  ADX,
  ADXR,
  AO,
  APO,
  Aroon,
  ATR,
  BollingerBands,
  BollingerBandsWidth,
  CCI,
  ChandelierExit,
  CHOP,
  CMF,
  CMO,
  DEMA,
  DonchianChannels,
  EMA,
  ForceIndex,
  HMA,
  IchimokuCloud,
  KAMA,
  KeltnerChannels,
  LinearRegression,
  MACD,
  MAD,
  MFI,
  MOM,
  NATR,
  OBV,
  PercentB,
  PPO,
  RMA,
  ROC,
  RSI,
  SMA,
  StochasticOscillator,
  StochasticRSI,
  SuperTrend,
  TEMA,
  TR,
  TRIX,
  TSI,
  UlcerIndex,
  UltimateOscillator,
  VortexIndicator,
  VWAP,
  VWMA,
  WilliamsR,
  WMA,
  WSMA,
  ZLEMA
} from "trading-signals"
import type { Columns } from "../../../src/domain/Columns.ts"
import type { PriceBar } from "../../../src/engine/indicators/Indicator.ts"
import { indicatorNamed } from "../../../src/engine/indicators/registry.ts"
import { referencePath } from "../../kit/reference.ts"
import { barsOf, columnsOf, differences, madeColumns, outputsOf, readTable } from "./series.ts"

type Given = Readonly<Record<string, number>> | number | null | undefined
/** Feeds one bar; gives their value, or their values by name. */
type Feed = (bar: PriceBar) => Given

const onClose = (indicator: { add(price: number): unknown }): Feed => ({ close }) =>
  indicator.add(close) as Given
const onBar = (indicator: { add(bar: PriceBar): unknown }): Feed => (bar) => indicator.add(bar) as Given

interface Peer {
  readonly feed: () => Feed
  /** Their value's name for our output; the name alone when they give one number. */
  readonly outputs: Readonly<Record<string, string>>
  readonly convert?: (value: number) => number
  /** First bar compared, where the beginnings differ and are forgotten. */
  readonly from?: number
}

const one = (output: string, feed: () => Feed, rest: Partial<Peer> = {}): Peer => ({
  feed,
  outputs: { [output]: "" },
  ...rest
})
const percentOf = (ratio: number): number => 100 * ratio
const macdOf = () => new MACD(new EMA(12), new EMA(26), new EMA(9))

const PEERS: Readonly<Record<string, Peer>> = {
  "sma(20)": one("sma", () => onClose(new SMA(20))),
  "ema(20,seed=first)": one("ema", () => onClose(new EMA(20))),
  "wma(20)": one("wma", () => onClose(new WMA(20))),
  "rma(14)": one("rma", () => onClose(new WSMA(14))),
  "rma(14,seed=first)": one("rma", () => onClose(new RMA(14))),
  // Theirs chains both averages from bar 0 on.
  "dema(20,seed=first)": one("dema", () => onClose(new DEMA(20)), { from: 600 }),
  "tema(20,seed=first)": one("tema", () => onClose(new TEMA(20))),
  "hma(20)": one("hma", () => onClose(new HMA(20))),
  "kama(10,2,30)": one("kama", () => onClose(new KAMA(10))),
  "zlema(20)": one("zlema", () => onClose(new ZLEMA(20))),
  "vwma(20)": one("vwma", () => onBar(new VWMA(20))),
  "slope(14)": { feed: () => onClose(new LinearRegression(14)), outputs: { slope: "slope" } },
  "rsi(14)": one("rsi", () => onClose(new RSI(14))),
  "rsi(14,smoothing=simple)": one("rsi", () => onClose(new RSI(14, SMA))),
  "stochrsi(14,14,1,3)": {
    feed: () => onClose(new StochasticRSI(14)),
    outputs: { k: "" },
    convert: percentOf
  },
  "stochastic(14,3,3)": {
    feed: () => onBar(new StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 })),
    outputs: { k: "stochK", d: "stochD" }
  },
  "williamsr(14)": one("williamsr", () => onBar(new WilliamsR(14))),
  "macd(12,26,9,seed=first)": {
    feed: () => onClose(macdOf()),
    outputs: { macd: "macd", signal: "signal", histogram: "histogram" }
  },
  "apo(12,26,seed=first)": one("apo", () => onClose(new APO())),
  "ppo(12,26,seed=first)": one("ppo", () => onClose(new PPO())),
  "roc(12)": one("roc", () => onClose(new ROC(12)), { convert: percentOf }),
  "momentum(10)": one("momentum", () => onClose(new MOM(10))),
  // Theirs is relative to the newer average.
  "trix(15,seed=first)": one("trix", () => onClose(new TRIX(15)), {
    convert: (value) => value / (1 - value / 100)
  }),
  "tsi(25,13,seed=first)": one("tsi", () => onClose(new TSI())),
  "cmo(14)": one("cmo", () => onClose(new CMO(14))),
  "cci(20)": one("cci", () => onBar(new CCI(20))),
  "ao(5,34)": one("ao", () => onBar(new AO(5, 34))),
  "ultosc(7,14,28)": one("ultosc", () => onBar(new UltimateOscillator())),
  "adx(14,first=range)": one("adx", () => onBar(new ADX(14))),
  "adxr(14,lag=n-1,first=range)": one("adxr", () => onBar(new ADXR(14))),
  "aroon(25)": { feed: () => onBar(new Aroon(25)), outputs: { up: "aroonUp", down: "aroonDown" } },
  "vortex(14)": { feed: () => onBar(new VortexIndicator(14)), outputs: { plus: "plus", minus: "minus" } },
  "supertrend(10,3,first=range)": { feed: () => onBar(new SuperTrend()), outputs: { line: "supertrend" } },
  "ichimoku(9,26,52)": {
    feed: () => onBar(new IchimokuCloud()),
    outputs: { conversion: "conversion", base: "base", spanA: "spanA", spanB: "spanB" }
  },
  "chandelier(22,3,first=range)": {
    feed: () => onBar(new ChandelierExit()),
    outputs: { long: "long", short: "short" }
  },
  "tr(first=range)": one("tr", () => onBar(new TR())),
  "atr(14,first=range)": one("atr", () => onBar(new ATR(14))),
  "atr(14,smoothing=simple,first=range)": one("atr", () => onBar(new ATR(14, SMA))),
  "natr(14,first=range)": one("natr", () => onBar(new NATR(14))),
  "bollinger(20,2)": {
    feed: () => {
      const [bands, percentB] = [new BollingerBands(20, 2), new PercentB()]
      const width = new BollingerBandsWidth(new BollingerBands(20, 2))
      return ({ close }) => {
        const shares = { percentB: percentB.add(close) ?? NaN, width: width.add(close) ?? NaN }
        const lines = bands.add(close)
        return lines === null ? null : { ...lines, ...shares }
      }
    },
    outputs: { lower: "lower", middle: "middle", upper: "upper", percentB: "percentB", bandwidth: "width" }
  },
  "keltner(20,10,2,seed=first,first=range)": {
    feed: () => onBar(new KeltnerChannels()),
    outputs: { lower: "lower", middle: "middle", upper: "upper" }
  },
  "donchian(20)": {
    feed: () => onBar(new DonchianChannels(20)),
    outputs: { lower: "lower", middle: "middle", upper: "upper" }
  },
  "md(20)": one("md", () => onClose(new MAD(20))),
  "chop(14)": one("chop", () => onBar(new CHOP(14))),
  "ulcer(14)": one("ulcer", () => onClose(new UlcerIndex(14))),
  // Theirs says nothing at bar 0, where ours is 0.
  obv: one("obv", () => onBar(new OBV(2)), { from: 1 }),
  ad: one("ad", () => onBar(new AD())),
  "adosc(3,10,seed=first)": one("adosc", () => onBar(new ADOSC())),
  "cmf(20)": one("cmf", () => onBar(new CMF(20))),
  "mfi(14)": one("mfi", () => onBar(new MFI(14))),
  "force(13,seed=first)": one("force", () => onBar(new ForceIndex(13))),
  "vwap(session=none)": one("vwap", () => onBar(new VWAP()))
}

const unequal = (name: string, columns: Columns): ReadonlyArray<string> => {
  const { convert = (value: number) => value, feed, from = 0, outputs } = PEERS[name]!
  const bars = barsOf(columns)
  const ours = outputsOf(name, columns)
  const theirs = feed()
  const given = bars.map(theirs)
  return Object.entries(outputs).flatMap(([output, key]) => {
    const expected = Float64Array.from(given, (value) => {
      if (value === null || value === undefined) return NaN
      const number = typeof value === "number" ? value : value[key] ?? NaN
      return convert(number)
    })
    // Before our warm-up one of the two may print already; from there on both must.
    return differences(output, ours[output]!, expected, 1e-9, Math.max(from, indicatorNamed(name).warmup))
  })
}

describe("trading-signals", () => {
  const made = madeColumns(7, 2_000)

  it.each(Object.keys(PEERS))("%s equals it to 1e-9 on made bars", (name) => {
    assert.deepStrictEqual(unequal(name, made), [])
  })
})

const golden = referencePath("golden/features-trading-signals-btc15m-2024.csv")

describe.skipIf(golden === undefined)("trading-signals on real bars (needs the reference folder)", () => {
  const table = golden === undefined ? {} : readTable(golden)
  const real = golden === undefined ? madeColumns(1, 1) : columnsOf(table)

  it.each(Object.keys(PEERS))("%s equals it to 1e-9 on real bars", (name) => {
    assert.deepStrictEqual(unequal(name, real), [])
  })

  it.each(
    [
      ["rsi(14)", { rsi: "rsi14" }],
      ["macd(12,26,9,seed=first)", { macd: "macd", signal: "macd_signal", histogram: "macd_hist" }],
      ["atr(14,first=range)", { atr: "atr14" }],
      ["bollinger(20,2)", { lower: "bb_lower", middle: "bb_middle", upper: "bb_upper" }],
      ["ema(20,seed=first)", { ema: "ema20" }],
      ["ema(50,seed=first)", { ema: "ema50" }],
      ["sma(20,source=volume)", { sma: "volume_sma20" }],
      ["adx(14,first=range)", { adx: "adx14", plusDi: "plus_di14", minusDi: "minus_di14" }],
      ["donchian(20)", { lower: "donchian_lower20", upper: "donchian_upper20" }]
    ] as const
  )("%s equals the golden file on every row from its warm-up on", (name, mapping) => {
    const outputs = outputsOf(name, real)
    for (const [ours, theirs] of Object.entries(mapping)) {
      const from = indicatorNamed(name).warmup
      assert.isFalse(outputs[ours]!.subarray(from).some(Number.isNaN))
      assert.deepStrictEqual(differences(ours, outputs[ours]!, table[theirs]!, 1e-9, from), [])
    }
  })
})
