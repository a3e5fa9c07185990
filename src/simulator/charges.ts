/**
 * What a trade is worth and what the venue takes for it, in exact integers.
 * In: amounts, prices, rates per million. Out: quote money rounded half away from zero at its scale, and the amount money can buy.
 * Pure and its own, on bigint: written apart from domain/money.ts so that a wrong formula there is seen here (decisions 9, 31).
 */
import type { Instrument } from "../domain/Instrument.ts"
import type { Base, Ppm, Price, Quote } from "../domain/money.ts"
import { ExchangeBroken } from "./ledger.ts"

/** One fill's value: amount x price, half away from zero at quote scale. */
const tradeValue = (instrument: Instrument, amount: number, at: Price): Quote =>
  nearest(BigInt(amount) * BigInt(at), 10n ** BigInt(instrument.amountScale)) as Quote

/** The venue's share of one fill; negative when a maker is paid. */
const feeOn = (value: Quote, rate: Ppm): Quote => nearest(BigInt(value) * BigInt(rate), MILLION) as Quote

/** A day's interest on a position of that size, long or short, always a cost. Source: decisions 25. */
const interestOn = (instrument: Instrument, position: Base, close: Price, perDay: Ppm): Quote =>
  feeOn(tradeValue(instrument, Math.abs(position), close), perDay)

/** The largest multiple of the lot whose value and fee `money` covers; 0 when it covers none. */
const affordable = (instrument: Instrument, money: number, at: Price, rate: Ppm): Base => {
  if (money <= 0) return 0 as Base
  const lot = BigInt(instrument.lot)
  const whole = BigInt(money) * 10n ** BigInt(instrument.amountScale) * MILLION
  const lots = whole / (BigInt(at) * (MILLION + BigInt(rate))) / lot
  // Rounding halves up can cost one unit more than the quotient foresaw.
  let amount = bounded(lots * lot)
  while (amount > 0 && costOf(instrument, amount, at, rate) > money) amount -= instrument.lot
  return amount as Base
}

/** What `amount` costs at that price with its fee, quote money. */
const costOf = (instrument: Instrument, amount: number, at: Price, rate: Ppm): number => {
  const value = tradeValue(instrument, amount, at)
  return value + feeOn(value, rate)
}

const MILLION = 1_000_000n

const nearest = (dividend: bigint, divisor: bigint): number => {
  const size = dividend < 0n ? -dividend : dividend
  const rounded = (size * 2n + divisor) / (divisor * 2n)
  const result = Number(dividend < 0n ? -rounded : rounded)
  if (!Number.isSafeInteger(result)) {
    throw new ExchangeBroken(`must hold: money fits a safe integer (${result})`)
  }
  return result
}

const bounded = (amount: bigint): number =>
  amount > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(amount)

export { affordable, costOf, feeOn, interestOn, tradeValue }
