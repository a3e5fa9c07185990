/**
 * What is wrong with a result that looks right.
 * In: a ledger and its figures. Out: each reason for doubt, in words with its numbers, the gravest first.
 * A figure alone convinces; these are the questions an experienced reader asks before believing it.
 */
import { fixed, formatDuration, formatMoney, formatNumber, formatShare } from "./format.ts"
import type { Ledger } from "./Ledger.ts"
import { costsOf, profitBeforeCosts } from "./metrics/costs.ts"
import { monthsOf } from "./months.ts"
import { RETURN_NOISE, sum } from "./series/moments.ts"
import { curvesOf, DAY_MILLIS } from "./sheet/Curve.ts"
import type { Curve } from "./sheet/Curve.ts"
import { outcomesOf } from "./sheet/Outcomes.ts"
import type { Suspicion, TearSheet } from "./TearSheet.ts"

/** The two sets, before anybody doubted them. */
export type Figures = Pick<TearSheet, "equity" | "trades">

/** Below thirty trades the standard error of a win rate is above nine points: anything goes. */
export const FEW_TRADES = 30

/** A quarter shows one mood of a market, not the market. */
export const SHORT_DAYS = 90

/** More than half of the days without any change: the ratios describe idleness. */
export const IDLE_SHARE = 0.5

/** Above three on daily returns, net of costs, a look-ahead or a fill that no venue gives is likelier than skill. */
export const SHARPE_TOO_GOOD = 3

/** A win rate of nine in ten is usual for strategies that have not met their loss yet. */
export const HIGH_WIN_RATE = 0.9

/** With fewer losses than this their average says nothing about the next one. */
export const FEW_LOSSES = 10

/** A smaller open fall than this is an ordinary day, not a drawdown. */
export const NOTABLE_FALL = 0.05

/** The usual level of significance of the deflated Sharpe ratio (Bailey and Lopez de Prado 2014). */
export const DEFLATED_ENOUGH = 0.95

/** Fewer trades than ten for each setting that could be tuned, and the settings may be the result. */
export const TRADES_PER_PARAMETER = 10

/** At least so many months before one of them can be said to carry the rest. */
export const FEWEST_MONTHS = 3

/** Each doubt once, in this order; none when nothing speaks against the result. */
export const suspicionsOf = (ledger: Ledger, figures: Figures): ReadonlyArray<Suspicion> => {
  const asked = { ledger, figures, own: curvesOf(ledger).own, results: outcomesOf(ledger).amounts }
  return DOUBTS.flatMap(([id, doubt]) => {
    const words = doubt(asked)
    return words === null ? [] : [{ id, words }]
  })
}

interface Case {
  readonly ledger: Ledger
  readonly figures: Figures
  readonly own: Curve
  /** Net result of each closed trade, quote units. */
  readonly results: ReadonlyArray<number>
}

type Doubt = (asked: Case) => string | null

const figureOf = ({ figures }: Case, id: string): number | null =>
  [...figures.equity, ...figures.trades].find((row) => row.id === id)?.value ?? null

const money = ({ decimals, quote }: Ledger, amount: number): string => formatMoney(amount, quote, decimals)

const counted = (count: number, one: string): string => `${fixed(count, 0)} ${one}${count === 1 ? "" : "s"}`

const days = (count: number): string => counted(Math.floor(count), "day")

/** The length of a run in days, cut to tenths like the tear sheet's reasons: 89.96 days are not ninety. */
export const lengthWords = (count: number): string => {
  if (count < 1) return formatDuration(Math.round(count * DAY_MILLIS))
  const tenths = Math.floor(count * 10)
  return tenths === 10 ? "1 day" : `${fixed(tenths / 10, tenths % 10 === 0 ? 0 : 1)} days`
}

/** Equity is known by calendar days; the first and the last may be cut, so they can be more than the run is long. */
const touched = (count: number): string => `calendar day${count === 1 ? "" : "s"} that the run touches`

const tooFewTrades: Doubt = ({ ledger: { trades } }) => {
  if (trades.length === 0) return "Not one trade was closed: there is no result to judge."
  if (trades.length >= FEW_TRADES) return null
  const closed = trades.length === 1 ? "Only 1 trade was" : `Only ${trades.length} trades were`
  return `${closed} closed; below ${FEW_TRADES} chance decides most of every figure.`
}

const shortPeriod: Doubt = ({ own }) =>
  own.days >= SHORT_DAYS
    ? null
    : `The run covers ${
      lengthWords(own.days)
    }; below ${SHORT_DAYS} it shows one mood of the market, and yearly figures are guesses.`

const flatEquity: Doubt = ({ own: { returns } }) => {
  if (returns.length === 0) return null
  const idle = returns.filter((each) => Math.abs(each) <= RETURN_NOISE).length
  if (idle === returns.length) {
    const all = returns.length === 1 ? "the one" : `any of the ${fixed(returns.length, 0)}`
    return `Equity did not move on ${all} ${touched(returns.length)}: nothing was at risk.`
  }
  if (idle <= IDLE_SHARE * returns.length) return null
  return `Equity did not move on ${fixed(idle, 0)} of the ${fixed(returns.length, 0)} ${
    touched(returns.length)
  }: volatility and drawdown look small because little was at risk.`
}

