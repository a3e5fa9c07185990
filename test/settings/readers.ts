/**
 * Who reads which key: for every settings key a change of it, and a witness that must notice.
 * In: nothing. Out: the table; `base` holds what has to be so before the key can matter at all.
 * A new key without a line here fails the test beside this file; a key that nothing notices fails it too (L-15).
 */
import type { Changes, Witness } from "./witnesses.ts"
import {
  endpoint,
  logLines,
  loop,
  loopAtEdges,
  loopWithGaps,
  market,
  rows,
  server,
  start,
  traces,
  voteWithModel
} from "./witnesses.ts"

export interface Reader {
  readonly witness: Witness
  readonly changed: unknown
  readonly base?: Changes
}

const seen = (witness: Witness, changed: unknown, base?: Changes): Reader =>
  base === undefined ? { witness, changed } : { witness, changed, base }

/** Fees so high that most trades lose: streaks, drawdowns and stops come early. */
const LOSING: Changes = { "fees.taker": 0.01 }
const STREAKS: Changes = { ...LOSING, "risk.lossStreak": 2, "risk.streakPauseHours": 1 }
const KELLY: Changes = {
  "sizing.kellyMinTrades": 5,
  "fees.taker": 0,
  "simulation.slippage": 0,
  "sizing.maxPosition": 0.1,
  "sizing.riskPerTrade": 0.05,
  capital: 50_000_000
}
/** Enough capital for sizes to be more than one minimum lot. */
const RICH: Changes = { capital: 50_000_000 }

const strategy = (name: string): Readonly<Record<string, Reader>> => ({
  [`strategies.${name}.enabled`]: seen(loop, false),
  [`strategies.${name}.weight`]: seen(loop, 0.9),
  [`strategies.${name}.stopAtr`]: seen(loop, 3),
  [`strategies.${name}.targetRatio`]: seen(loop, 1.5),
  [`strategies.${name}.minConfidence`]: seen(loop, 0.95)
})

export const READERS: Readonly<Record<string, Reader>> = {
  stage: seen(start, "live"),
  exchange: seen(market, "bitflyer"),
  market: seen(start, "bitbank"),
  symbol: seen(market, "ETH/USDT", { exchange: "binance", symbol: "BTC/USDT" }),
  timeframe: seen(market, "1h"),
  higherTimeframe: seen(loop, "1h"),
  spec: seen(rows, "stationary"),
  account: seen(loop, "margin"),
  capital: seen(loop, 400_000),
  tradingDayZone: seen(loop, "America/New_York", { "risk.entriesPerDay": 1 }),
  seed: seen(market, 43),
  "fees.maker": seen(loop, 0.01),
  "fees.taker": seen(loop, 0.002),
  "simulation.slippage": seen(loop, 0.001),
  "simulation.latencyMs": seen(loop, 900_001),
  "simulation.participation": seen(loop, 0.0001, RICH),
  "simulation.interestPerDay": seen(loop, 0.01, { account: "margin" }),
  "vote.quorum": seen(loop, 4, { "strategies.fibonacciRetracement.enabled": false }),
  "vote.conflictMargin": seen(loop, 0.9),
  "vote.minimum": seen(loop, 0.6),
  "vote.modelWeight": seen(voteWithModel, 0.1),
  "vote.rulesOnlyFactor": seen(loop, 1, RICH),
  ...strategy("atrBased"),
  "strategies.atrBased.onDisagreement": seen(loopAtEdges, "stronger"),
  ...strategy("mochipoyAlert"),
  "strategies.mochipoyAlert.twoVotes": seen(loop, 0.9),
  "strategies.mochipoyAlert.loneVote": seen(loopAtEdges, 0.5),
  ...strategy("multiTimeframe"),
  // Where trend and entry agree the score is 1; only a score of one of them can be too small.
  "strategies.multiTimeframe.minConfidence": seen(loop, 0.95, {
    "strategies.multiTimeframe.requireAgreement": false
  }),
  "strategies.multiTimeframe.requireAgreement": seen(loop, false),
  ...strategy("fibonacciRetracement"),
  "sizing.bootstrap": seen(loop, 0.02, RICH),
  "sizing.kellySafety": seen(loop, 0.1, KELLY),
  "sizing.kellyMinTrades": seen(loop, 5, RICH),
  "sizing.kellyWindowDays": seen(loop, 1, KELLY),
  "sizing.maxPosition": seen(loop, 0.001, RICH),
  "sizing.riskPerTrade": seen(loop, 0.0001, {
    capital: 50_000_000,
    "sizing.maxPosition": 0.1,
    "sizing.bootstrap": 0.1,
    "vote.rulesOnlyFactor": 1
  }),
  "sizing.noEdgeFactor": seen(loop, 0.1, { ...KELLY, ...LOSING }),
  "risk.denyScore": seen(loop, 0.05, { "risk.conditionalScore": 0.01 }),
  "risk.conditionalScore": seen(loop, 0.01),
  "risk.reducedFactor": seen(loop, 0.1, { ...RICH, "risk.conditionalScore": 0.01 }),
  "risk.maxDrawdown": seen(loop, 0.01, { ...LOSING, ...RICH, "risk.lossStreak": 50 }),
  "risk.maxDayLoss": seen(loop, 0.001, { "fees.taker": 0.05, ...RICH, "risk.lossStreak": 50 }),
  "risk.lossStreak": seen(loop, 2, LOSING),
  "risk.streakPauseHours": seen(loop, 100, STREAKS),
  "risk.recoveryTrades": seen(loop, 10, { ...RICH, ...STREAKS }),
  "risk.recoveryFactor": seen(loop, 0.1, { ...RICH, ...STREAKS }),
  "risk.coolDownBars": seen(loop, 40),
  "risk.guardStops": seen(loop, 1),
  "risk.guardWindowBars": seen(loop, 400, { "risk.guardStops": 2 }),
  "risk.guardPauseBars": seen(loop, 200, { "risk.guardStops": 1 }),
  "risk.lowProfitTrades": seen(loop, 1, { ...LOSING, "risk.lowProfitLoss": 0.001 }),
  "risk.lowProfitWindowBars": seen(loop, 1_000, {
    ...LOSING,
    "risk.lowProfitTrades": 3,
    "risk.lowProfitLoss": 0.001
  }),
  "risk.lowProfitLoss": seen(loop, 0, { "risk.lowProfitTrades": 1 }),
  "risk.lowProfitPauseBars": seen(loop, 200, { "risk.lowProfitTrades": 1, "risk.lowProfitLoss": 0 }),
  "risk.entriesPerDay": seen(loop, 1),
  "risk.maxGapBars": seen(loopWithGaps, 0),
  "risk.anomalyScore": seen(loop, 1),
  "risk.anomalyMove": seen(loop, 0.01),
  "risk.minStopDistance": seen(loop, 0.02),
  "risk.maxStopDistance": seen(loop, 0.002),
  "log.level": seen(logLines, "ERROR"),
  "server.port": seen(server, 48_152, { "server.port": 48_151 }),
  "server.host": seen(server, "127.0.0.2", { "server.port": 48_153, "server.host": "127.0.0.1" }),
  "telemetry.endpoint": seen(endpoint, "http://127.0.0.1:4318"),
  "telemetry.holdSample": seen(traces, 0.5)
}
