/**
 * A trading desk for tests of risk, protection and settlement: books, bars, ballots and journal events in a few words.
 * In: overrides. Out: plain values; nothing is faked but the market.
 * Here because every test of these rooms needs the same three sentences.
 */
import { readFileSync } from "node:fs"
import { Schema } from "effect"
import type { JournalEvent } from "../../src/domain/Event.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import type { Base, Price, Quote } from "../../src/domain/money.ts"
import type { Leg, Order } from "../../src/domain/Order.ts"
import { Settings } from "../../src/domain/Settings.ts"
import type { Ballot } from "../../src/engine/Ballot.ts"
import type { Bar, Frame, Observation } from "../../src/engine/Observation.ts"
import { makeBooks } from "../../src/engine/portfolio/Books.ts"
import type { Books } from "../../src/engine/portfolio/Books.ts"
import { mark } from "../../src/engine/mark.ts"
import type { ClosedTrade } from "../../src/engine/portfolio/ClosedTrade.ts"
import { settle } from "../../src/engine/settle.ts"

export const BAR = 900_000
/** 2024-01-10T00:00:00Z, 09:00 in Tokyo. */
export const START = 1_704_844_800_000
/** ¥10,000,000. */
export const PRICE = 10_000_000

const profile: Settings = Schema.decodeUnknownSync(Settings)(
  JSON.parse(readFileSync(new URL("../../config/balanced.json", import.meta.url), "utf8"))
)

export interface Overrides {
  readonly account?: "spot" | "margin"
  readonly realMoney?: boolean
  readonly capital?: number
  readonly risk?: Partial<Settings["risk"]>
  readonly sizing?: Partial<Settings["sizing"]>
  readonly instrument?: Instrument
}

export const bitbank = (): Instrument => {
  const found = instrumentById("bitbank:BTC/JPY")
  if (found === undefined) throw new Error("bitbank:BTC/JPY is known")
  return found
}

export const settingsOf = (overrides: Overrides = {}): Settings => ({
  ...profile,
  account: overrides.account ?? "spot",
  capital: overrides.capital ?? 500_000,
  risk: { ...profile.risk, ...overrides.risk },
  sizing: { ...profile.sizing, ...overrides.sizing }
})

export const emptyBooks = (overrides: Overrides = {}): Books =>
  makeBooks({
    account: "paper",
    instrument: overrides.instrument ?? bitbank(),
    settings: settingsOf(overrides),
    baseMillis: BAR,
    realMoney: overrides.realMoney ?? false
  })

/** The `index`-th bar: it closes at START + index bars. */
export const barAt = (index: number, close = PRICE, overrides: Partial<Bar> = {}): Bar => ({
  openTime: START + (index - 1) * BAR,
  closeTime: START + index * BAR,
  open: close,
  high: close * 1.001,
  low: close * 0.999,
  close,
  volume: 10,
  ...overrides
})

/** Books marked `bars` times at one price. */
export const markedBooks = (bars: number, overrides: Overrides = {}): Books => {
  const books = emptyBooks(overrides)
  for (let index = 1; index <= bars; index++) mark(books, barAt(index), 0)
  return books
}

export const observe = (bar: Bar, atr = 50_000): Observation => {
  const frame = (): Frame => {
    const one = (value: number) => Float64Array.of(value)
    const rows = new Float64Array(12).fill(1)
    rows[6] = atr
    return {
      millis: BAR,
      openTime: one(bar.openTime),
      open: one(bar.open),
      high: one(bar.high),
      low: one(bar.low),
      close: one(bar.close),
      volume: one(bar.volume),
      rows,
      end: 1,
      count: 1,
      seen: 1
    }
  }
  const base = frame()
  return {
    bar,
    seededAt: START,
    gapBars: 0,
    features: base.rows,
    spec: "test",
    usable: true,
    base,
    higher: frame(),
    higherOpenTime: null
  }
}

export const ballotFor = (side: "buy" | "sell" | "hold", overrides: Partial<Ballot> = {}): Ballot => ({
  votes: [],
  buy: side === "buy" ? 0.6 : 0,
  sell: side === "sell" ? 0.6 : 0,
  score: side === "hold" ? 0 : 0.6,
  side,
  reason: side === "hold" ? "noSide" : "ordered",
  attribution: side === "hold" ? null : "ATRBased",
  stopAtr: side === "hold" ? 0 : 1.5,
  targetRatio: side === "hold" ? 0 : 2,
  mode: "model",
  prediction: null,
  ...overrides
})

