/**
 * A market without end and without a gift: it clusters, jumps, panics and pauses like a real one, and nothing in it can be foreseen.
 * In: a seed, a price, a start and a bar length. Out: closed bars, the same bytes for the same options.
 * Pure: the demo market of decisions 23; each move is symmetric given the past, so no strategy has an edge before costs.
 */
import type { Candle } from "../../domain/Candle.ts"
import { chance, makeRandom, nextDouble, nextInt, nextNormal } from "../random.ts"
import type { Random } from "../random.ts"

/** What a synthetic market is made from. */
export interface SyntheticOptions {
  /** Low 32 bits count. */
  readonly seed: number
  /** Quote units of the first open. */
  readonly startPrice: number
  /** Open time of the first bar, UTC milliseconds. */
  readonly startTime: number
  /** Length of a bar in milliseconds; volatility grows with its root. */
  readonly baseMillis: number
  /** Quote units between two printed prices. */
  readonly tick: number
}

/** Bars in order, without end; one owner. */
export interface SyntheticMarket {
  readonly next: () => Candle
  /** Passes over `count` bars as if they had been taken, in well under a microsecond each. */
  readonly skip: (count: number) => void
}

const makeSyntheticMarket = (options: SyntheticOptions): SyntheticMarket => {
  const market = makeState(options)
  return {
    next: () => {
      advance(market)
      return candleOf(market)
    },
    skip: (count) => {
      for (let passed = 0; passed < count; passed++) advance(market)
    }
  }
}

/** Standard deviation of a 15-minute return in an ordinary hour, before clustering and jumps. */
const VOLATILITY = 0.0026
/** Steps of a bar's path, and how far its true extremes lie beyond the sampled ones (in deviations of a bar). */
const STEPS = 8
const OVERSHOOT = 0.3
/** One step never moves the price by more than this share. */
const STEP_LIMIT = 0.12
/** Beyond this multiple of the start (or below its inverse) a pull of a fiftieth of the volatility keeps an endless market printable. */
const RANGE = 16
const PULL = 0.02
/** Volume of an ordinary 15-minute bar, base units. */
const VOLUME = 14

/** Volatility multiple and mean length in bars of each weather. */
const REGIMES = [
  { volatility: 0.65, bars: 900 },
  { volatility: 1.3, bars: 600 },
  { volatility: 2.6, bars: 24 }
] as const

/** How lively each hour of the UTC day is: volatility and volume follow it, direction does not. */
const HOURS = [
  1.05,
  1,
  0.9,
  0.8,
  0.75,
  0.75,
  0.8,
  0.85,
  0.9,
  0.9,
  0.9,
  0.95,
  1.05,
  1.2,
  1.35,
  1.35,
  1.25,
  1.15,
  1.1,
  1.1,
  1.05,
  1,
  1,
  1
] as const

