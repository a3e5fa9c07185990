/**
 * Small words for tests of the exchange: yen, bitcoin, bars by number, orders with only what matters.
 * In: plain numbers. Out: scaled values, candles, approved orders and an exchange to try them on.
 * In test/: approval is a brand that only risk applies, so a test of the venue has to pretend once, here.
 */
import type { Candle } from "../../src/domain/Candle.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { base, ppm, price, quote } from "../../src/domain/money.ts"
import type { ApprovedOrder, Order, SubmitOutcome, VenueReport } from "../../src/domain/Order.ts"
import { makeExchange, submit } from "../../src/simulator/Exchange.ts"
import type { Exchange, ExchangeOptions } from "../../src/simulator/Exchange.ts"

export const BAR = 900_000
/** Monday 2024-01-01 00:00 UTC, nine in the morning in Tokyo. */
export const START = 1_704_067_200_000

/** Prices and quote money at four digits, amounts at eight. */
export const yen = (value: number): number => Math.round(value * 10_000)
export const btc = (value: number): number => Math.round(value * 100_000_000)

export const bitbank: Instrument = instrumentById("bitbank:BTC/JPY") as Instrument

/** Bar number `n`: open, high, low, close in yen; volume in bitcoin. */
export const candle = (
  n: number,
  prices: readonly [number, number, number, number],
  volume = 1_000
): Candle => {
  const [open, high, low, close] = prices
  const openTime = START + n * BAR
  return {
    openTime,
    closeTime: openTime + BAR,
    open,
    high,
    low,
    close,
    volume,
    text: `${open},${high},${low},${close},${volume}`
  }
}

/** A bar that opens, stays and closes at one price. */
export const still = (n: number, at: number, volume = 1_000): Candle => candle(n, [at, at, at, at], volume)

/** The close of bar `n`, when its decision is sent. */
export const closeOf = (n: number): number => START + (n + 1) * BAR

type Options = { -readonly [K in keyof ExchangeOptions]?: ExchangeOptions[K] }

/** Spot, ¥10,000,000, the given slippage (none by default), the whole bar for one order, no latency. */
export const exchangeOf = (options: Options = {}): Exchange =>
  makeExchange({
    instrument: bitbank,
    account: "spot",
    capital: quote(yen(10_000_000)),
    slippage: ppm(0),
    latencyMs: 0,
    participation: 1,
    interestPerDay: ppm(400),
    ...options
  })

/** A market entry of 0.1 bitcoin unless told otherwise. */
export const orderOf = (intentId: string, order: Partial<Order> = {}): ApprovedOrder => {
  const full: Order = {
    intentId,
    decisionId: intentId.split("#")[0] ?? intentId,
    instrument: bitbank.id,
    leg: "entry",
    purpose: "entry",
    attempt: 1,
    side: "buy",
    type: "market",
    amount: base(btc(0.1)),
    price: null,
    trigger: null,
    reduceOnly: false,
    postOnly: false,
    validUntil: Number.MAX_SAFE_INTEGER,
    plannedStop: null,
    plannedTarget: null,
    strategy: "ATRBased",
    edge: null,
    ...order
  }
  return full as ApprovedOrder
}

const amountOf = (amount: number): Partial<Order> => ({ amount: base(btc(amount)) })

export const market = (
  id: string,
  side: "buy" | "sell",
  amount: number,
  rest: Partial<Order> = {}
): ApprovedOrder => orderOf(id, { side, ...amountOf(amount), ...rest })

export const limit = (
  id: string,
  side: "buy" | "sell",
  amount: number,
  at: number,
  rest: Partial<Order> = {}
): ApprovedOrder => orderOf(id, { side, type: "limit", price: price(yen(at)), ...amountOf(amount), ...rest })

export const stop = (
  id: string,
  side: "buy" | "sell",
  amount: number,
  at: number,
  rest: Partial<Order> = {}
): ApprovedOrder =>
  orderOf(id, {
    side,
    type: "stop",
    trigger: price(yen(at)),
    reduceOnly: true,
    leg: "stop",
    purpose: "protect",
    ...amountOf(amount),
    ...rest
  })

/** Submits and insists that the exchange took it. */
export const accept = (exchange: Exchange, order: ApprovedOrder, now: number): string => {
  const outcome: SubmitOutcome = submit(exchange, order, now)
  if (outcome._tag !== "Accepted") throw new Error(`expected Accepted, got ${JSON.stringify(outcome)}`)
  return outcome.venueOrderId
}

/** A report in few words: `e buy 0.1 @ 1000000 fee 100 taker done`, `e canceled 0.1: why`, `interest 400`. */
export const wordsOf = (report: VenueReport): string => {
  if (report._tag === "InterestCharged") return `interest ${report.amount / 10_000}`
  if (report._tag === "Canceled") {
    return `${report.intentId} canceled ${report.remaining / 1e8}: ${report.words}`
  }
  const { amount, complete, fee, intentId, liquidity, price: at, side } = report
  return `${intentId} ${side} ${amount / 1e8} @ ${at / 10_000} fee ${fee / 10_000} ${liquidity}${
    complete ? " done" : ""
  }`
}
