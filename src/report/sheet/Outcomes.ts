/**
 * What the closed trades of a ledger came to, as every trade metric wants it.
 * In: a ledger. Out: net results as money and as shares, each computed once, in the order of the exits.
 * Beside Curve.ts: a run may have a hundred thousand trades, and twenty metrics read them.
 */
import type { Ledger } from "../Ledger.ts"

export interface Outcomes {
  /** Net of fees and interest, quote units. */
  readonly amounts: ReadonlyArray<number>
  /** The same as shares of what the entry cost, whichever side. */
  readonly shares: ReadonlyArray<number>
}

export const outcomesOf = ({ trades }: Ledger): Outcomes => ({
  amounts: trades.map(({ pnl }) => pnl),
  shares: trades.map(({ cost, pnl }) => pnl / cost)
})
