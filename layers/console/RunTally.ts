/**
 * What one run came to, counted row by row for the closing report.
 * In: rows of this run, closed trades, restarts. Out: counts and sums, bounded in size however long the run lasts.
 * Money is summed as the integers the books hold; nothing is computed twice.
 */
import type { DecisionReason } from "../../src/domain/decisionReasons.ts"
import type { JournalRow } from "../../src/domain/Event.ts"
import type { ClosedTrade } from "../../src/engine/portfolio/ClosedTrade.ts"
import { countBallot, makeFunnel } from "../../src/engine/strategy/funnel.ts"
import type { Funnel } from "../../src/engine/strategy/funnel.ts"

/** Newest closed trades kept for the report. */
export const TRADES_SHOWN = 20

export interface RunTally {
  bars: number
  seeded: number
  readonly decisions: Map<DecisionReason, number>
  readonly orders: {
    sent: number
    refused: number
    unknown: number
    fills: number
    entries: number
    exits: number
    stops: number
    targets: number
  }
  readonly trades: {
    count: number
    won: number
    pnl: number
    fees: number
    readonly newest: Array<ClosedTrade>
  }
  readonly restarts: Map<string, number>
  incidents: number
  readonly funnel: Funnel
  firstClose: number | null
  lastClose: number | null
}

export const makeRunTally = (): RunTally => ({
  bars: 0,
  seeded: 0,
  decisions: new Map(),
  orders: { sent: 0, refused: 0, unknown: 0, fills: 0, entries: 0, exits: 0, stops: 0, targets: 0 },
  trades: { count: 0, won: 0, pnl: 0, fees: 0, newest: [] },
  restarts: new Map(),
  incidents: 0,
  funnel: makeFunnel(),
  firstClose: null,
  lastClose: null
})

const LEGS = { entry: "entries", exit: "exits", stop: "stops", target: "targets" } as const

/** Counts one row, and the trade it closed if it closed one. */
export const countRow = (tally: RunTally, row: JournalRow, closed: ClosedTrade | null): void => {
  const { event } = row
  if (event._tag === "CandleSeeded") tally.seeded += 1
  else if (event._tag === "CandleClosed") {
    tally.bars += 1
    tally.firstClose ??= event.closeTime
    tally.lastClose = event.closeTime
  } else if (event._tag === "DecisionMade") {
    const { record } = event
    tally.decisions.set(record.reason, (tally.decisions.get(record.reason) ?? 0) + 1)
    countBallot(tally.funnel, record)
  } else if (event._tag === "OrderSending") {
    tally.orders.sent += 1
    tally.orders[LEGS[event.order.leg]] += 1
  } else if (event._tag === "OrderRefused" || event._tag === "OrderDenied" || event._tag === "OrderExpired") {
    tally.orders.refused += 1
  } else if (event._tag === "OrderUnknown") tally.orders.unknown += 1
  else if (event._tag === "VenueReported" && event.report._tag === "Filled") tally.orders.fills += 1
  else if (event._tag === "IncidentOpened") tally.incidents += 1
  else if (event._tag === "ActorRestarted") countRestart(tally, event.actor)
  if (closed !== null) countTrade(tally, closed)
}

/** Counts a restart that supervision reported. */
export const countRestart = (tally: RunTally, name: string): void => {
  tally.restarts.set(name, (tally.restarts.get(name) ?? 0) + 1)
}

const countTrade = (tally: RunTally, trade: ClosedTrade): void => {
  const { trades } = tally
  trades.count += 1
  if (trade.pnl > 0) trades.won += 1
  trades.pnl += trade.pnl
  trades.fees += trade.fees
  trades.newest.push(trade)
  if (trades.newest.length > TRADES_SHOWN) trades.newest.shift()
}
