/**
 * The trade set of the tear sheet: every row, in the order in which it is read.
 * In: outcomes and a ledger. Out: one number a row; rows.ts turns them into figures or N/A.
 * Beside equityMetrics.ts; buy-and-hold makes no trades, so these have no second column.
 */
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

const NO_LOSS = "no trade lost"
const NO_WIN_OR_LOSS = "needs wins and losses"

type TradeGiven = Pick<TradeMetric, "id" | "label" | "unit" | "of"> & { readonly missing?: string }

const fact = (metric: TradeGiven): TradeMetric => ({ missing: "no bars", ...metric, minTrades: 0 })

/** Plain of one trade already, nothing of none. */
const ofTrades = (metric: TradeGiven): TradeMetric => ({ ...fact(metric), minTrades: 1 })

/** Says something about the next trade; needs ten of the past. */
const judgement = (metric: TradeGiven): TradeMetric => ({ ...fact(metric), minTrades: MIN_TRADES })

export const TRADE_METRICS: ReadonlyArray<TradeMetric> = [
  fact({ id: "totalTrades", label: "Closed trades", unit: "count", of: ({ amounts }) => amounts.length }),
  fact({
    id: "openPositions",
    label: "Positions still open",
    unit: "count",
    of: (_, { open }) => open.length
  }),
  judgement({ id: "winRate", label: "Win rate", unit: "share", of: ({ amounts }) => winRate(amounts) }),
  judgement({
    id: "profitFactor",
    label: "Profit factor",
    unit: "number",
    missing: NO_LOSS,
    of: ({ amounts }) => profitFactor(amounts)
  }),
  judgement({
    id: "expectancy",
    label: "Expectancy a trade",
    unit: "quote",
    of: ({ amounts }) => expectancy(amounts)
  }),
  judgement({
    id: "expectancyRatio",
    label: "Expectancy ratio",
    unit: "number",
    missing: NO_LOSS,
    of: ({ amounts }) => expectancyRatio(amounts)
  }),
  judgement({
    id: "averageTrade",
    label: "Average trade",
    unit: "share",
    of: ({ shares }) => expectancy(shares)
  }),
  ofTrades({
    id: "averageWin",
    label: "Average win",
    unit: "quote",
    missing: "no trade won",
    of: ({ amounts }) => averageWin(amounts)
  }),
  ofTrades({
    id: "averageLoss",
    label: "Average loss",
    unit: "quote",
    missing: NO_LOSS,
    of: ({ amounts }) => averageLoss(amounts)
  }),
  judgement({
    id: "payoffRatio",
    label: "Payoff ratio",
    unit: "number",
    missing: NO_WIN_OR_LOSS,
    of: ({ amounts }) => payoffRatio(amounts)
  }),
  ofTrades({
    id: "bestTrade",
    label: "Best trade",
    unit: "share",
    of: ({ shares }) => shares.reduce((best, each) => Math.max(best, each), -Infinity)
  }),
  ofTrades({
    id: "worstTrade",
    label: "Worst trade",
    unit: "share",
    of: ({ shares }) => shares.reduce((worst, each) => Math.min(worst, each), Infinity)
  }),
  judgement({
    id: "sqn",
    label: "System quality number",
    unit: "number",
    missing: "all trades ended alike",
    of: ({ amounts }) => sqn(amounts)
  }),
  judgement({
    id: "kellyFraction",
    label: "Kelly fraction",
    unit: "share",
    missing: NO_WIN_OR_LOSS,
    of: ({ amounts }) => kellyFraction(amounts)
  }),
  fact({
    id: "maxConsecutiveWins",
    label: "Most wins in a row",
    unit: "count",
    of: ({ amounts }) => longestRun(amounts, "wins")
  }),
  fact({
    id: "maxConsecutiveLosses",
    label: "Most losses in a row",
    unit: "count",
    of: ({ amounts }) => longestRun(amounts, "losses")
  }),
  ofTrades({
    id: "averageDuration",
    label: "Average duration",
    unit: "duration",
    of: (_, { trades }) => averageDuration(trades)
  }),
  fact({
    id: "exposureTime",
    label: "Exposure time",
    unit: "share",
    of: (_, { bars, barsHeld }) => exposureTime(barsHeld, bars)
  }),
  fact({ id: "turnover", label: "Turnover", unit: "quote", of: (_, ledger) => ledger.turnover }),
  fact({
    id: "turnoverTimes",
    label: "Turnover, times the capital",
    unit: "number",
    missing: "no capital",
    of: (_, ledger) => turnover(ledger.turnover, ledger.capital)
  }),
  fact({ id: "fees", label: "Fees paid", unit: "quote", of: (_, { fees }) => fees }),
  fact({ id: "slippage", label: "Slippage paid", unit: "quote", of: (_, { slippage }) => slippage }),
  fact({ id: "interest", label: "Interest paid", unit: "quote", of: (_, { interest }) => interest }),
  fact({ id: "costs", label: "Costs, all", unit: "quote", of: (_, ledger) => costsOf(ledger) }),
  fact({
    id: "costShare",
    label: "Costs / profit before costs",
    unit: "share",
    missing: "no profit before costs",
    of: (_, ledger) => costShare(ledger)
  })
]
