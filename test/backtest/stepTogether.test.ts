/**
 * One step of several markets, and who may step together.
 * In: hand-made bars, orders wanted at chosen bars. Out: amounts, cash, refusals.
 * Apart from portfolio.slow.test.ts, which runs the whole pipeline.
 */
import { assert, describe, it } from "@effect/vitest"
import { makeDrivers, misfitOf, stepTogether } from "../../src/backtest/portfolio.ts"
import type { ClosedBar } from "../../src/domain/Candle.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { base, price } from "../../src/domain/money.ts"
import { columnsOf } from "../kit/columnsOf.ts"
import { profileSettings } from "../kit/profile.ts"
import { FIFTEEN_MINUTES } from "../kit/syntheticBars.ts"
import { candle, orderOf } from "../simulator/exchangeKit.ts"
import { coin, stepAll, wants } from "./portfolioRun.ts"

const settings = profileSettings("balanced", { capital: 1_000_000, simulation: { slippage: 0 } })
const flat = (n: number, at: number): ClosedBar => candle(n, [at, at, at, at])

describe("stepTogether", () => {
  const buy = (id: string, instrument: Instrument, amount: number) =>
    orderOf(`${id}#entry.1`, {
      instrument: instrument.id,
      amount: base(Math.round(amount * 1e8)),
      plannedStop: price(900_000 * 10_000),
      plannedTarget: price(9_000_000 * 10_000)
    })

  /** Two markets whose deciders want that much at the close of that bar, with a stop at ¥900,000. */
  const desk = (orders: ReadonlyArray<{ readonly amount: number; readonly after: number }>) => {
    const instruments = [coin("BTC"), coin("ETH")] as const
    const drivers = makeDrivers(
      { account: "desk", settings, baseMillis: FIFTEEN_MINUTES },
      instruments.map((instrument, index) => {
        const { after, amount } = orders[index]!
        const order = buy(`d${index}`, instrument, amount)
        return { instrument, decider: wants((now) => now === flat(after, 1).closeTime ? order : null) }
      })
    )
    return { drivers, instruments }
  }

  it.each([[0, 1], [1, 0]])(
    "pays for no fill at an open with what comes in later in that bar: %i first",
    (holder, buyer) => {
      const wanted = [{ amount: 0, after: 9 }, { amount: 0, after: 9 }]
      wanted[holder] = { amount: 0.9, after: 0 }
      wanted[buyer] = { amount: 0.09, after: 1 }
      const { drivers, instruments } = desk(wanted)
      // Bar 2: the holder's stop sells inside it, the buyer has opened a fifth dearer than its money reaches.
      const last = [flat(2, 1), flat(2, 1)]
      last[holder] = candle(2, [1e6, 1e6, 0.8e6, 0.8e6])
      last[buyer] = flat(2, 1.2e6)
      stepAll(
        drivers,
        instruments.map((instrument, index) => ({
          instrument,
          bars: [flat(0, 1e6), flat(1, 1e6), last[index]!]
        }))
      )
      assert.strictEqual(drivers[holder]?.books.base, 0)
      // 1,000,000 - 900,900 = 99,100 at 1,200,000 and 0.1 % fee.
      assert.strictEqual(drivers[buyer]?.books.base, 0.0825 * 1e8)
    }
  )

  it.each([[1.09e6, 0.91e6], [0.91e6, 1.09e6]])(
    "sees no peak and no day's loss between two bars of one instant: %i and %i",
    (here, there) => {
      const { drivers, instruments } = desk([{ amount: 0.4, after: 0 }, { amount: 0.4, after: 0 }])
      const last = [here, there]
      stepAll(
        drivers,
        instruments.map((instrument, index) => ({
          instrument,
          bars: [flat(0, 1e6), flat(1, 1e6), flat(2, last[index]!)]
        }))
      )
      const { day, drawdown } = drivers[0]!.books.account
      assert.strictEqual(drawdown.peak, 1_000_000 * 10_000)
      assert.deepStrictEqual([day.stopped, drawdown.stopped], [false, false])
    }
  )

  it("lets the market that stands first take the last cash", () => {
    const boughtOf = (first: number, second: number) => {
      const { drivers, instruments } = desk([{ amount: first, after: 0 }, { amount: second, after: 0 }])
      stepAll(drivers, instruments.map((instrument) => ({ instrument, bars: [flat(0, 1e6), flat(1, 1e6)] })))
      return drivers.map(({ books }) => books.base / 1e8)
    }
    assert.deepStrictEqual(boughtOf(0.6, 0.5), [0.6, 0])
    assert.deepStrictEqual(boughtOf(0.5, 0.6), [0.5, 0])
    assert.deepStrictEqual(boughtOf(0.4, 0.5), [0.4, 0.5])
  })

  it("refuses bars that close at two instants, and a step without a bar", () => {
    const { drivers } = desk([{ amount: 0.1, after: 0 }, { amount: 0.1, after: 0 }])
    assert.throws(() => stepTogether(drivers, [flat(0, 1), flat(1, 1)]), /close at one instant/)
    assert.throws(() => stepTogether(drivers, [null, null]), /a step has a bar/)
    assert.throws(() => stepTogether(drivers, [flat(0, 1)]), /each market has a bar or none/)
  })
})

describe("misfitOf", () => {
  const columns = columnsOf([flat(0, 1), flat(1, 1)])
  const of = (id: string, barMillis = columns.barMillis) => ({
    instrument: instrumentById(id)!,
    columns: { ...columns, barMillis }
  })

  it("finds none where currency, scale and bar length are equal, also between venues", () => {
    assert.isNull(misfitOf([]))
    assert.isNull(misfitOf([of("binance:BTC/USDT"), of("binance:ETH/USDT")]))
    assert.isNull(misfitOf([of("bitbank:BTC/JPY"), of("bitflyer:BTC/JPY")]))
  })

  it.each(
    [
      [
        [of("binance:BTC/USDT"), of("binance:ETH/USDT"), of("bitbank:BTC/JPY")],
        /^binance:BTC\/USDT and bitbank:BTC\/JPY cannot share one account: quote currency USDT and JPY$/
      ],
      [[of("bitbank:BTC/JPY"), of("bitflyer:BTC/JPY", 60_000)], /bar length 900000 and 60000 ms$/],
      [[of("bitbank:BTC/JPY"), of("bitbank:BTC/JPY")], /^bitbank:BTC\/JPY is given twice/],
      [
        [of("bitbank:BTC/JPY"), { instrument: { ...coin("ETH"), priceScale: 2 }, columns }],
        /price scale 4 and 2$/
      ]
    ] as const
  )("names the two that do not fit, and why: %#", (markets, words) => {
    const misfit = misfitOf(markets)
    assert.match(misfit?.message ?? "", words)
    assert.deepStrictEqual([misfit?._tag, misfit?.severity, misfit?.runbook], [
      "PortfolioUnfit",
      "Medium",
      "portfolio-unfit"
    ])
  })

  it("finds what makeDrivers would not survive", () => {
    const drivers = (instruments: ReadonlyArray<Instrument>) => () =>
      makeDrivers(
        { account: "x", settings: settings, baseMillis: FIFTEEN_MINUTES },
        instruments.map((instrument) => ({ instrument, decider: wants(() => null) }))
      )
    assert.throws(drivers([]), /an account has a market/)
    assert.throws(drivers([coin("BTC"), coin("BTC")]), /once/)
    assert.throws(drivers([instrumentById("bitfinex:BTC/USD")!, coin("BTC")]), /counts money/)
  })
})