interface State {
  readonly random: Random
  readonly startPrice: number
  readonly baseMillis: number
  readonly tick: number
  readonly digits: number
  readonly scale: number
  regime: number
  /** Short-lived heat: the conditional variance, 1 on average. */
  heat: number
  /** Unrounded price; rounding is for print. */
  price: number
  openTime: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

const makeState = (options: SyntheticOptions): State => ({
  random: makeRandom(options.seed),
  startPrice: options.startPrice,
  baseMillis: options.baseMillis,
  tick: options.tick,
  digits: digitsOf(options.tick),
  scale: Math.sqrt(options.baseMillis / 900_000),
  regime: 0,
  heat: 1,
  price: options.startPrice,
  openTime: options.startTime - options.baseMillis,
  open: options.startPrice,
  high: options.startPrice,
  low: options.startPrice,
  close: options.startPrice,
  volume: 0
})

const advance = (market: State): void => {
  const random = market.random
  market.openTime += market.baseMillis
  if (chance(random, 1 / REGIMES[market.regime as 0].bars)) {
    market.regime = market.regime === 0
      ? (chance(random, 0.9) ? 1 : 2)
      : market.regime === 1 && chance(random, 0.2)
      ? 2
      : nextInt(random, 2)
  }
  const hour = Math.floor(market.openTime / 3_600_000) % 24
  const weather = REGIMES[market.regime as 0].volatility * (HOURS[hour] ?? 1)
  const volatility = VOLATILITY * market.scale * weather * Math.sqrt(market.heat)
  if (chance(random, 0.000_8)) pause(market, volatility)
  if (chance(random, 0.000_5)) return rest(market)
  const news = chance(random, 0.02) ? 2.6 : 0.93
  const moved = walk(market, volatility, volatility * news)
  market.heat = Math.min(0.05 + (0.11 * moved * moved + 0.84) * market.heat, 40)
}

// Bars nobody recorded: time passes, and the price with it.
const pause = (market: State, volatility: number): void => {
  let missing = 1
  while (missing < 12 && chance(market.random, 0.5)) missing++
  market.openTime += missing * market.baseMillis
  market.price = move(market.price, volatility * Math.sqrt(missing) * nextNormal(market.random))
  market.close = printed(market, market.price)
}

// A bar without a trade: flat, no volume.
const rest = (market: State): void => {
  market.open = market.close
  market.high = market.close
  market.low = market.close
  market.volume = 0
}

// Walks a bar in equal steps and returns its move in units of `volatility`.
const walk = (market: State, volatility: number, step: number): number => {
  const random = market.random
  const start = market.price
  const jumpAt = chance(random, 0.002) ? nextInt(random, STEPS) : STEPS
  const spread = step * Math.sqrt(12 / STEPS)
  const pull = start > market.startPrice * RANGE ? -PULL : start * RANGE < market.startPrice ? PULL : 0
  let highest = start
  let lowest = start
  let price = start
  for (let index = 0; index < STEPS; index++) {
    let share = (nextDouble(random) - 0.5) * spread + pull * volatility / STEPS
    if (index === jumpAt) share += (chance(random, 0.5) ? 1 : -1) * (3 + 5 * nextDouble(random)) * volatility
    price = move(price, share)
    if (price > highest) highest = price
    if (price < lowest) lowest = price
  }
  highest += start * step * OVERSHOOT * nextDouble(random)
  lowest -= Math.min(start * step * OVERSHOOT * nextDouble(random), lowest / 2)
  market.price = price
  market.open = market.close
  market.close = printed(market, price)
  market.high = Math.max(printed(market, highest), market.open, market.close)
  market.low = Math.min(printed(market, lowest), market.open, market.close)
  const travelled = (highest - lowest) / start / (VOLATILITY * market.scale)
  const noise = (0.35 + nextDouble(random)) * (0.35 + nextDouble(random))
  market.volume = Math.round((VOLUME * market.scale * market.scale * travelled * noise + 0.05) * 10_000) /
    10_000
  return (price / start - 1) / volatility
}

const move = (price: number, share: number): number =>
  price * (1 + Math.max(-STEP_LIMIT, Math.min(STEP_LIMIT, share)))

const printed = (market: State, price: number): number => {
  const steps = Math.max(1, Math.round(price / market.tick))
  return market.digits === 0 ? steps * market.tick : Number((steps * market.tick).toFixed(market.digits))
}

const digitsOf = (tick: number): number => {
  let digits = 0
  while (digits < 12 && Math.abs(tick * 10 ** digits - Math.round(tick * 10 ** digits)) > 1e-9) digits++
  return digits
}

const candleOf = (market: State): Candle => ({
  openTime: market.openTime,
  closeTime: market.openTime + market.baseMillis,
  open: market.open,
  high: market.high,
  low: market.low,
  close: market.close,
  volume: market.volume,
  text: `${market.open},${market.high},${market.low},${market.close},${market.volume}`
})

export { makeSyntheticMarket }
