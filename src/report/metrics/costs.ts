/**
 * Costs: what trading itself took.
 * In: a ledger. Out: quote units; what was earned before them; their share of it.
 * Fees, slippage and interest as one, since an edge must pay all three.
 */
import type { Ledger } from "../Ledger.ts"
import { netProfit } from "./netProfit.ts"

type Paid = Pick<Ledger, "capital" | "equity" | "fees" | "interest" | "slippage">

/** fees + slippage + interest, quote units. */
export const costsOf = ({ fees, interest, slippage }: Paid): number => fees + slippage + interest

/** Net profit with all costs given back, quote units: what a free market would have paid. */
export const profitBeforeCosts = (ledger: Paid): number =>
  netProfit(ledger.capital, ledger.equity) + costsOf(ledger)

/** costs / profit before costs; NaN when there was no profit to pay them from. */
export const costShare = (ledger: Paid): number => {
  const before = profitBeforeCosts(ledger)
  return before > 0 ? costsOf(ledger) / before : Number.NaN
}
