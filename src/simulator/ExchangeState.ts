/**
 * What the simulated exchange remembers: books, working orders, every report, and how far the market has come.
 * In: options or a snapshot. Out: the mutable state, and a plain JSON copy of it that restores it exactly.
 * Apart from the rules, so that the durable ledger of a layer can store it piece by piece.
 */
import type { Instrument } from "../domain/Instrument.ts"
import type { Ppm, Quote } from "../domain/money.ts"
import type { ApprovedOrder, VenueReport } from "../domain/Order.ts"
import { ExchangeBroken, joinLedger, openLedger } from "./ledger.ts"
import type { Ledger } from "./ledger.ts"

/** How an exchange behaves; the same options must be given at restore. */
interface ExchangeOptions {
  /** Fees as they shall be charged: an override is already applied. */
  readonly instrument: Instrument
  readonly account: "spot" | "margin"
  /** Quote money at the start. */
  readonly capital: Quote
  /** Added to every taker's price, against the trader. */
  readonly slippage: Ppm
  /** An order meets the first bar that opens this long after it was sent; 0 = the next match. */
  readonly latencyMs: number
  /** Share of a bar's volume that one order may take, 0 to 1. */
  readonly participation: number
  /** Margin only, charged at each midnight of the instrument's session zone. */
  readonly interestPerDay: Ppm
}

/** An accepted order that may still fill. */
interface WorkingOrder {
  readonly order: ApprovedOrder
  readonly venueOrderId: string
  /** First bar open it can meet, UTC milliseconds. */
  readonly eligibleFrom: number
  remaining: number
  /** A stop whose price was seen: from then on a market order. */
  triggered: boolean
  /** It has met the market once; a limit that rests is a maker. */
  arrived: boolean
  /** Open time of the bar from which `taken` base units came. */
  bar: number
  taken: number
}

/** One report with the bar and the call that made it; `request` is a cancel between two calls. */
interface ReportEntry {
  readonly bar: number
  readonly phase: "open" | "close" | "request"
  readonly report: VenueReport
}

/** The exchange; mutable, one owner. */
interface Exchange {
  readonly options: ExchangeOptions
  readonly ledger: Ledger
  /** The account's other markets, which trade on the same money; none on a venue of one market. */
  readonly others: Array<Exchange>
  working: Array<WorkingOrder>
  /** Intent id to venue order id, of every order ever accepted. */
  readonly accepted: Map<string, string>
  /** Every report; `reportSeq` is its index plus one. */
  readonly entries: Array<ReportEntry>
  /** Open times of the newest bars opened and closed. */
  openedAt: number
  closedAt: number
  /** Newest price seen, quote units; 0 before the first. */
  lastPrice: number
  /** When interest is due next; `NEVER` while flat or in spot. */
  interestAt: number
  /** Open time of the newest bar in which a protective stop was at work: no reduce-only limit fills in it. */
  stoppedIn: number
}

/** Everything but the options, as plain JSON. `reports` only ever grows at its end. */
interface ExchangeSnapshot {
  readonly version: 1
  readonly instrument: string
  readonly account: "spot" | "margin"
  readonly ledger: Ledger
  readonly working: ReadonlyArray<WorkingOrder>
  readonly accepted: ReadonlyArray<readonly [intentId: string, venueOrderId: string]>
  readonly reports: ReadonlyArray<ReportEntry>
  readonly openedAt: number
  readonly closedAt: number
  readonly lastPrice: number
  readonly interestAt: number
  readonly stoppedIn: number
}

/** Earlier than every bar, and later than every midnight; integers, so that a snapshot stays JSON. */
const BEFORE = Number.MIN_SAFE_INTEGER
const NEVER = Number.MAX_SAFE_INTEGER

const makeExchange = (options: ExchangeOptions): Exchange => {
  if (!(options.participation > 0 && options.participation <= 1)) {
    throw new RangeError(`exchange: participation ${options.participation} is no share of a bar`)
  }
  return {
    options,
    ledger: openLedger(options.capital),
    others: [],
    working: [],
    accepted: new Map(),
    entries: [],
    openedAt: BEFORE,
    closedAt: BEFORE,
    lastPrice: 0,
    interestAt: NEVER,
    stoppedIn: BEFORE
  }
}

/** One more market of an account: cash is `first`'s, reports are numbered here; `options.capital` is not paid in again. */
const joinExchange = (first: Exchange, options: ExchangeOptions): Exchange => {
  const exchange: Exchange = { ...makeExchange(options), ledger: joinLedger(first.ledger) }
  for (const other of [first, ...first.others]) {
    other.others.push(exchange)
    exchange.others.push(other)
  }
  return exchange
}

/** A copy that shares nothing mutable with the exchange; throws where cash is shared, since half an account restores nothing. */
const snapshotOf = (exchange: Exchange): ExchangeSnapshot => {
  if (exchange.others.length > 0) {
    throw new ExchangeBroken("must hold: an exchange that is stored alone has its cash alone")
  }
  return {
    version: 1,
    instrument: exchange.options.instrument.id,
    account: exchange.options.account,
    ledger: copyLedger(exchange.ledger),
    working: exchange.working.map((working) => ({ ...working })),
    accepted: [...exchange.accepted],
    reports: [...exchange.entries],
    openedAt: exchange.openedAt,
    closedAt: exchange.closedAt,
    lastPrice: exchange.lastPrice,
    interestAt: exchange.interestAt,
    stoppedIn: exchange.stoppedIn
  }
}

/** The exchange of a snapshot; throws when the snapshot is of another instrument, account or version. */
const restoreExchange = (options: ExchangeOptions, snapshot: ExchangeSnapshot): Exchange => {
  const known = snapshot.version === 1 && snapshot.instrument === options.instrument.id &&
    snapshot.account === options.account
  if (!known) {
    throw new ExchangeBroken(
      "must hold: a snapshot is restored with the instrument and account it was taken of"
    )
  }
  return {
    options,
    ledger: copyLedger(snapshot.ledger),
    others: [],
    working: snapshot.working.map((working) => ({ ...working })),
    accepted: new Map(snapshot.accepted),
    entries: [...snapshot.reports],
    openedAt: snapshot.openedAt,
    closedAt: snapshot.closedAt,
    lastPrice: snapshot.lastPrice,
    interestAt: snapshot.interestAt,
    stoppedIn: snapshot.stoppedIn
  }
}

const copyLedger = (ledger: Ledger): Ledger => ({ quote: { ...ledger.quote }, base: { ...ledger.base } })

export { BEFORE, joinExchange, makeExchange, NEVER, restoreExchange, snapshotOf }
export type { Exchange, ExchangeOptions, ExchangeSnapshot, ReportEntry, WorkingOrder }
