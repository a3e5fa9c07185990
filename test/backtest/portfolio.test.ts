import { assert, describe, it } from "@effect/vitest"
import { runLoop } from "../../src/backtest/loop.ts"
import { makeDrivers, misfitOf, stepTogether } from "../../src/backtest/portfolio.ts"
import { makeRollingHash } from "../../src/backtest/rollingHash.ts"
import type { ClosedBar } from "../../src/domain/Candle.ts"
import type { JournalEvent } from "../../src/domain/Event.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { base, price } from "../../src/domain/money.ts"
import type { Settings } from "../../src/domain/Settings.ts"
import { higherMillis } from "../../src/domain/timeframe.ts"
import { equityOf } from "../../src/engine/portfolio/Account.ts"
import { stateHash } from "../../src/engine/portfolio/Books.ts"
import { accountOf, reportsAfter, snapshotOf } from "../../src/simulator/Exchange.ts"
import { columnsOf } from "../kit/columnsOf.ts"
import { profileSettings } from "../kit/profile.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../kit/syntheticBars.ts"
import { candle, orderOf } from "../simulator/exchangeKit.ts"
import { coin, runPipeline, stepAll, wants } from "./portfolioRun.ts"
import type { TestMarket } from "./portfolioRun.ts"

const ACCOUNTS = ["spot", "margin"] as const
const bars = syntheticBars(3, 3_000)
const bitcoin: TestMarket = { instrument: coin("BTC"), bars }
const ether: TestMarket = { instrument: coin("ETH"), bars: syntheticBars(42, 3_000) }

/** Settings beyond what a file may say, so that one limit can be tried without the others. */
const settingsOf = (
  over: Partial<Pick<Settings, "account" | "capital">>,
  groups: { readonly risk?: Partial<Settings["risk"]>; readonly sizing?: Partial<Settings["sizing"]> } = {}
): Settings => {
  const profile = profileSettings("balanced")
  return {
    ...profile,
    ...over,
    risk: { ...profile.risk, ...groups.risk },
    sizing: { ...profile.sizing, ...groups.sizing }
  }
}

/** No limit on the account is ever reached. */
const LOOSE = {
  maxDayLoss: 9,
  maxDrawdown: 9,
  entriesPerDay: 1_000,
  lossStreak: 1_000,
  conditionalScore: 9,
  denyScore: 9
} as const

/** As much as the score says, in shares of equity. */
const ALL_IN = { bootstrap: 9, maxPosition: 0.95, riskPerTrade: 9, kellyMinTrades: 1_000_000 } as const

/** A rich account whose common limits nobody reaches: nothing is tied between its markets. */
const wide = (account: "spot" | "margin"): Settings =>
  settingsOf({ account, capital: 50_000_000 }, { risk: LOOSE, sizing: { kellyMinTrades: 1_000_000 } })

describe.each(ACCOUNTS)("a portfolio of one market, %s", (account) => {
  it("is the plain loop bit for bit: decisions, events, books, venue", () => {
    const settings = profileSettings("aggressive", { account, capital: 5_000_000 })
    const hash = makeRollingHash()
    const events: Array<JournalEvent> = []
    const loop = runLoop({
      account: "portfolio",
      instrument: bitcoin.instrument,
      settings,
      baseMillis: FIFTEEN_MINUTES,
      higherMillis: higherMillis(FIFTEEN_MINUTES),
      history: [],
      candles: bars,
      onDecision: hash.add,
      onEvent: (event) => events.push(event)
    })
    const run = runPipeline([bitcoin], settings)
    const [driver] = run.drivers
    assert.isAbove(loop.trades.length, 50)
    assert.deepStrictEqual(run.hashes, [hash.digest()])
    assert.deepStrictEqual(run.events, events)
    assert.deepStrictEqual(run.trades, loop.trades)
    assert.strictEqual(driver && stateHash(driver.books), stateHash(loop.books))
    assert.deepStrictEqual(driver && snapshotOf(driver.exchange), snapshotOf(loop.exchange))
  })
})

