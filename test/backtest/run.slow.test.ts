import { assert, describe, it } from "vitest"
import { finish } from "../../src/backtest/finish.ts"
import { runLoop } from "../../src/backtest/loop.ts"
import { makeRollingHash } from "../../src/backtest/rollingHash.ts"
import { advance, makeBacktest } from "../../src/backtest/run.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import { higherMillis, tradingDay } from "../../src/domain/timeframe.ts"
import { columnsOf } from "../kit/columnsOf.ts"
import { profileSettings } from "../kit/profile.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../kit/syntheticBars.ts"

const instrument = instrumentById("bitbank:BTC/JPY")!
const bars = syntheticBars(3, 4_000)
const columns = columnsOf(bars)
const settings = profileSettings("balanced", { capital: 5_000_000 })

const run = (
  options: {
    readonly slice?: number
    readonly from?: number
    readonly to?: number
    readonly account?: "spot" | "margin"
    readonly bars?: typeof bars
  } = {}
) => {
  const market = options.bars === undefined ? columns : columnsOf(options.bars)
  const backtest = makeBacktest({
    account: "loop",
    settings: { ...settings, account: options.account ?? "spot" },
    series: [{ instrument, columns: market, from: options.from ?? 0, to: options.to ?? market.close.length }],
    higherMillis: higherMillis(FIFTEEN_MINUTES),
    trials: 1,
    parameterCount: 9
  })
  while (advance(backtest, options.slice ?? 1_000_000)) {
    // the next slice
  }
  return { backtest, result: finish(backtest) }
}

