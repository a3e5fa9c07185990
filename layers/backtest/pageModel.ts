/**
 * A run as the report page wants it: few points, merged counts, words.
 * In: run facts. Out: a PageModel of at most MAX_POINTS points a series (decisions 32).
 * Here because it needs the columns, which results do not keep.
 */
import type { SeriesFunnel } from "../../src/backtest/Result.ts"
import { DECISION_REASONS } from "../../src/domain/decisionReasons.ts"
import type { DecisionReason } from "../../src/domain/decisionReasons.ts"
import { downsamplePrice } from "../../src/report/downsample.ts"
import { drawdownsOf } from "../../src/report/drawdowns.ts"
import { formatMoney } from "../../src/report/format.ts"
import { monthsOf } from "../../src/report/months.ts"
import { MAX_POINTS } from "../../src/report/PageModel.ts"
import type { FunnelRow, PageModel } from "../../src/report/PageModel.ts"
import type { RunFacts } from "./RunFacts.ts"
import { barWords, feeWords, percent, periodWords, titleOf } from "./words.ts"

/** Reasons listed a strategy. */
const TOP_REASONS = 5

export const pageModelOf = (facts: RunFacts): PageModel => {
  const { notices, plan, result, tearSheet } = facts
  const { curve, ledger } = result
  const { at } = curve
  const line = (value: ReadonlyArray<number>) => ({ at, value })
  return {
    title: titleOf(plan),
    facts: factsOf(facts),
    notices,
    ledger,
    tearSheet,
    prices: plan.traded.map(({ market: { instrument }, stretch: { series: { columns, from, to } } }) => ({
      instrument: instrument.id,
      ...downsamplePrice(columns, MAX_POINTS, from, to)
    })),
    equity: line(curve.equity),
    hold: line(curve.hold),
    drawdown: line(drawdownsOf(curve.equity, ledger.capital)),
    holdDrawdown: line(drawdownsOf(curve.hold, ledger.capital)),
    months: monthsOf(ledger.days, ledger.capital),
    trades: ledger.trades.slice(-MAX_POINTS),
    votes: votesOf(result.funnels),
    outcomes: outcomesOf(result.funnels)
  }
}

const factsOf = ({ plan, result }: RunFacts): PageModel["facts"] => {
  const { settings } = plan
  return [
    ...plan.traded.map(({ market: { contentHash, name } }) =>
      ["Data", `${name}, content sha256 ${contentHash}`] as const
    ),
    [
      "Period",
      `${periodWords(plan)} of ${barWords(plan.barMillis)}; second frame ${barWords(plan.higherMillis)}`
    ],
    ["Profile", plan.profile],
    [
      "Account",
      `${settings.account}, ${formatMoney(settings.capital, result.ledger.quote, result.ledger.decimals)}`
    ],
    ...plan.traded.map(({ market: { instrument } }) =>
      [`Fees ${instrument.id}`, feeWords(instrument)] as const
    ),
    ["Slippage", `${percent(settings.simulation.slippage)} of the price, on market and stop fills`],
    ["Trading day", settings.tradingDayZone],
    ["Features", `${settings.spec}, ${plan.featuresHash}`],
    ["Settings", plan.settingsHash],
    ["Code", plan.codeHash],
    ["Seed", String(settings.seed)],
    ["Trials", String(plan.trials)],
    ["Fingerprint", result.fingerprint]
  ]
}

const votesOf = (funnels: ReadonlyArray<SeriesFunnel>): ReadonlyArray<FunnelRow> => {
  const names = [...new Set(funnels.flatMap(({ strategies }) => strategies.map(({ strategy }) => strategy)))]
  return names.map((name): FunnelRow => {
    const counts = funnels.flatMap(({ strategies }) => strategies.filter(({ strategy }) => strategy === name))
    const sum = (side: "buy" | "sell" | "hold" | "silent") =>
      counts.reduce((total, { sides }) => total + sides[side], 0)
    const reasons = new Map<string, number>()
    for (const [words, count] of counts.flatMap((one) => [...one.reasons])) {
      reasons.set(words, (reasons.get(words) ?? 0) + count)
    }
    return {
      name,
      buy: sum("buy"),
      sell: sum("sell"),
      hold: sum("hold"),
      silent: sum("silent"),
      reasons: [...reasons].toSorted(([, a], [, b]) => b - a).slice(0, TOP_REASONS)
        .map(([words, count]) => ({ words, count }))
    }
  })
}

const KINDS = ["hold", "refused", "order"]

/** Holds first, then refusals, then orders; the most frequent first. */
const outcomesOf = (funnels: ReadonlyArray<SeriesFunnel>): PageModel["outcomes"] =>
  (Object.keys(DECISION_REASONS) as Array<DecisionReason>)
    .map((name) => ({
      name,
      kind: DECISION_REASONS[name].kind,
      words: DECISION_REASONS[name].words,
      count: funnels.reduce((sum, { outcomes }) => sum + (outcomes[name] ?? 0), 0)
    }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.count - a.count)
