/**
 * Features and the bare loop beside the plain loop, in the same rounds over the same bars.
 * In: a million recorded one-minute bars if they are here, else half a million synthetic ones. Out: nanoseconds a bar, ratios.
 * In bench/ beside figures.ts, which prints it; the order of the three changes from round to round.
 */
import { createHash } from "node:crypto"
import { Effect } from "effect"
import { loadCandles } from "../../layers/datasets/csv.ts"
import { runLoop } from "../../src/backtest/loop.ts"
import { makeRollingHash } from "../../src/backtest/rollingHash.ts"
import type { Candle } from "../../src/domain/Candle.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { higherMillis } from "../../src/domain/timeframe.ts"
import { invariant } from "../../src/engine/invariant.ts"
import { makeMarketState, observe } from "../../src/engine/observe.ts"
import { WIDTH } from "../../src/engine/Observation.ts"
import { profileSettings } from "../kit/profile.ts"
import { referencePath } from "../kit/reference.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../kit/syntheticBars.ts"
import { median } from "./Figure.ts"
import type { Figure } from "./Figure.ts"
import { plainFeatures } from "./plainFeatures.ts"

const ROUNDS = 5
const BARS = 1_000_000
const SYNTHETIC_BARS = 500_000
const FILE = "bitfinex-btcusd-1m-2017-2018.csv.gz"
/** Largest relative difference between the plain loop's rows and ours. */
const TOLERANCE = 1e-9

interface Market {
  readonly words: string
  readonly candles: ReadonlyArray<Candle>
  readonly instrument: Instrument
  readonly baseMillis: number
}

const marketOf = async (): Promise<Market> => {
  const path = referencePath(`data/${FILE}`)
  const instrument = instrumentById(path === undefined ? "bitbank:BTC/JPY" : "bitfinex:BTC/USD")
  invariant(instrument !== undefined, "the instrument is known")
  if (path === undefined) {
    const words = `${SYNTHETIC_BARS} synthetic bars, seed 42 (the recorded market is not here)`
    return { words, candles: syntheticBars(42, SYNTHETIC_BARS), instrument, baseMillis: FIFTEEN_MINUTES }
  }
  const candles = (await Effect.runPromise(loadCandles(path))).slice(0, BARS)
  return { words: `${candles.length} bars of ${FILE}`, candles, instrument, baseMillis: 60_000 }
}

const hashOf = (rows: Float64Array): string =>
  createHash("sha256").update(new Uint8Array(rows.buffer)).digest("hex").slice(0, 16)

/** Three ways through the market; each returns what it computed. */
const waysOf = ({ baseMillis, candles, instrument }: Market) => {
  const column = (name: "high" | "low" | "close" | "volume") => Float64Array.from(candles, (bar) => bar[name])
  const columns = {
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("volume")
  }
  const rows = new Float64Array(WIDTH * candles.length)
  const ours = new Float64Array(WIDTH * candles.length)
  const settings = profileSettings("balanced")
  const frames = { baseMillis, higherMillis: higherMillis(baseMillis) }
  const plain = () => plainFeatures(columns, rows)
  const features = () => {
    const state = makeMarketState({ ...frames, spec: "phase19" })
    for (let bar = 0; bar < candles.length; bar++) {
      ours.set(observe(state, candles[bar]!).features, bar * WIDTH)
    }
  }
  let digest = ""
  const loop = () => {
    const hash = makeRollingHash()
    runLoop({ account: "bench", instrument, settings, ...frames, history: [], candles, onDecision: hash.add })
    digest = hash.digest().slice(0, 16)
  }
  return { plain, features, loop, rows, ours, digest: () => digest }
}

/** Largest relative difference of two tables; infinite where only one of them has a number. */
const differenceOf = (left: Float64Array, right: Float64Array): number => {
  let worst = 0
  for (let index = 0; index < left.length; index++) {
    const [one, other] = [left[index]!, right[index]!]
    if (Object.is(one, other) || one === other) continue
    const difference = Math.abs(one - other) / Math.max(Math.abs(one), Math.abs(other))
    worst = Math.max(worst, Number.isNaN(difference) ? Infinity : difference)
  }
  return worst
}

/** Errors: `InvariantBroken` when the plain loop's features are not ours. */
export const candleFigures = async (): Promise<
  { readonly market: string; readonly figures: ReadonlyArray<Figure> }
> => {
  const market = await marketOf()
  const ways = waysOf(market)
  const names = ["plain", "features", "loop"] as const
  const nanos = { plain: [] as Array<number>, features: [] as Array<number>, loop: [] as Array<number> }
  for (let round = 0; round < ROUNDS; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length]!
      const began = performance.now()
      ways[name]()
      nanos[name].push((performance.now() - began) * 1e6 / market.candles.length)
    }
  }
  const difference = differenceOf(ways.rows, ways.ours)
  invariant(difference <= TOLERANCE, `both loops make the same features, not ${difference} apart`)
  const plain = median(nanos.plain)
  const each = (value: number) => `${Math.round(value)} ns a bar`
  const share = (value: number) => `${each(value)}, ${(plain / value).toFixed(2)}x`
  return {
    market: `${market.words}; features equal to ${difference.toExponential(1)}`,
    figures: [
      { name: "plain loop, 12 features", value: each(plain), aim: "1x", fingerprint: hashOf(ways.rows) },
      {
        name: "features, both frames",
        value: share(median(nanos.features)),
        aim: "",
        fingerprint: hashOf(ways.ours)
      },
      {
        name: "bare loop, all decisions",
        value: share(median(nanos.loop)),
        aim: ">= 0.15x",
        fingerprint: ways.digest()
      }
    ]
  }
}
