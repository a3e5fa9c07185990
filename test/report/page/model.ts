/**
 * Models of the report page for its tests: real runs over the synthetic market, and the odd ones at the edge.
 * In: a seed and a number of bars. Out: PageModels, the same for the same arguments.
 */
import { finish } from "../../../src/backtest/finish.ts"
import type { BacktestResult } from "../../../src/backtest/Result.ts"
import { advance, makeBacktest } from "../../../src/backtest/run.ts"
import { DECISION_REASONS } from "../../../src/domain/decisionReasons.ts"
import type { DecisionReason } from "../../../src/domain/decisionReasons.ts"
import { instrumentById } from "../../../src/domain/Instrument.ts"
import { higherMillis } from "../../../src/domain/timeframe.ts"
import { downsamplePrice } from "../../../src/report/downsample.ts"
import { drawdownsOf } from "../../../src/report/drawdowns.ts"
import type { Ledger, LedgerTrade } from "../../../src/report/Ledger.ts"
import { monthsOf } from "../../../src/report/months.ts"
import { MAX_POINTS } from "../../../src/report/PageModel.ts"
import type { PageModel } from "../../../src/report/PageModel.ts"
import { tearSheetOf } from "../../../src/report/tearSheetOf.ts"
import { columnsOf } from "../../kit/columnsOf.ts"
import { profileSettings } from "../../kit/profile.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../../kit/syntheticBars.ts"

const instrument = instrumentById("bitbank:BTC/JPY")!
const DAY = 86_400_000
const START = Date.UTC(2024, 0, 1)

/** A run of the whole pipeline over `bars` bars of the synthetic market. */
export const runModel = (seed: number, bars: number): PageModel => {
  const columns = columnsOf(syntheticBars(seed, bars))
  const settings = profileSettings("aggressive", { capital: 5_000_000 })
  const backtest = makeBacktest({
    account: "page",
    settings,
    series: [{ instrument, columns, from: 0, to: bars }],
    higherMillis: higherMillis(FIFTEEN_MINUTES),
    trials: 1,
    parameterCount: 9
  })
  while (advance(backtest, bars)) {
    // the next slice
  }
  const result = finish(backtest)
  return {
    ...modelOf(result.ledger),
    title: "BTC/JPY on bitbank, 15m",
    notices: ["DEMO MARKET: the candles are made from a seed; not one price in them is real"],
    facts: [["Profile", "aggressive"], ["Seed", String(seed)], ["Fingerprint", result.fingerprint]],
    prices: [{ instrument: instrument.id, ...downsamplePrice(columns, MAX_POINTS) }],
    ...linesOf(result.curve.at, result.curve.equity, result.curve.hold, result.ledger.capital),
    ...funnelsOf(result)
  }
}

const linesOf = (
  at: ReadonlyArray<number>,
  equity: ReadonlyArray<number>,
  hold: ReadonlyArray<number>,
  capital: number
): Pick<PageModel, "equity" | "hold" | "drawdown" | "holdDrawdown"> => ({
  equity: { at, value: equity },
  hold: { at, value: hold },
  drawdown: { at, value: drawdownsOf(equity, capital) },
  holdDrawdown: { at, value: drawdownsOf(hold, capital) }
})

const funnelsOf = ({ funnels }: BacktestResult): Pick<PageModel, "votes" | "outcomes"> => ({
  votes: (funnels[0]?.strategies ?? []).map(({ reasons, sides, strategy }) => ({
    name: strategy,
    ...sides,
    reasons: [...reasons].toSorted(([, a], [, b]) => b - a).slice(0, 5)
      .map(([words, count]) => ({ words, count }))
  })),
  outcomes: (Object.keys(DECISION_REASONS) as Array<DecisionReason>).flatMap((name) => {
    const count = funnels[0]?.outcomes[name] ?? 0
    const { kind, words } = DECISION_REASONS[name]
    return count === 0 ? [] : [{ name, kind, words, count }]
  })
})

/** A model of a ledger alone: equity by day, no price, no votes. */
export const modelOf = (ledger: Ledger): PageModel => ({
  title: "A run",
  facts: [],
  notices: [],
  ledger,
  tearSheet: tearSheetOf(ledger),
  prices: [],
  ...linesOf(
    ledger.days.map(({ end }) => end),
    ledger.days.map(({ equity }) => equity),
    ledger.days.map(({ hold }) => hold),
    ledger.capital
  ),
  months: monthsOf(ledger.days, ledger.capital),
  trades: ledger.trades.slice(-MAX_POINTS),
  votes: [],
  outcomes: []
})

/** A ledger of `days` days at the capital in which nothing happened. */
export const emptyLedger = (days: number, over: Partial<Ledger> = {}): Ledger => ({
  quote: "USDT",
  decimals: 2,
  zone: "Asia/Tokyo",
  capital: 500_000,
  from: START,
  to: START + days * DAY,
  barMillis: FIFTEEN_MINUTES,
  trades: [],
  days: Array.from({ length: days }, (_, day) => ({
    date: new Date(START + day * DAY).toISOString().slice(0, 10),
    end: START + (day + 1) * DAY,
    equity: 500_000,
    hold: 500_000
  })),
  bars: days * 96,
  barsHeld: 0,
  turnover: 0,
  fees: 0,
  slippage: 0,
  interest: 0,
  deepest: null,
  holdDeepest: null,
  equity: 500_000,
  hold: 500_000,
  open: [],
  markets: [],
  parameterCount: 9,
  trials: 1,
  ...over
})

/** The `index`th of a row of trades, every other one a loser, four hours apart. */
export const tradeAt = (index: number, over: Partial<LedgerTrade> = {}): LedgerTrade => {
  const won = index % 2 === 0
  const entryTime = START + index * 4 * 3_600_000
  return {
    id: `t#${index + 1}`,
    instrument: "binance:BTC/USDT",
    strategy: won ? "atrBased" : "mochipoyAlert",
    side: "long",
    entryTime,
    exitTime: entryTime + 3_600_000,
    entryPrice: 60_000 + index,
    exitPrice: won ? 60_600 + index : 59_700 + index,
    amount: 0.01,
    cost: 600,
    proceeds: won ? 606 : 597,
    fees: 1.2,
    slippage: 0.6,
    interest: 0,
    pnl: won ? 4.8 : -4.2,
    barsHeld: 4,
    exitReason: won ? "target" : "stop",
    mae: 0.002 + (index % 7) / 1_000,
    mfe: 0.001 + (index % 11) / 1_000,
    ...over
  }
}
