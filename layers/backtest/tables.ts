/**
 * trades.csv, orders.csv and equity.csv: which columns, in which order, with how many digits.
 * In: a result and the instruments it traded. Out: csv text.
 * The order of columns is a promise (docs/backtest.md): append, never move.
 */
import type { EquityPoint, OrderRow } from "../../src/backtest/Result.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { FIX_STATUS } from "../../src/domain/orderStatus.ts"
import type { LedgerTrade } from "../../src/report/Ledger.ts"
import { csvText, decimal, decimalOrEmpty, iso } from "./csv.ts"
import type { Column } from "./csv.ts"

/** Digits of a share such as mae. */
const SHARE_DIGITS = 8

/** Scales of the instruments of one run, by id. */
export type Scales = ReadonlyMap<string, Pick<Instrument, "priceScale" | "amountScale">>

export const scalesOf = (instruments: ReadonlyArray<Instrument>): Scales =>
  new Map(instruments.map((instrument) => [instrument.id, instrument]))

const scaleOf = (scales: Scales, instrument: string) => {
  const found = scales.get(instrument)
  if (found === undefined) throw new RangeError(`backtest: ${instrument} was not traded in this run`)
  return found
}

export const tradesCsv = (trades: ReadonlyArray<LedgerTrade>, scales: Scales): string => {
  const money = (of: (trade: LedgerTrade) => number) => (trade: LedgerTrade) =>
    decimal(of(trade), scaleOf(scales, trade.instrument).priceScale)
  const columns: ReadonlyArray<Column<LedgerTrade>> = [
    { name: "id", text: ({ id }) => id },
    { name: "instrument", text: ({ instrument }) => instrument },
    { name: "strategy", text: ({ strategy }) => strategy },
    { name: "side", text: ({ side }) => side },
    { name: "entry_time", text: ({ entryTime }) => iso(entryTime) },
    { name: "entry_ms", text: ({ entryTime }) => String(entryTime) },
    { name: "exit_time", text: ({ exitTime }) => iso(exitTime) },
    { name: "exit_ms", text: ({ exitTime }) => String(exitTime) },
    { name: "entry_price", text: money((trade) => trade.entryPrice) },
    { name: "exit_price", text: money((trade) => trade.exitPrice) },
    {
      name: "amount",
      text: (trade) => decimal(trade.amount, scaleOf(scales, trade.instrument).amountScale)
    },
    { name: "cost", text: money((trade) => trade.cost) },
    { name: "proceeds", text: money((trade) => trade.proceeds) },
    { name: "fees", text: money((trade) => trade.fees) },
    { name: "slippage", text: money((trade) => trade.slippage) },
    { name: "interest", text: money((trade) => trade.interest) },
    { name: "pnl", text: money((trade) => trade.pnl) },
    { name: "bars_held", text: ({ barsHeld }) => String(barsHeld) },
    { name: "exit_reason", text: ({ exitReason }) => exitReason },
    { name: "mae", text: ({ mae }) => decimal(mae, SHARE_DIGITS) },
    { name: "mfe", text: ({ mfe }) => decimal(mfe, SHARE_DIGITS) }
  ]
  return csvText(columns, trades)
}

export const ordersCsv = (orders: ReadonlyArray<OrderRow>, scales: Scales): string => {
  const money = (of: (order: OrderRow) => number | null) => (order: OrderRow) =>
    decimalOrEmpty(of(order), scaleOf(scales, order.instrument).priceScale)
  const base = (of: (order: OrderRow) => number) => (order: OrderRow) =>
    decimal(of(order), scaleOf(scales, order.instrument).amountScale)
  const columns: ReadonlyArray<Column<OrderRow>> = [
    { name: "intent_id", text: ({ intentId }) => intentId },
    { name: "decision_id", text: ({ decisionId }) => decisionId },
    { name: "instrument", text: ({ instrument }) => instrument },
    { name: "leg", text: ({ leg }) => leg },
    { name: "attempt", text: ({ attempt }) => String(attempt) },
    { name: "side", text: ({ side }) => side },
    { name: "type", text: ({ type }) => type },
    { name: "amount", text: base((order) => order.amount) },
    { name: "price", text: money((order) => order.price) },
    { name: "trigger", text: money((order) => order.trigger) },
    { name: "strategy", text: ({ strategy }) => strategy },
    { name: "edge", text: ({ edge }) => edge ?? "" },
    { name: "sent_time", text: ({ sentAt }) => iso(sentAt) },
    { name: "sent_ms", text: ({ sentAt }) => String(sentAt) },
    { name: "venue_order_id", text: ({ venueOrderId }) => venueOrderId ?? "" },
    { name: "status", text: ({ status }) => FIX_STATUS[status] },
    { name: "filled", text: base((order) => order.filled) },
    { name: "average_price", text: money((order) => order.averagePrice) },
    { name: "fee", text: money((order) => order.fee) },
    { name: "slippage", text: money((order) => order.slippage) },
    { name: "ended_time", text: ({ endedAt }) => endedAt === null ? "" : iso(endedAt) },
    { name: "ended_ms", text: ({ endedAt }) => endedAt === null ? "" : String(endedAt) },
    { name: "words", text: ({ words }) => words ?? "" }
  ]
  return csvText(columns, orders)
}

/** Money of the account, with the digits of its quote currency's instruments. */
export const equityCsv = (points: ReadonlyArray<EquityPoint>, priceScale: number): string => {
  const money = (of: (point: EquityPoint) => number) => (point: EquityPoint) => decimal(of(point), priceScale)
  const columns: ReadonlyArray<Column<EquityPoint>> = [
    { name: "time", text: ({ at }) => iso(at) },
    { name: "ms", text: ({ at }) => String(at) },
    { name: "kind", text: ({ kind }) => kind },
    { name: "cash", text: money((point) => point.cash) },
    { name: "held", text: money((point) => point.held) },
    { name: "equity", text: money((point) => point.equity) },
    { name: "hold", text: money((point) => point.hold) }
  ]
  return csvText(columns, points)
}
