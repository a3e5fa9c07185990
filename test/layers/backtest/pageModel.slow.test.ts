/**
 * What page and screen are told of a run: title, facts, notices, counts, points.
 * In: a run on made columns with a hole, on a margin account, with an open end. Out: assertions on words and sums.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Market } from "../../../layers/backtest/Market.ts"
import { noticesOf } from "../../../layers/backtest/notices.ts"
import { pageModelOf } from "../../../layers/backtest/pageModel.ts"
import { parameterCount } from "../../../layers/backtest/parameters.ts"
import { planOf } from "../../../layers/backtest/plan.ts"
import { nameOf, periodWords, titleOf } from "../../../layers/backtest/words.ts"
import { finish } from "../../../src/backtest/finish.ts"
import { advance, makeBacktest } from "../../../src/backtest/run.ts"
import { instrumentById } from "../../../src/domain/Instrument.ts"
import type { Instrument } from "../../../src/domain/Instrument.ts"
import { MAX_POINTS } from "../../../src/report/PageModel.ts"
import { tearSheetOf } from "../../../src/report/tearSheetOf.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../../kit/syntheticBars.ts"
import { read } from "../../settings/reading.ts"
import { OPTIONS } from "./stage.ts"

const marketOf = (id: string, seed: number): Market => {
  const all = syntheticBars(seed, 5_000)
  // Ten bars are taken out, and one loses its volume.
  const bars = all.filter((_, index) => index < 3_000 || index >= 3_010)
  const column = (of: (bar: typeof bars[number]) => number) => Float64Array.from(bars, of)
  const volume = column((bar) => bar.volume)
  volume[4_000] = 0
  return {
    name: `${id}.csv`,
    instrument: instrumentById(id) as Instrument,
    columns: {
      barMillis: FIFTEEN_MINUTES,
      openTime: column((bar) => bar.openTime),
      open: column((bar) => bar.open),
      high: column((bar) => bar.high),
      low: column((bar) => bar.low),
      close: column((bar) => bar.close),
      volume
    },
    first: 0,
    facts: null,
    contentHash: "c".repeat(64),
    notices: ["this machine only"]
  }
}

const run = (markets: ReadonlyArray<Market>) =>
  Effect.gen(function*() {
    const loaded = yield* read({ flags: { slippage: "0.1%" } })
    const plan = yield* planOf(markets, { ...OPTIONS, data: ["x"], bars: null, trials: 7 }, loaded)
    const backtest = makeBacktest({
      account: plan.account,
      settings: plan.settings,
      series: plan.traded.map(({ stretch }) => stretch.series),
      higherMillis: plan.higherMillis,
      trials: plan.trials,
      parameterCount: parameterCount(plan.settings)
    })
    while (advance(backtest, 1_000));
    const result = finish(backtest)
    return { plan, result, tearSheet: tearSheetOf(result.ledger), notices: noticesOf(plan, result) }
  })

describe("pageModelOf", () => {
  it.effect("counts every decision and every vote once, and draws no more than it may", () =>
    Effect.gen(function*() {
      const facts = yield* run([marketOf("bitbank:BTC/JPY", 42)])
      const model = pageModelOf(facts)
      const { decisions } = facts.result.funnels[0] ?? { decisions: 0 }
      assert.strictEqual(model.outcomes.reduce((sum, { count }) => sum + count, 0), decisions)
      assert.deepStrictEqual(
        [...new Set(model.outcomes.map(({ kind }) => kind))],
        ["hold", "refused", "order"]
      )
      for (const { buy, hold, reasons, sell, silent } of model.votes) {
        assert.strictEqual(buy + hold + sell + silent, decisions)
        assert.isAtMost(reasons.length, 5)
      }
      assert.strictEqual(model.votes.length, 4)
      for (const line of [model.equity, model.hold, model.drawdown, model.holdDrawdown]) {
        assert.isAtMost(line.at.length, MAX_POINTS)
        assert.strictEqual(line.at.length, line.value.length)
        assert.isTrue(line.value.every(Number.isFinite))
      }
      assert.isTrue(model.drawdown.value.every((share) => share <= 0))
      assert.isAtMost(model.prices[0]?.at.length ?? 0, MAX_POINTS)
    }))

  it.effect("names market, data, fees, slippage and every hash; nothing of this machine", () =>
    Effect.gen(function*() {
      const facts = yield* run([marketOf("bitbank:BTC/JPY", 42)])
      const model = pageModelOf(facts)
      assert.strictEqual(model.title, "BTC/JPY on bitbank, 15m")
      const said = new Map(model.facts)
      assert.strictEqual(said.get("Fees bitbank:BTC/JPY"), "maker 0 %, taker 0.1 %")
      assert.match(said.get("Slippage") ?? "", /^0\.1 % /)
      assert.strictEqual(said.get("Trials"), "7")
      assert.strictEqual(said.get("Fingerprint"), facts.result.fingerprint)
      assert.strictEqual(said.get("Code"), facts.plan.codeHash)
      assert.notInclude(JSON.stringify([model.facts, model.notices]), "this machine only")
    }))

  it.effect("two markets are one page: both prices, both titles, all counts", () =>
    Effect.gen(function*() {
      const facts = yield* run([marketOf("bitbank:BTC/JPY", 42), marketOf("bitflyer:BTC/JPY", 43)])
      const model = pageModelOf(facts)
      assert.strictEqual(model.title, "BTC/JPY on bitbank, BTC/JPY on bitflyer, 15m")
      assert.strictEqual(nameOf(facts.plan), "portfolio-2-15m")
      assert.deepStrictEqual(model.prices.map(({ instrument }) => instrument), [
        "bitbank:BTC/JPY",
        "bitflyer:BTC/JPY"
      ])
      const decisions = facts.result.funnels.reduce((sum, funnel) => sum + funnel.decisions, 0)
      assert.strictEqual(decisions, 2 * 4_990)
      assert.strictEqual(model.outcomes.reduce((sum, { count }) => sum + count, 0), decisions)
      assert.match(periodWords(facts.plan), / 4,990 \+ 4,990 bars$/)
    }))
})

describe("noticesOf", () => {
  it.effect("says what is missing and what that meant, and what is open at the end", () =>
    Effect.gen(function*() {
      const { notices, plan, result } = yield* run([marketOf("bitbank:BTC/JPY", 42)])
      assert.strictEqual(titleOf(plan), "BTC/JPY on bitbank, 15m")
      const text = notices.join("\n")
      assert.match(text, /^No model serves: rules alone decide, at 50 % of the size$/m)
      assert.match(text, /bitbank:BTC\/JPY\.csv: \d+ bars are missing in \d+ gaps, the longest of 1\d from /)
      assert.match(text, /\d+ bars have no volume; no order fills in them/)
      assert.strictEqual(
        notices.filter((notice) => notice.includes("is open at the end")).length,
        result.ledger.open.length
      )
      assert.notInclude(text, "DEMO MARKET")
    }))
})

describe("parameterCount", () => {
  it.effect("counts what decides, without the strategies that are switched off", () =>
    Effect.gen(function*() {
      const { settings } = yield* read()
      const without = {
        ...settings,
        strategies: {
          ...settings.strategies,
          fibonacciRetracement: { ...settings.strategies.fibonacciRetracement, enabled: false }
        }
      }
      assert.isAbove(parameterCount(settings), 40)
      assert.strictEqual(
        parameterCount(settings) - parameterCount(without),
        Object.keys(settings.strategies.fibonacciRetracement).length
      )
    }))
})
