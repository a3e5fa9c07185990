/**
 * What can be traded, where, and in which steps: one row of data an instrument, no code that knows a currency.
 * In: nothing. Out: the rows of decisions 20 and a lookup by id or by a data file's name.
 * Plain: engine, simulator and report read scales and fees from here.
 */
import type { Base, Ppm, Price } from "./money.ts"

export interface Instrument {
  /** `venue:BASE/QUOTE`, the name used in settings, journals and on the command line. */
  readonly id: string
  readonly venue: string
  readonly symbol: string
  readonly base: string
  readonly quote: string
  /** Digits after the point of prices and quote money: an integer price is price x 10^priceScale. */
  readonly priceScale: number
  /** Digits after the point of base amounts. */
  readonly amountScale: number
  /** Smallest price step of an *order*, scaled; candles may stand between two ticks. */
  readonly tick: Price
  /** Smallest amount step of an order, scaled. */
  readonly lot: Base
  /** Smallest amount of an order, scaled. */
  readonly minAmount: Base
  readonly makerFee: Ppm
  readonly takerFee: Ppm
  /** IANA zone of the venue's own day (interest is charged at its midnight). */
  readonly sessionZone: string
}

const row = (
  venue: string,
  symbol: string,
  scales: { readonly price: number; readonly amount: number },
  steps: { readonly tick: number; readonly lot: number; readonly min: number },
  fees: { readonly maker: number; readonly taker: number },
  sessionZone: string
): Instrument => {
  const [baseName = "", quoteName = ""] = symbol.split("/")
  return {
    id: `${venue}:${symbol}`,
    venue,
    symbol,
    base: baseName,
    quote: quoteName,
    priceScale: scales.price,
    amountScale: scales.amount,
    tick: steps.tick as Price,
    lot: steps.lot as Base,
    minAmount: steps.min as Base,
    makerFee: fees.maker as Ppm,
    takerFee: fees.taker as Ppm,
    sessionZone
  }
}

/** Every instrument we know (decisions 20). Fees are the venue's list prices; `fees.*` settings override them. */
const INSTRUMENTS: ReadonlyArray<Instrument> = [
  row("bitbank", "BTC/JPY", { price: 4, amount: 8 }, { tick: 10_000, lot: 10_000, min: 10_000 }, {
    maker: 0,
    taker: 1_000
  }, "Asia/Tokyo"),
  row("bitflyer", "BTC/JPY", { price: 4, amount: 8 }, { tick: 10_000, lot: 1, min: 100_000 }, {
    maker: 1_500,
    taker: 1_500
  }, "Asia/Tokyo"),
  row("binance", "BTC/USDT", { price: 8, amount: 8 }, { tick: 1_000_000, lot: 1_000, min: 1_000 }, {
    maker: 1_000,
    taker: 1_000
  }, "UTC"),
  row("binance", "ETH/USDT", { price: 8, amount: 8 }, { tick: 1_000_000, lot: 10_000, min: 10_000 }, {
    maker: 1_000,
    taker: 1_000
  }, "UTC"),
  row("bitfinex", "BTC/USD", { price: 8, amount: 8 }, { tick: 1, lot: 1, min: 1 }, {
    maker: 1_000,
    taker: 2_000
  }, "UTC"),
  row("bitfinex", "ETH/USD", { price: 8, amount: 8 }, { tick: 1, lot: 1, min: 1 }, {
    maker: 1_000,
    taker: 2_000
  }, "UTC")
]

/** The instrument of that id, or undefined. */
const instrumentById = (id: string): Instrument | undefined => INSTRUMENTS.find((known) => known.id === id)

/** The instrument that a data file's name begins with (`binance-btcusdt-15m-2024.csv.gz`), or undefined. */
const instrumentByFileName = (name: string): Instrument | undefined =>
  INSTRUMENTS.find((known) =>
    name.toLowerCase().startsWith(`${known.venue}-${known.base}${known.quote}-`.toLowerCase())
  )

export { instrumentByFileName, instrumentById, INSTRUMENTS }
