/**
 * The moving-average cross of every textbook as a decider: long while the fast mean is above the slow one.
 * In: closed bars, the books. Out: a market entry on the bar that crosses above, a market exit on the bar that crosses below.
 * In the kit because the golden backtest and the bench run it through the same driver; it is no strategy of ours.
 */
import type { Decider, Wanted } from "../../src/backtest/driver.ts"
import type { ClosedBar } from "../../src/domain/Candle.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { notional, powerOfTen, shareOf, toPrice, toStep } from "../../src/domain/money.ts"
import type { Base, Price } from "../../src/domain/money.ts"
import type { ApprovedOrder } from "../../src/domain/Order.ts"
import { entryOrder, reducingOrder } from "../../src/engine/execution/plan.ts"
import { invariant } from "../../src/engine/invariant.ts"
import { closableOf } from "../../src/engine/portfolio/Books.ts"
import type { Books } from "../../src/engine/portfolio/Books.ts"
import { approveEntry, approveReduction } from "../../src/engine/risk/verdict.ts"

export interface SmaCrossOptions {
  readonly instrument: Instrument
  /** Bars of the two means; `fast` is the shorter. */
  readonly fast: number
  readonly slow: number
  /** Base amount of an entry, a multiple of the lot; an entry below the instrument's minimum is left out. */
  readonly amountOf: (books: Books) => Base
}

/** Price of the planned target, in entry prices: nothing rises tenfold between two crosses. */
const OUT_OF_REACH = 10
const STRATEGY = "SmaCross"

/**
 * Crossed above: the fast mean strictly above now, at or below before; crossed below is its mirror.
 * Sums are of scaled integer prices, so they are exact and never drift; the first cross can come on bar `slow` (0-based).
 */
export const smaCross = (options: SmaCrossOptions): Decider<Wanted> => {
  const { fast, instrument, slow } = options
  invariant(fast < slow, "the fast mean is the shorter one")
  const scale = instrument.priceScale
  const ring = new Float64Array(slow)
  let [seen, at, back] = [0, 0, slow - fast]
  // Fields of an object change in place; a number that a closure rebinds is a new one every time.
  const sums = { fast: 0, slow: 0, close: 0 }
  let [isAbove, wasAbove, isBelow, wasBelow] = [false, false, false, false]
  const see = (bar: ClosedBar): number => {
    const close = toPrice(bar.close, scale)
    sums.close = close
    sums.fast += close - (seen < fast ? 0 : ring[back]!)
    sums.slow += close - ring[at]!
    ring[at] = close
    at = at + 1 === slow ? 0 : at + 1
    back = back + 1 === slow ? 0 : back + 1
    seen += 1
    const difference = seen < slow ? 0 : sums.fast / fast - sums.slow / slow
    wasAbove = isAbove
    wasBelow = isBelow
    isAbove = difference > 0
    isBelow = difference < 0
    return 0
  }
  const decide = (books: Books, now: number): Wanted => {
    if (seen <= slow || (isAbove ? wasAbove : !isBelow || wasBelow)) return NOTHING
    const order = isAbove ? enter(options, books, sums.close as Price, now) : leave(options, books, now)
    return order === null ? NOTHING : { order }
  }
  return { see, decide }
}

/** The largest amount that the cash pays for at the last close, fee included: the venue fills less if the open is dearer. */
export const allCash = (instrument: Instrument) => (books: Books): Base => {
  const price = books.markPrice
  const unit = powerOfTen(instrument.amountScale) * 1_000_000 / (1_000_000 + instrument.takerFee)
  let amount = toStep(Math.floor(books.account.quote / price * unit), instrument.lot, "down")
  while (amount > 0) {
    const value = notional(amount as Base, price, instrument.amountScale, "halfAway")
    if (value + shareOf(value, instrument.takerFee) <= books.account.quote) break
    amount -= instrument.lot
  }
  return amount as Base
}

const NOTHING: Wanted = { order: null }

const enter = (
  { amountOf, instrument }: SmaCrossOptions,
  books: Books,
  close: Price,
  now: number
): ApprovedOrder | null => {
  if (books.position !== null) return null
  const amount = amountOf(books)
  if (amount < instrument.minAmount) return null
  const { tick } = instrument
  const target = toStep(close * OUT_OF_REACH, tick, "up") as Price
  const stopDistance = (close - tick) as Price
  const order = entryOrder({
    decisionId: `sma/${now}`,
    instrument,
    side: "buy",
    amount,
    prices: { stop: tick, target, stopDistance, distanceShare: stopDistance / close },
    strategy: STRATEGY,
    edge: "bootstrap",
    validUntil: now + books.baseMillis
  })
  return approveEntry(order, [{ rule: "cash", verdict: "pass", value: null, limit: null }], instrument)
}

const leave = ({ instrument }: SmaCrossOptions, books: Books, now: number): ApprovedOrder | null => {
  const { position } = books
  if (position === null) return null
  const order = reducingOrder({
    decisionId: `sma/${now}`,
    instrument,
    leg: "exit",
    attempt: 1,
    held: position.side,
    amount: closableOf(books),
    at: null,
    strategy: STRATEGY,
    validUntil: now + books.baseMillis
  })
  return approveReduction(order, position, instrument)
}