describe.each(ACCOUNTS)("a portfolio of two markets, %s", (account) => {
  it("L-6: keeps at every close one cash with the venue, to the coin", () => {
    let closes = 0
    const holed = { ...ether, bars: ether.bars.filter((_, index) => index % 7 !== 3) }
    const { drivers, trades } = runPipeline(
      [bitcoin, holed],
      profileSettings("aggressive", { account, capital: 5_000_000 }),
      ([first, second]) => {
        closes += 1
        for (const { books, exchange } of [first!, second!]) {
          const theirs = accountOf(exchange)
          assert.deepStrictEqual([books.account.quote, books.base, books.lastReportSeq], [
            theirs.quote,
            theirs.base,
            theirs.lastReportSeq
          ])
        }
      }
    )
    assert.strictEqual(closes, new Set([...bars, ...holed.bars].map(({ closeTime }) => closeTime)).size)
    for (const { instrument } of [bitcoin, ether]) {
      assert.isAbove(trades.filter((trade) => trade.instrument === instrument.id).length, 20)
    }
    const reports = drivers.flatMap(({ exchange }) => reportsAfter(exchange, 0))
    const fees = reports.reduce((sum, report) => sum + (report._tag === "Filled" ? report.fee : 0), 0)
    const interest = reports.reduce(
      (sum, report) => sum + (report._tag === "InterestCharged" ? report.amount : 0),
      0
    )
    const [first] = drivers
    assert.deepStrictEqual([first?.books.account.feesPaid, first?.books.account.interestPaid], [
      fees,
      interest
    ])
    assert.strictEqual(first?.books.account.closedCount, trades.length)
  })

  it("decides in each market as that market alone, where nothing is tied", () => {
    const settings = wide(account)
    const both = runPipeline([bitcoin, ether], settings)
    // Equity differs by what the other market earned, so sizes do; sides, scores and reasons may not.
    for (const [index, market] of [bitcoin, ether].entries()) {
      assert.deepStrictEqual(both.reasons[index], runPipeline([market], settings).reasons[0])
    }
  })

  it("does not depend on the order of its markets, where nothing is tied", () => {
    const settings = wide(account)
    const one = runPipeline([bitcoin, ether], settings)
    const other = runPipeline([ether, bitcoin], settings)
    assert.isAbove(one.trades.length, 100)
    assert.deepStrictEqual(one.hashes, other.hashes.toReversed())
    const plain = ({ trades }: typeof one) =>
      trades.map(({ id: _, ...trade }) => JSON.stringify(trade)).toSorted()
    assert.deepStrictEqual(plain(one), plain(other))
    assert.strictEqual(equityOf(one.drivers[0]!.books.account), equityOf(other.drivers[0]!.books.account))
  })

  it("goes on where one of its markets has no bars", () => {
    const halved = { ...ether, bars: ether.bars.slice(0, 1_500) }
    const { drivers, reasons, trades } = runPipeline([bitcoin, halved], wide(account))
    assert.deepStrictEqual(reasons.map(({ length }) => length), [3_000, 1_500])
    assert.strictEqual(drivers[1]?.books.markedAt, halved.bars.at(-1)?.closeTime)
    const last = trades.filter(({ instrument }) => instrument === bitcoin.instrument.id).at(-1)
    assert.isAbove(last?.exitTime ?? 0, halved.bars.at(-1)?.closeTime ?? Infinity)
  })
})

describe("two copies of one market", () => {
  const copy: TestMarket = { ...bitcoin, instrument: coin("BTX") }

  it("share one cash: the second is refused what the first has just taken, whichever stands first", () => {
    const profile = settingsOf({ capital: 5_000_000 }, { risk: LOOSE, sizing: ALL_IN })
    // A vote this strong puts more than half of the cash into one entry.
    const settings = { ...profile, vote: { ...profile.vote, minimum: 0.55, rulesOnlyFactor: 1 } }
    for (const markets of [[bitcoin, copy], [copy, bitcoin]]) {
      const { drivers, reasons: [first = [], second = []], trades } = runPipeline(markets, settings)
      const refused = second.indexOf("insufficientFunds")
      assert.strictEqual(first[refused], "ordered")
      assert.notInclude(first.slice(0, refused + 1), "insufficientFunds")
      assert.strictEqual(trades[0]?.instrument, markets[0]?.instrument.id)
      assert.isAtLeast(drivers[0]?.books.account.quote ?? -1, 0)
    }
  })
})

describe("the day's loss", () => {
  it("of one market stops entries of the other until the next day", () => {
    const settings = settingsOf({ capital: 5_000_000 }, {
      risk: { ...LOOSE, maxDayLoss: 0.004 },
      sizing: { ...ALL_IN, maxPosition: 0.4 }
    })
    const stopped = ({ reasons }: ReturnType<typeof runPipeline>): ReadonlyArray<string> =>
      reasons.at(-1) ?? []
    const alone = stopped(runPipeline([ether], settings))
    const both = stopped(runPipeline([bitcoin, ether], settings))
    const first = both.findIndex((reason, index) => reason === "dayLoss" && alone[index] === "ordered")
    assert.isAbove(first, 0, "a loss of the other market stopped an entry")
    assert.include(both.slice(first + 96), "ordered", "entries came again on later days")
  })
})

describe("stepTogether", () => {
  const buy = (id: string, instrument: Instrument, amount: number) =>
    orderOf(`${id}#entry.1`, {
      instrument: instrument.id,
      amount: base(Math.round(amount * 1e8)),
      plannedStop: price(900_000 * 10_000),
      plannedTarget: price(9_000_000 * 10_000)
    })
  const settings = profileSettings("balanced", { capital: 1_000_000, simulation: { slippage: 0 } })

  const flat = (n: number, at: number): ClosedBar => candle(n, [at, at, at, at])

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
  const columns = columnsOf(bars.slice(0, 2))
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
        { account: "x", settings: wide("spot"), baseMillis: FIFTEEN_MINUTES },
        instruments.map((instrument) => ({ instrument, decider: wants(() => null) }))
      )
    assert.throws(drivers([]), /an account has a market/)
    assert.throws(drivers([coin("BTC"), coin("BTC")]), /once/)
    assert.throws(drivers([instrumentById("bitfinex:BTC/USD")!, coin("BTC")]), /counts money/)
  })
})