const sharpeTooGood: Doubt = (asked) => {
  const sharpe = figureOf(asked, "sharpe")
  if (sharpe === null || sharpe <= SHARPE_TOO_GOOD) return null
  return `A Sharpe ratio of ${
    formatNumber(sharpe)
  } on daily returns is above ${SHARPE_TOO_GOOD}: look for knowledge of the future, ` +
    "fills that no venue would give, or costs left out, before believing it."
}

const unprovenSharpe: Doubt = (asked) => {
  const probability = figureOf(asked, "deflatedSharpe")
  if (probability === null || probability >= DEFLATED_ENOUGH) return null
  const { trials } = asked.ledger
  const tried = trials > 1 ? `the best of ${fixed(trials, 0)} variants` : "one variant"
  const found = `The deflated Sharpe ratio is ${formatShare(probability)} for ${tried}, below ${
    formatShare(DEFLATED_ENOUGH)
  }`
  return (figureOf(asked, "sharpe") ?? 0) > 0
    ? `${found}: chance alone could have made this result.`
    : `${found}: nothing here speaks for an edge.`
}

const tooManyParameters: Doubt = ({ ledger: { parameterCount, trades } }) => {
  const needed = parameterCount * TRADES_PER_PARAMETER
  if (trades.length >= needed) return null
  return `${
    counted(parameterCount, "setting")
  } could have been tuned to this data; that asks for ${needed} trades ` +
    `(${TRADES_PER_PARAMETER} each), there ${trades.length === 1 ? "is" : "are"} ${trades.length}.`
}

const oneTrade: Doubt = ({ ledger, results }) => {
  const total = sum(results)
  const best = results.reduce((most, result) => Math.max(most, result), 0)
  if (results.length < 2 || total <= 0 || total - best > 0) return null
  return `One trade made the profit: without its ${money(ledger, best)} the other ${results.length - 1} ${
    results.length === 2 ? "comes" : "come"
  } to ` +
    `${money(ledger, total - best)}.`
}

const oneMonth: Doubt = ({ ledger }) => {
  const gains = monthsOf(ledger.days, ledger.capital)
  const total = sum(gains.map(({ gain }) => gain))
  const best = gains.toSorted((left, right) => right.gain - left.gain)[0]
  if (best === undefined || gains.length < FEWEST_MONTHS || total <= 0 || total - best.gain > 0) return null
  return `All profit came in one month, ${best.year}-${String(best.month).padStart(2, "0")}: the other ${
    gains.length - 1
  } ` +
    `come to ${money(ledger, total - best.gain)}.`
}

const openProfit: Doubt = ({ ledger }) => {
  const profit = ledger.equity - ledger.capital
  const openResult = sum(ledger.open.map((position) => position.result))
  if (profit <= 0 || openResult <= profit / 2) return null
  return `${money(ledger, openResult)} of the ${money(ledger, profit)} profit is in positions still open: ` +
    "it is counted at the last close, not earned."
}

const costsAboveEdge: Doubt = ({ ledger }) => {
  const before = profitBeforeCosts(ledger)
  const costs = costsOf(ledger)
  if (before <= 0 || costs <= before) return null
  return `Costs of ${money(ledger, costs)} (fees, slippage, interest) are more than the ${
    money(ledger, before)
  } earned before ` +
    "them: the edge, if any, is smaller than its price."
}

const winRateTooGood: Doubt = ({ results }) => {
  const wins = results.filter((result) => result > 0).length
  const losses = results.filter((result) => result < 0).length
  if (results.length === 0 || wins < HIGH_WIN_RATE * results.length || losses >= FEW_LOSSES) return null
  const lost = losses === 0 ? "none" : String(losses)
  return `${wins} of ${
    counted(results.length, "trade")
  } won and ${lost} lost: the size of a loss is not known yet, and one may cost more than ` +
    "all the wins."
}

const losesToHold: Doubt = ({ ledger }) => {
  if (ledger.equity >= ledger.hold) return null
  const own = formatShare(ledger.equity / ledger.capital - 1)
  const hold = formatShare(ledger.hold / ledger.capital - 1)
  return `Buying and holding would have returned ${hold}, the strategy returned ${own}.`
}

const neverRecovered: Doubt = ({ own: { deepest, to } }) => {
  if (deepest === null || deepest.recoveredAt !== null || deepest.share < NOTABLE_FALL) return null
  return `The deepest drawdown, ${formatShare(deepest.share)}, was never recovered: it has lasted ` +
    `${days((to - deepest.peakAt) / DAY_MILLIS)} and may not be over.`
}

const DOUBTS: ReadonlyArray<readonly [id: string, doubt: Doubt]> = [
  ["tooFewTrades", tooFewTrades],
  ["shortPeriod", shortPeriod],
  ["flatEquity", flatEquity],
  ["sharpeTooGood", sharpeTooGood],
  ["deflatedSharpe", unprovenSharpe],
  ["tooManyParameters", tooManyParameters],
  ["oneTrade", oneTrade],
  ["oneMonth", oneMonth],
  ["openProfit", openProfit],
  ["costsAboveEdge", costsAboveEdge],
  ["winRateTooGood", winRateTooGood],
  ["losesToHold", losesToHold],
  ["neverRecovered", neverRecovered]
]

/** Ids of all doubts, in the order in which they are said. */
export const DOUBT_IDS: ReadonlyArray<string> = DOUBTS.map(([id]) => id)
