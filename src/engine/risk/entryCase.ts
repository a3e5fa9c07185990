/**
 * Everything the checks of one wanted entry look at, gathered once: prices, size, funds, score, anomalies.
 * In: books, observation, ballot, market time. Out: a plain readonly case; nothing is decided here.
 * Apart from checks.ts so that every rule there stays a comparison of two numbers.
 */
import { notional, toPrice } from "../../domain/money.ts"
import type { Price, Quote } from "../../domain/money.ts"
import type { Ballot } from "../Ballot.ts"
import { planPrices } from "../execution/plan.ts"
import type { PlannedPrices } from "../execution/plan.ts"
import { FEATURE_INDEX } from "../features/phase19.ts"
import { WIDTH } from "../Observation.ts"
import type { Observation } from "../Observation.ts"
import { equityOf } from "../portfolio/Account.ts"
import type { Books } from "../portfolio/Books.ts"
import { anomaliesOf } from "./anomaly.ts"
import type { Anomalies } from "./anomaly.ts"
import { lossShare } from "./drawdown.ts"
import { exposureOf, fundsFree, fundsNeeded } from "./exposure.ts"
import { findEdge } from "./kelly.ts"
import type { EdgeFound } from "./kelly.ts"
import { riskScore } from "./score.ts"
import { sizeEntry } from "./sizing.ts"
import type { Sized } from "./sizing.ts"
import { isRecovering, lossesNow } from "./streak.ts"

/** The account as it stands now, whatever is wanted of it. */
export interface Standing {
  readonly books: Books
  readonly now: number
  readonly equity: Quote
  /** Share of peak equity. */
  readonly drawdown: number
}

export interface EntryCase extends Standing {
  /** Close of the bar that decides. */
  readonly closeTime: number
  readonly anomalies: Anomalies
  readonly riskScore: number
  readonly reference: Price
  /** Null when ATR, stop or target are no usable prices. */
  readonly prices: PlannedPrices | null
  readonly edge: EdgeFound
  /** Null without prices. */
  readonly sized: Sized | null
  readonly fundsNeeded: Quote
  readonly fundsFree: Quote
}

export const standingOf = (books: Books, now: number): Standing => {
  const { account } = books
  const equity = equityOf(account)
  return { books, now, equity, drawdown: lossShare(account.drawdown.peak, equity) }
}

/** Gathers the case of a wanted entry; `observation` is of the newest marked bar. */
export const gatherEntry = (
  { books, drawdown, equity, now }: Standing,
  observation: Observation,
  ballot: Ballot,
  side: "buy" | "sell"
): EntryCase => {
  const { account, instrument, settings } = books
  const { bar } = observation
  const atr = atrOf(observation)
  const anomalies = anomaliesOf(books.anomaly, settings.risk)
  const score = riskScore({
    confidence: confidenceOf(ballot, side),
    criticals: anomalies.criticals,
    warnings: anomalies.warnings,
    drawdown,
    maxDrawdown: settings.risk.maxDrawdown,
    losses: lossesNow(account.streak, now),
    lossStreak: settings.risk.lossStreak,
    volatility: atr / bar.close
  })
  const reference = toPrice(bar.close, instrument.priceScale)
  const prices = planPrices(instrument, side, reference, atr, ballot.stopAtr, ballot.targetRatio)
  const edge = findEdge(account.trades, now, settings.sizing)
  const sized = prices === null ? null : sizeEntry({
    instrument,
    equity,
    reference,
    stopDistance: prices.stopDistance,
    edge,
    realMoney: account.realMoney,
    score: ballot.score,
    factor: factorOf(books, ballot, score),
    maxPosition: settings.sizing.maxPosition,
    exposure: exposureOf(books),
    riskPerTrade: settings.sizing.riskPerTrade
  })
  const value = sized?._tag === "Sized"
    ? notional(sized.amount, reference, instrument.amountScale, "ceil")
    : (0 as Quote)
  return {
    books,
    now,
    closeTime: bar.closeTime,
    equity,
    drawdown,
    anomalies,
    riskScore: score,
    reference,
    prices,
    edge,
    sized,
    fundsNeeded: fundsNeeded(books, value),
    fundsFree: fundsFree(account, equity)
  }
}

// The newest base row; the stop is always measured in raw ATR14, whatever spec is recorded.
const atrOf = (observation: Observation): number =>
  observation.base.rows[(observation.base.end - 1) * WIDTH + FEATURE_INDEX.atr_14] ?? Number.NaN

const confidenceOf = (ballot: Ballot, side: "buy" | "sell"): number =>
  ballot.prediction === null
    ? ballot.score
    : side === "buy"
    ? ballot.prediction.long
    : ballot.prediction.short

const factorOf = (books: Books, ballot: Ballot, score: number): number => {
  const { risk, vote } = books.settings
  const byMode = ballot.mode === "rules" ? vote.rulesOnlyFactor : 1
  const byScore = score >= risk.conditionalScore ? risk.reducedFactor : 1
  const byStreak = isRecovering(books.account.streak, risk) ? risk.recoveryFactor : 1
  return byMode * byScore * byStreak
}
