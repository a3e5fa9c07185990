/**
 * The account of a backtest over time: days, fills, the thinned curve, the deepest fall.
 * In: cash and holdings at every close and after every fill. Out: the series that statistics and pictures are made of.
 * Apart from run.ts because what is written down of an account does not depend on how many markets move it.
 */
import { toFloat } from "../domain/money.ts"
import type { Quote } from "../domain/money.ts"
import { MAX_POINTS } from "../report/PageModel.ts"
import type { EquityPoint } from "./Result.ts"
import { makeCurveTape, tapePoint } from "./tape/curve.ts"
import type { CurveTape } from "./tape/curve.ts"
import { makeDayTape, tapeDays } from "./tape/days.ts"
import type { DayTape } from "./tape/days.ts"
import { makeFallTape, tapeEquity } from "./tape/falls.ts"
import type { FallTape } from "./tape/falls.ts"

export interface AccountTape {
  readonly priceScale: number
  readonly days: DayTape
  readonly falls: FallTape
  readonly holdFalls: FallTape
  readonly curve: CurveTape
  readonly points: Array<EquityPoint>
  /** Exact equity of each day of `days`. */
  readonly exact: Array<{ readonly date: string; readonly equity: Quote }>
  /** Bars counted, and those at whose close something was held. */
  bars: number
  barsHeld: number
}

export const makeAccountTape = (options: {
  readonly priceScale: number
  readonly zone: string
  readonly capital: number
  /** Open of the first traded bar, UTC milliseconds. */
  readonly from: number
  readonly bars: number
}): AccountTape => ({
  priceScale: options.priceScale,
  days: makeDayTape(options.zone, options.from),
  falls: makeFallTape(options.capital, options.from),
  holdFalls: makeFallTape(options.capital, options.from),
  curve: makeCurveTape(options.bars, MAX_POINTS),
  points: [],
  exact: [],
  bars: 0,
  barsHeld: 0
})

/** One instant at which bars closed; `equity` and `hold` in quote units. */
export const tapeClose = (
  tape: AccountTape,
  at: number,
  equity: number,
  hold: number,
  isHolding: boolean
): void => {
  tape.bars += 1
  if (isHolding) tape.barsHeld += 1
  tapeEquity(tape.falls, equity, at)
  tapeEquity(tape.holdFalls, hold, at)
  tapePoint(tape.curve, at, equity, hold)
}

/** Money of the account, exact. */
export interface Standing {
  readonly cash: Quote
  readonly equity: Quote
}

/** The last close of a day: the day's row, and those of idle days after it. */
export const tapeDayEnd = (
  tape: AccountTape,
  at: number,
  standing: Standing,
  hold: number,
  nextClose: number
): void => {
  const equity = toFloat(standing.equity, tape.priceScale)
  const made = tapeDays(tape.days, equity, hold, nextClose)
  for (const [index, { date, end }] of tape.days.days.slice(-made).entries()) {
    tape.exact.push({ date, equity: standing.equity })
    tape.points.push(pointOf(tape, "day", index === 0 ? at : end, standing, hold))
  }
}

export const tapeFillPoint = (tape: AccountTape, at: number, standing: Standing, hold: number): void => {
  tape.points.push(pointOf(tape, "fill", at, standing, hold))
}

const pointOf = (
  { priceScale }: AccountTape,
  kind: EquityPoint["kind"],
  at: number,
  { cash, equity }: Standing,
  hold: number
): EquityPoint => ({
  at,
  kind,
  cash: toFloat(cash, priceScale),
  held: toFloat(equity - cash, priceScale),
  equity: toFloat(equity, priceScale),
  hold
})