export const orderFor = (
  leg: Leg,
  side: "buy" | "sell",
  amount: number,
  overrides: Partial<Order> = {}
): Order => {
  const decisionId = overrides.decisionId ?? "d"
  const attempt = overrides.attempt ?? 1
  return {
    intentId: `${decisionId}#${leg}.${attempt}`,
    decisionId,
    instrument: "bitbank:BTC/JPY",
    leg,
    purpose: leg === "entry" ? "entry" : leg === "exit" ? "exit" : "protect",
    attempt,
    side,
    type: leg === "stop" ? "stop" : leg === "target" ? "limit" : "market",
    amount: amount as Base,
    price: leg === "target" ? (PRICE * 10_000 as Price) : null,
    trigger: leg === "stop" ? (PRICE * 10_000 as Price) : null,
    reduceOnly: leg !== "entry",
    postOnly: false,
    validUntil: START + 1_000 * BAR,
    plannedStop: leg === "entry" ? (PRICE * (side === "buy" ? 9_900 : 10_100) as Price) : null,
    plannedTarget: leg === "entry" ? (PRICE * (side === "buy" ? 10_200 : 9_800) as Price) : null,
    strategy: "ATRBased",
    edge: leg === "entry" ? "bootstrap" : null,
    ...overrides
  }
}

export const sending = (order: Order): JournalEvent => ({
  _tag: "OrderSending",
  order,
  t0: START,
  settleBy: START + 18_000
})
export const accepted = (order: Order): JournalEvent => ({
  _tag: "OrderAccepted",
  intentId: order.intentId,
  venueOrderId: `S-${order.intentId}`
})
export const refused = (order: Order): JournalEvent => ({
  _tag: "OrderRefused",
  intentId: order.intentId,
  code: "60001",
  words: "no"
})

/** The next report's fill of an order, at `price` quote units. */
export const filled = (
  books: Books,
  order: Order,
  options: {
    readonly amount?: number
    readonly price?: number
    readonly fee?: number
    readonly at?: number
    readonly complete?: boolean
    readonly tradeId?: string
  } = {}
): JournalEvent => {
  const reportSeq = books.lastReportSeq + 1
  return {
    _tag: "VenueReported",
    report: {
      _tag: "Filled",
      reportSeq,
      at: options.at ?? books.markedAt,
      venueOrderId: `S-${order.intentId}`,
      intentId: order.intentId,
      tradeId: options.tradeId ?? `T-${reportSeq}`,
      side: order.side,
      amount: (options.amount ?? order.amount) as Base,
      price: (options.price ?? PRICE) * 10_000 as Price,
      fee: (options.fee ?? 0) as Quote,
      liquidity: "taker",
      complete: options.complete ?? true
    }
  }
}

export const canceled = (books: Books, order: Order): JournalEvent => ({
  _tag: "VenueReported",
  report: {
    _tag: "Canceled",
    reportSeq: books.lastReportSeq + 1,
    at: books.markedAt,
    venueOrderId: `S-${order.intentId}`,
    intentId: order.intentId,
    remaining: order.amount,
    words: "flat"
  }
})

export const controlSet = (control: "halt" | "reduce" | "resume", by = "operator"): JournalEvent => ({
  _tag: "ControlSet",
  control,
  by,
  words: "test",
  incident: null
})

/** Sends, accepts and fills an order at once. */
export const trade = (
  books: Books,
  order: Order,
  options: Parameters<typeof filled>[2] = {}
): ClosedTrade | null => {
  settle(books, sending(order), books.markedAt)
  settle(books, accepted(order), books.markedAt)
  return settle(books, filled(books, order, options), books.markedAt)
}

/** A whole trade of 0.0002 BTC: in at PRICE, out so that it earns `yen` (fees aside). */
export const roundTrip = (
  books: Books,
  id: string,
  yen: number,
  leg: "exit" | "stop" | "target" = "exit"
): ClosedTrade => {
  trade(books, orderFor("entry", "buy", 20_000, { decisionId: id }))
  const closed = trade(books, orderFor(leg, "sell", 20_000, { decisionId: id }), {
    price: PRICE + yen * 5_000
  })
  if (closed === null) throw new Error("a round trip closes")
  return closed
}
