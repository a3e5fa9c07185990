/**
 * What is at risk now, orders in flight included, and which funds are free for one more entry (L-5, C15).
 * In: the books of a market, or of all markets of the account. Out: quote amounts; unknown orders count as if they will fill.
 * Apart from sizing.ts because screens and checks read it too.
 */
import { notional, ppm, shareOf } from "../../domain/money.ts"
import type { Base, Price, Quote } from "../../domain/money.ts"
import type { Account, Member } from "../portfolio/Account.ts"
import type { OrderState } from "../portfolio/OrderState.ts"

/** Quote value of one market's position at the last mark plus all its entries that may still fill. */
export const exposureOf = (market: Member): Quote => {
  const amount = Math.abs(market.base) as Base
  const held = amount === 0 ? 0 : notional(amount, market.markPrice, market.instrument.amountScale, "ceil")
  return (held + inFlight(market)) as Quote
}

/** Quote value of one market's entries in flight: what is not filled yet, at its limit or the last mark. */
export const inFlight = (market: Member): Quote => {
  let sum = 0
  for (const state of market.working.values()) {
    if (state.order.purpose === "entry") sum += valueLeft(market, state)
  }
  return sum as Quote
}

/** What an order of that value takes at most: the value, its taker fee, and room for slippage. */
export const fundsNeeded = ({ instrument, settings }: Member, value: Quote): Quote => {
  const slippage = shareOf(value, ppm(Math.round(settings.simulation.slippage * 1_000_000)))
  return (value + slippage + Math.max(0, shareOf((value + slippage) as Quote, instrument.takerFee))) as Quote
}

/**
 * What the account has left for one more entry in any market. Spot: cash not reserved by entries in flight.
 * Margin at 1x: equity not yet at work, the same for both sides (L-5).
 */
export const fundsFree = (account: Account, equity: Quote): Quote => {
  const isSpot = account.settings.account === "spot"
  let free: number = isSpot ? account.quote : equity
  for (const market of account.members) {
    free -= isSpot ? fundsNeeded(market, inFlight(market)) : exposureOf(market)
  }
  return free as Quote
}

const valueLeft = (market: Member, state: OrderState): Quote => {
  const left = (state.order.amount - state.filled) as Base
  const at = Math.max(state.order.price ?? 0, market.markPrice) as Price
  return notional(left, at, market.instrument.amountScale, "ceil")
}
