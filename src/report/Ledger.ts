/**
 * What a report is computed from: one run's trades, days and sums, as plain numbers.
 * In: made by whoever ran (a backtest, later a journal). Out: read by metrics, tear sheet and pages; nobody changes it.
 * Types only. Money is float quote units here: exact integers end where statistics begin (architecture 5.6).
 */

/** A position from its first entry fill to flat. */
export interface LedgerTrade {
  readonly id: string
  /** `venue:BASE/QUOTE`. */
  readonly instrument: string
  /** The strategy that wanted the entry. */
  readonly strategy: string
  readonly side: "long" | "short"
  /** UTC milliseconds of the first entry fill and of the last exit fill. */
  readonly entryTime: number
  readonly exitTime: number
  /** Amount-weighted mean prices, quote units. */
  readonly entryPrice: number
  readonly exitPrice: number
  /** Base units. */
  readonly amount: number
  /** Notional of the entry fills and of the exit fills, quote units. */
  readonly cost: number
  readonly proceeds: number
  /** Paid, quote units, 0 or more (a maker rebate makes fees negative). Slippage is already inside the prices. */
  readonly fees: number
  readonly slippage: number
  readonly interest: number
  /** Net of fees and interest, quote units. */
  readonly pnl: number
  readonly barsHeld: number
  readonly exitReason: "stop" | "target" | "exit"
  /** Largest move against and in favour while open, as shares of the entry price, 0 or more. */
  readonly mae: number
  readonly mfe: number
}

/** One trading day; days without a bar or a trade are there too. */
export interface LedgerDay {
  /** Calendar date in the ledger's zone, `2024-01-31`. */
  readonly date: string
  /** UTC milliseconds of the day's end. */
  readonly end: number
  /** Account equity at the last bar that closed in it (carried over when none did), quote units. */
  readonly equity: number
  /** The same of buy-and-hold: all capital into the market at the first traded bar's open, its cost paid, kept. */
  readonly hold: number
}

/** A fall of equity from a peak to its lowest point before the next peak. */
export interface Fall {
  /** Share of the peak, 0 or more; and quote units. */
  readonly share: number
  readonly amount: number
  /** UTC milliseconds. */
  readonly peakAt: number
  readonly troughAt: number
  /** When equity was back at the peak, null if never. */
  readonly recoveredAt: number | null
}

export interface OpenPosition {
  readonly instrument: string
  readonly side: "long" | "short"
  readonly entryTime: number
  readonly entryPrice: number
  readonly amount: number
  /** What it had come to at the last close: all that was paid for it is in, the cost of leaving is not. Quote units. */
  readonly result: number
}

export interface Ledger {
  /** Name of the quote currency, `USDT`. */
  readonly quote: string
  /** Decimal places that money of this currency is shown with. */
  readonly decimals: number
  /** IANA zone of the trading day. */
  readonly zone: string
  readonly capital: number
  /** Open of the first traded bar, close of the last. */
  readonly from: number
  readonly to: number
  readonly barMillis: number
  readonly trades: ReadonlyArray<LedgerTrade>
  readonly days: ReadonlyArray<LedgerDay>
  /** Bars traded, and those at whose close something was held. */
  readonly bars: number
  readonly barsHeld: number
  /** Notional of all fills, both sides. */
  readonly turnover: number
  /** All that was paid, open positions included. */
  readonly fees: number
  readonly slippage: number
  readonly interest: number
  /** The deepest fall seen at any bar's close (the daily series sees less). */
  readonly deepest: Fall | null
  /** The same of buy-and-hold; absent where only its day ends are known. */
  readonly holdDeepest?: Fall | null
  /** Equity at the last close. */
  readonly equity: number
  readonly hold: number
  readonly open: ReadonlyArray<OpenPosition>
  /** First traded open and last close of each instrument, for the market change. */
  readonly markets: ReadonlyArray<
    { readonly instrument: string; readonly first: number; readonly last: number }
  >
  /** Settings that could have been tuned to this data: what deflates a Sharpe ratio. */
  readonly parameterCount: number
  /** How many variants were tried before this one was shown; 1 = this one alone. */
  readonly trials: number
}
