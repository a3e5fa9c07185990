/**
 * Buy-and-hold beside the run: what the same capital had become without a decision.
 * In: each market's first traded bar and its later closes. Out: the value of the holding, quote units.
 * Its costs are paid like ours (slippage, taker fee, whole lots), so that the comparison is not in anybody's favour.
 */
import type { Instrument } from "../../domain/Instrument.ts"
import { toFloat } from "../../domain/money.ts"

/** One market's share of the capital, bought at its first open. */
export interface Holding {
  /** Quote units that no whole lot could be bought of. */
  rest: number
  /** Base units. */
  amount: number
  /** Newest close. */
  close: number
  bought: boolean
}

export const makeHolding = (capital: number): Holding => ({
  rest: capital,
  amount: 0,
  close: 0,
  bought: false
})

/** Buys with everything, once. `slippage` as a share of the price. */
export const buyOnce = (holding: Holding, instrument: Instrument, open: number, slippage: number): void => {
  holding.bought = true
  const price = open * (1 + slippage)
  const lot = toFloat(instrument.lot, instrument.amountScale)
  const withFee = price * (1 + instrument.takerFee / 1_000_000)
  holding.amount = Math.floor(holding.rest / withFee / lot) * lot
  holding.rest -= holding.amount * withFee
}

export const valueOf = (holdings: ReadonlyArray<Holding>): number => {
  let sum = 0
  for (const { amount, close, rest } of holdings) sum += rest + amount * close
  return sum
}
