/**
 * What a reader of the results must know before believing them: demo, rules only, holes, refusals that stayed.
 * In: plan and result. Out: plain sentences, the same on screen, page and in result.json.
 * Facts of the run alone; what this machine's cache did is said elsewhere, so that equal runs stay equal.
 */
import type { BacktestResult } from "../../src/backtest/Result.ts"
import { toFloat, toPrice, toQuote } from "../../src/domain/money.ts"
import { capitalNeeded } from "../../src/engine/risk/sizing.ts"
import { fixed, formatInstant, formatMoney, formatShare } from "../../src/report/format.ts"
import type { RunPlan, Traded } from "./RunFacts.ts"
import { barWords, DEMO, percent } from "./words.ts"

export const noticesOf = (plan: RunPlan, result: BacktestResult): ReadonlyArray<string> => [
  ...(plan.demo
    ? [`${DEMO}: the candles are made from seed ${plan.settings.seed}; not one price in them is real`]
    : []),
  `No model serves: rules alone decide, at ${percent(plan.settings.vote.rulesOnlyFactor)} of the size`,
  ...plan.traded.flatMap((traded) => marketNotices(traded, plan)),
  ...accountNotices(plan, result)
]

const marketNotices = ({ market, stretch }: Traded, plan: RunPlan): ReadonlyArray<string> => {
  const { instrument, name } = market
  const notices: Array<string> = []
  const { gaps } = stretch
  if (gaps.missing > 0) {
    const bars = gaps.missing === 1 ? "bar is" : "bars are"
    notices.push(
      `${name}: ${fixed(gaps.missing, 0)} ${bars} missing in ${fixed(gaps.runs, 0)} ${
        gaps.runs === 1 ? "gap" : "gaps"
      }, the longest of ${fixed(gaps.longest, 0)} from ${
        formatInstant(gaps.longestAt ?? 0)
      }; nothing is made up for them, and after more than ${plan.settings.risk.maxGapBars} in a row entries wait`
    )
  }
  if (stretch.withoutVolume > 0) {
    notices.push(`${name}: ${fixed(stretch.withoutVolume, 0)} bars have no volume; no order fills in them`)
  }
  if ((market.facts?.thinBars ?? 0) > 0) {
    notices.push(
      `${name}: ${fixed(market.facts?.thinBars ?? 0, 0)} bars of ${
        barWords(plan.barMillis)
      } in the file are made of `
        + "fewer than half the bars they span"
    )
  }
  const open = stretch.series.columns.open[stretch.series.from] ?? 0
  const needed = capitalNeeded(
    instrument,
    toPrice(open, instrument.priceScale),
    plan.settings.sizing.maxPosition
  )
  if (toQuote(plan.settings.capital, instrument.priceScale) < needed) {
    notices.push(
      `The capital is too small for ${instrument.id}: at the first price its smallest order needs ${
        formatMoney(Math.ceil(toFloat(needed, instrument.priceScale)), instrument.quote, 0)
      }`
    )
  }
  return notices
}

const accountNotices = (plan: RunPlan, { entriesWithoutEdge, funnels, ledger }: BacktestResult) => {
  const notices: Array<string> = []
  const stopped = funnels.reduce((sum, { outcomes }) => sum + (outcomes.drawdown ?? 0), 0)
  if (stopped > 0) {
    notices.push(
      `The drawdown reached ${formatShare(plan.settings.risk.maxDrawdown)}: ${
        fixed(stopped, 0)
      } entries were refused for `
        + "it, because only an operator resumes trading and a backtest has none"
    )
  }
  if (entriesWithoutEdge > 0) {
    notices.push(
      `${fixed(entriesWithoutEdge, 0)} entries were sized without an edge: the trades before them showed none`
    )
  }
  for (const { amount, entryTime, instrument, side, result } of ledger.open) {
    notices.push(
      `A position is open at the end: ${side} ${amount} of ${instrument} since ${
        formatInstant(entryTime)
      }, result so far ${
        formatMoney(result, ledger.quote, ledger.decimals)
      }; it is in the equity and in no trade`
    )
  }
  return notices
}
