/**
 * The exchange's own double-entry books: money and coins move between accounts and are never made.
 * In: postings. Out: balances whose sum is zero at every moment; the owner's account is the capital, negated.
 * Pure and its own (L-6, P-48): the judge keeps books beside those of the judged and shares no line with them.
 */
import type { Base, Quote } from "../domain/money.ts"

/** A defect of the exchange itself: a statement it rests on is false. */
class ExchangeBroken extends Error {
  override readonly name = "ExchangeBroken"
}

/** Quote money: `owner` put the capital in, `market` is everybody traded with, `fees` and `interest` are the venue's. */
type QuoteAccount = "owner" | "trader" | "market" | "fees" | "interest"

/** Balances by account, scaled integers; `base.trader` is the signed position. `quote` may be shared by several markets. */
interface Ledger {
  readonly quote: Record<QuoteAccount, number>
  readonly base: Record<"trader" | "market", number>
}

/** Books in which the owner has handed `capital` to the trader. */
const openLedger = (capital: Quote): Ledger => {
  const ledger = {
    quote: { owner: 0, trader: 0, market: 0, fees: 0, interest: 0 },
    base: { trader: 0, market: 0 }
  }
  postQuote(ledger, "owner", "trader", capital)
  return ledger
}

/** Books of one more market: the same money, coins of its own. */
const joinLedger = (ledger: Ledger): Ledger => ({ quote: ledger.quote, base: { trader: 0, market: 0 } })

/** Moves quote money; a negative amount moves it back (a maker's rebate). */
const postQuote = (ledger: Ledger, from: QuoteAccount, to: QuoteAccount, amount: number): void => {
  ledger.quote[from] = safe(ledger.quote[from] - amount)
  ledger.quote[to] = safe(ledger.quote[to] + amount)
}

/** Moves base currency from the market to the trader; a negative amount is a sale. */
const postBase = (ledger: Ledger, amount: number): void => {
  ledger.base.market = safe(ledger.base.market - amount)
  ledger.base.trader = safe(ledger.base.trader + amount)
}

/** Throws unless the books balance and, in `spot`, neither balance of the trader is below zero. */
const auditLedger = (ledger: Ledger, account: "spot" | "margin"): void => {
  const { fees, interest, market, owner, trader } = ledger.quote
  if (owner + trader + market + fees + interest !== 0) {
    throw new ExchangeBroken("must hold: quote accounts sum to zero")
  }
  if (ledger.base.trader + ledger.base.market !== 0) {
    throw new ExchangeBroken("must hold: base accounts sum to zero")
  }
  if (account === "margin") return
  if (trader < 0) throw new ExchangeBroken(`must hold: spot money is never owed (${trader})`)
  if (ledger.base.trader < 0) {
    throw new ExchangeBroken(`must hold: spot coins are never owed (${ledger.base.trader})`)
  }
}

const cashOf = (ledger: Ledger): Quote => ledger.quote.trader as Quote
const positionOf = (ledger: Ledger): Base => ledger.base.trader as Base

const safe = (balance: number): number => {
  if (!Number.isSafeInteger(balance)) {
    throw new ExchangeBroken(`must hold: a balance is a safe integer (${balance})`)
  }
  return balance === 0 ? 0 : balance
}

export { auditLedger, cashOf, ExchangeBroken, joinLedger, openLedger, positionOf, postBase, postQuote }
export type { Ledger }