describe("a backtest", () => {
  it("decides and trades as the bare loop does, whatever else it writes down", () => {
    const hash = makeRollingHash()
    const loop = runLoop({
      account: "loop",
      instrument,
      settings,
      baseMillis: FIFTEEN_MINUTES,
      higherMillis: higherMillis(FIFTEEN_MINUTES),
      history: bars.slice(0, 1_200),
      candles: bars.slice(1_200),
      onDecision: hash.add
    })
    const { result } = run({ from: 1_200 })
    assert.isAbove(result.ledger.trades.length, 10)
    assert.strictEqual(result.rollingHashes[0], hash.digest())
    assert.deepStrictEqual(result.ledger.trades.map(({ id }) => id), loop.trades.map(({ id }) => id))
  })

  it("does not depend on the size of its slices", () => {
    const whole = run().result
    for (const slice of [1, 97, 3_999]) assert.deepStrictEqual(run({ slice }).result, whole)
  })

  it("ends with the capital and every profit, to the coin", () => {
    for (const account of ["spot", "margin"] as const) {
      const { ledger } = run({ account }).result
      const profit = ledger.trades.reduce((sum, { pnl }) => sum + pnl, 0)
      const open = ledger.open.reduce((sum, { result }) => sum + result, 0)
      assert.closeTo(ledger.equity, ledger.capital + profit + open, 1e-3)
      assert.strictEqual(ledger.days.at(-1)?.equity, ledger.equity)
    }
  })

  it("counts what an open position has cost so far as its result", () => {
    let seen = 0
    for (let to = 1_500; to < 2_500; to += 50) {
      for (const account of ["spot", "margin"] as const) {
        const { ledger } = run({ account, to }).result
        const profit = ledger.trades.reduce((sum, { pnl }) => sum + pnl, 0)
        const [open] = ledger.open
        if (open === undefined) continue
        seen += 1
        assert.closeTo(open.result, ledger.equity - ledger.capital - profit, 1e-3)
      }
    }
    assert.isAbove(seen, 5)
  })

  it("gives a day without a bar its point of equity too", () => {
    const hole = bars.filter(({ openTime }) => {
      const day = Math.floor((openTime - bars[0]!.openTime) / 86_400_000)
      return day < 10 || day > 13
    })
    const { equity, ledger } = run({ bars: hole }).result
    const days = equity.filter(({ kind }) => kind === "day")
    assert.deepStrictEqual(
      days.map(({ equity: value }) => value),
      ledger.days.map(({ equity: value }) => value)
    )
    assert.isTrue(days.every(({ at }, index) => at <= ledger.days[index]!.end))
    assert.isTrue(days.every(({ at }, index) => index === 0 || at > days[index - 1]!.at))
  })

  it("has one row a calendar day from the first bar to the last, in the zone of the trading day", () => {
    const { days, from, to } = run().result.ledger
    assert.strictEqual(days[0]?.date, tradingDay("Asia/Tokyo", from).date)
    assert.strictEqual(days.at(-1)?.date, tradingDay("Asia/Tokyo", to - 1).date)
    for (const [index, day] of days.entries()) {
      if (index > 0) assert.strictEqual(tradingDay("Asia/Tokyo", day.end - 1).start, days[index - 1]?.end)
    }
  })

  it("sees the deepest fall of buy-and-hold at every close, not once a day", () => {
    const { capital, days, hold, holdDeepest } = run().result.ledger
    const firstDay = days[0]!
    const firstClose = bars.findLast(({ closeTime }) => closeTime <= firstDay.end)!.close
    const units = (hold - firstDay.hold) / (bars.at(-1)!.close - firstClose)
    let [peak, worst] = [capital, 0]
    for (const { close } of bars) {
      const value = hold + units * (close - bars.at(-1)!.close)
      peak = Math.max(peak, value)
      worst = Math.max(worst, 1 - value / peak)
    }
    assert.closeTo(holdDeepest?.share ?? 0, worst, 1e-9)
  })

  it("keeps a point of equity for each fill and each day that has bars", () => {
    const { equity, ledger, orders } = run().result
    const fills = equity.filter(({ kind }) => kind === "fill")
    assert.strictEqual(equity.length - fills.length, ledger.days.length)
    assert.isAtLeast(fills.length, orders.filter(({ filled }) => filled > 0).length)
    for (const { cash, equity: sum, held } of equity) assert.closeTo(cash + held, sum, 1e-6)
  })

  it("gives every order an end, and its costs to the trades (P-48)", () => {
    const { ledger, orders } = run().result
    for (const order of orders) {
      const isOpen = order.status === "Accepted" || order.status === "PartiallyFilled"
      assert.strictEqual(order.endedAt === null, isOpen, order.intentId)
    }
    const sum = (values: ReadonlyArray<number>) => values.reduce((all, value) => all + value, 0)
    assert.closeTo(sum(orders.map(({ fee }) => fee)), ledger.fees, 1e-6)
    assert.closeTo(sum(orders.map(({ slippage }) => slippage)), ledger.slippage, 1e-6)
    if (ledger.open.length === 0) {
      assert.closeTo(sum(ledger.trades.map(({ slippage }) => slippage)), ledger.slippage, 1e-6)
    }
  })

  it("counts every decision once in the funnel", () => {
    const { funnels, ledger } = run().result
    const [funnel] = funnels
    assert.strictEqual(funnel?.decisions, ledger.bars)
    assert.strictEqual(
      Object.values(funnel?.outcomes ?? {}).reduce((sum, count) => sum + count, 0),
      ledger.bars
    )
    for (const { sides } of funnel?.strategies ?? []) {
      assert.strictEqual(sides.buy + sides.sell + sides.hold + sides.silent, ledger.bars)
    }
  })

  it("runs two markets on one account: one cash, every trade in time, two funnels", () => {
    const other = instrumentById("bitflyer:BTC/JPY")!
    const later = syntheticBars(4, 5_000).slice(500)
    const both = (slice: number) => {
      const backtest = makeBacktest({
        account: "loop",
        settings,
        series: [
          { instrument, columns, from: 0, to: bars.length },
          { instrument: other, columns: columnsOf(later), from: 0, to: later.length }
        ],
        higherMillis: higherMillis(FIFTEEN_MINUTES),
        trials: 1,
        parameterCount: 9
      })
      while (advance(backtest, slice)) {
        // the next slice
      }
      return finish(backtest)
    }
    const result = both(1_000_000)
    assert.deepStrictEqual(both(101), result)
    const { ledger } = result
    const instants = new Set([...bars, ...later].map(({ closeTime }) => closeTime))
    assert.strictEqual(ledger.bars, instants.size)
    assert.deepStrictEqual(result.funnels.map(({ decisions }) => decisions), [4_000, 4_500])
    for (const id of [instrument.id, other.id]) {
      assert.isAbove(ledger.trades.filter((trade) => trade.instrument === id).length, 10)
    }
    assert.isTrue(
      ledger.trades.every((trade, at) => at === 0 || trade.exitTime >= ledger.trades[at - 1]!.exitTime)
    )
    assert.isAtMost(result.curve.at.length, 4_000)
    const earned = [...ledger.trades.map(({ pnl }) => pnl), ...ledger.open.map(({ result: open }) => open)]
    assert.closeTo(ledger.equity, ledger.capital + earned.reduce((sum, one) => sum + one, 0), 1e-3)
  })

  it("is refused without a bar to trade", () => {
    assert.throws(() => run({ from: bars.length }), /bars to trade/)
  })
})
