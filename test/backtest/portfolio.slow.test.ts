/**
 * Several markets on one account through the whole pipeline: what they share, and what must not depend on it.
 * In: seeded synthetic markets. Out: decisions, trades, both parties' books.
 * Single steps of it stand in stepTogether.test.ts, its laws in portfolio.prop.slow.test.ts.
 */
import { assert, describe, it } from "@effect/vitest"
import { runLoop } from "../../src/backtest/loop.ts"
import { makeRollingHash } from "../../src/backtest/rollingHash.ts"
import type { JournalEvent } from "../../src/domain/Event.ts"
import type { Settings } from "../../src/domain/Settings.ts"
import { higherMillis } from "../../src/domain/timeframe.ts"
import { equityOf } from "../../src/engine/portfolio/Account.ts"
import { stateHash } from "../../src/engine/portfolio/Books.ts"
import { accountOf, reportsAfter, snapshotOf } from "../../src/simulator/Exchange.ts"
import { profileSettings } from "../kit/profile.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../kit/syntheticBars.ts"
import { coin, runPipeline } from "./portfolioRun.ts"
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
      trades.map((trade) => JSON.stringify({ ...trade, id: "" })).toSorted()
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
