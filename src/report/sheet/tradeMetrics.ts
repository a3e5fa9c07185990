/**
 * The trade set of the tear sheet: every row, in the order in which it is read.
 * In: a ledger. Out: one number a row; rows.ts turns them into figures or N/A.
 * Beside equityMetrics.ts; buy-and-hold makes no trades, so these have no second column.
 */
import type { Ledger } from "../Ledger.ts"
import { averageDuration } from "../metrics/averageDuration.ts"
import { averageLoss, averageWin } from "../metrics/averageWinLoss.ts"
import { costShare, costsOf } from "../metrics/costs.ts"
import { expectancy } from "../metrics/expectancy.ts"
import { expectancyRatio } from "../metrics/expectancyRatio.ts"
import { exposureTime } from "../metrics/exposureTime.ts"
import { kellyFraction } from "../metrics/kellyFraction.ts"
import { longestRun } from "../metrics/longestRun.ts"
import { payoffRatio } from "../metrics/payoffRatio.ts"
import { profitFactor } from "../metrics/profitFactor.ts"
import { sqn } from "../metrics/sqn.ts"
import { turnover } from "../metrics/turnover.ts"
import { winRate } from "../metrics/winRate.ts"
import { MIN_TRADES } from "./kinds.ts"
import type { TradeMetric } from "./Metric.ts"

/** Net result of each closed trade, quote units. */
export const resultsOf = ({ trades }: Ledger): ReadonlyArray<number> => trades.map(({ pnl }) => pnl)

/** The same as a share of what was put in at the entry. */
export const sharesOf = ({ trades }: Ledger): ReadonlyArray<number> =>
  trades.map(({ cost, pnl }) => pnl / cost)

const NO_LOSS = "no trade lost"
const NO_WIN_OR_LOSS = "needs wins and losses"

type TradeGiven = Pick<TradeMetric, "id" | "label" | "unit" | "of"> & { readonly missing?: string }

const fact = (metric: TradeGiven): TradeMetric => ({ missing: "no bars", ...metric, minTrades: 0 })

/** Plain of one trade already, nothing of none. */
const ofTrades = (metric: TradeGiven): TradeMetric => ({ ...fact(metric), minTrades: 1 })

/** Says something about the next trade; needs ten of the past. */
const judgement = (metric: TradeGiven): TradeMetric => ({ ...fact(metric), minTrades: MIN_TRADES })

export const TRADE_METRICS: ReadonlyArray<TradeMetric> = [
  fact({ id: "totalTrades", label: "Closed trades", unit: "count", of: ({ trades }) => trades.length }),
  fact({ id: "openPositions", label: "Positions still open", unit: "count", of: ({ open }) => open.length }),
  judgement({ id: "winRate", label: "Win rate", unit: "share", of: (ledger) => winRate(resultsOf(ledger)) }),
  judgement({
    id: "profitFactor",
    label: "Profit factor",
    unit: "number",
    missing: NO_LOSS,
    of: (ledger) => profitFactor(resultsOf(ledger))
  }),
  judgement({
    id: "expectancy",
    label: "Expectancy a trade",
    unit: "quote",
    of: (ledger) => expectancy(resultsOf(ledger))
  }),
  judgement({
    id: "expectancyRatio",
    label: "Expectancy ratio",
    unit: "number",
    missing: NO_LOSS,
    of: (ledger) => expectancyRatio(resultsOf(ledger))
  }),
  judgement({
    id: "averageTrade",
    label: "Average trade",
    unit: "share",
    of: (ledger) => expectancy(sharesOf(ledger))
  }),
  ofTrades({
    id: "averageWin",
    label: "Average win",
    unit: "quote",
    missing: "no trade won",
    of: (ledger) => averageWin(resultsOf(ledger))
  }),
  ofTrades({
    id: "averageLoss",
    label: "Average loss",
    unit: "quote",
    missing: NO_LOSS,
    of: (ledger) => averageLoss(resultsOf(ledger))
  }),
  judgement({
    id: "payoffRatio",
    label: "Payoff ratio",
    unit: "number",
    missing: NO_WIN_OR_LOSS,
    of: (ledger) => payoffRatio(resultsOf(ledger))
  }),
  ofTrades({
    id: "bestTrade",
    label: "Best trade",
    unit: "share",
    of: (ledger) => sharesOf(ledger).reduce((best, each) => Math.max(best, each), -Infinity)
  }),
  ofTrades({
    id: "worstTrade",
    label: "Worst trade",
    unit: "share",
    of: (ledger) => sharesOf(ledger).reduce((worst, each) => Math.min(worst, each), Infinity)
  }),
  judgement({
    id: "sqn",
    label: "System quality number",
    unit: "number",
    missing: "all trades ended alike",
    of: (ledger) => sqn(resultsOf(ledger))
  }),
  judgement({
    id: "kellyFraction",
    label: "Kelly fraction",
    unit: "share",
    missing: NO_WIN_OR_LOSS,
    of: (ledger) => kellyFraction(resultsOf(ledger))
  }),
  fact({
    id: "maxConsecutiveWins",
    label: "Most wins in a row",
    unit: "count",
    of: (ledger) => longestRun(resultsOf(ledger), "wins")
  }),
  fact({
    id: "maxConsecutiveLosses",
    label: "Most losses in a row",
    unit: "count",
    of: (ledger) => longestRun(resultsOf(ledger), "losses")
  }),
  ofTrades({
    id: "averageDuration",
    label: "Average duration",
    unit: "duration",
    of: ({ trades }) => averageDuration(trades)
  }),
  fact({
    id: "exposureTime",
    label: "Exposure time",
    unit: "share",
    of: ({ bars, barsHeld }) => exposureTime(barsHeld, bars)
  }),
  fact({ id: "turnover", label: "Turnover", unit: "quote", of: (ledger) => ledger.turnover }),
  fact({
    id: "turnoverTimes",
    label: "Turnover, times the capital",
    unit: "number",
    missing: "no capital",
    of: (ledger) => turnover(ledger.turnover, ledger.capital)
  }),
  fact({ id: "fees", label: "Fees paid", unit: "quote", of: ({ fees }) => fees }),
  fact({ id: "slippage", label: "Slippage paid", unit: "quote", of: ({ slippage }) => slippage }),
  fact({ id: "interest", label: "Interest paid", unit: "quote", of: ({ interest }) => interest }),
  fact({ id: "costs", label: "Costs, all", unit: "quote", of: costsOf }),
  fact({
    id: "costShare",
    label: "Costs / profit before costs",
    unit: "share",
    missing: "no profit before costs",
    of: costShare
  })
]
