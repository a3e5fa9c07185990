/**
 * What is at risk now, orders in flight included, and which funds are free for one more entry (L-5, C15).
 * In: the books. Out: quote amounts; unknown orders count as if they will fill.
 * Apart from sizing.ts because screens and checks read it too.
 */
import { notional, ppm, shareOf } from "../../domain/money.ts"
import type { Base, Price, Quote } from "../../domain/money.ts"
import type { Books, OrderState } from "../portfolio/Books.ts"

/** Quote value of the position at the last mark plus all entries that may still fill. */
export const exposureOf = (books: Books): Quote => {
  const amount = Math.abs(books.base) as Base
  const held = amount === 0 ? 0 : notional(amount, books.markPrice, books.instrument.amountScale, "ceil")
  return (held + inFlight(books)) as Quote
}

/** Quote value of entries in flight: what is not filled yet, at its limit or the last mark. */
export const inFlight = (books: Books): Quote => {
  let sum = 0
  for (const state of books.working.values()) {
    if (state.order.purpose === "entry") sum += valueLeft(books, state)
  }
  return sum as Quote
}

/** What an order of that value takes at most: the value, its taker fee, and room for slippage. */
export const fundsNeeded = (books: Books, value: Quote): Quote => {
  const slippage = shareOf(value, ppm(Math.round(books.settings.simulation.slippage * 1_000_000)))
  return (value + slippage +
    Math.max(0, shareOf((value + slippage) as Quote, books.instrument.takerFee))) as Quote
}

/** Spot: cash not reserved by entries in flight. Margin at 1x: equity not yet at work, the same for both sides (L-5). */
export const fundsFree = (books: Books, equity: Quote): Quote =>
  books.settings.account === "spot"
    ? (books.quote - fundsNeeded(books, inFlight(books))) as Quote
    : (equity - exposureOf(books)) as Quote

const valueLeft = (books: Books, state: OrderState): Quote => {
  const left = (state.order.amount - state.filled) as Base
  const at = Math.max(state.order.price ?? 0, books.markPrice) as Price
  return notional(left, at, books.instrument.amountScale, "ceil")
}
