/**
 * The laws of one account over several markets, for any markets and any votes, in spot and on margin.
 * In: random walks with holes and random ballots a market. Out: both parties' money agree; order and path change nothing untied.
 * Small accounts fight for their cash, rich ones do not; what must hold of both stands here.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import type { Decider, Driver } from "../../src/backtest/driver.ts"
import { makeDriver, stepBar } from "../../src/backtest/driver.ts"
import { makeDrivers } from "../../src/backtest/portfolio.ts"
import type { ClosedBar } from "../../src/domain/Candle.ts"
import type { JournalEvent } from "../../src/domain/Event.ts"
import type { Settings } from "../../src/domain/Settings.ts"
import { judge } from "../../src/engine/decide.ts"
import type { Decision } from "../../src/engine/Decision.ts"
import { equityOf } from "../../src/engine/portfolio/Account.ts"
import { stateHash } from "../../src/engine/portfolio/Books.ts"
import type { ClosedTrade } from "../../src/engine/portfolio/ClosedTrade.ts"
import { accountOf } from "../../src/simulator/Exchange.ts"
import { ballotFor, BAR, barAt, observe, PRICE, settingsOf } from "../engine/desk.ts"
import { coin, stepAll } from "./portfolioRun.ts"

const between = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

const Step = Schema.Struct({
  side: Schema.Literals(["buy", "sell", "hold", "buy", "sell"]),
  score: between(1, 10),
  move: between(-25, 25),
  jump: between(-80, 80),
  spread: between(0, 20),
  volume: Schema.Literals([0, 0.01, 5, 500]),
  hole: Schema.Literals([false, false, false, true])
})
const Walk = Schema.Array(Step).check(Schema.isMinLength(64), Schema.isMaxLength(90))
const Course = Schema.Struct({
  account: Schema.Literals(["spot", "margin"]),
  walks: Schema.Array(Walk).check(Schema.isMinLength(2), Schema.isMaxLength(4))
})
type Course = typeof Course.Type

const CAPITAL = 5_000_000
const NAMES = ["BTC", "ETH", "XRP", "LTC"]
const LOOSE = {
  coolDownBars: 0,
  maxDayLoss: 9,
  maxDrawdown: 9,
  entriesPerDay: 10_000,
  lossStreak: 10_000,
  guardStops: 10_000,
  anomalyMove: 9,
  denyScore: 9,
  conditionalScore: 9
} as const

/** Votes that want up to the whole account for one market, or at most its profile's 3 %. */
const settingsFor = (account: Course["account"], greedy: boolean): Settings =>
  settingsOf({
    account,
    capital: CAPITAL,
    risk: LOOSE,
    sizing: {
      kellyMinTrades: 1_000_000,
      ...(greedy ? { bootstrap: 9, maxPosition: 0.95, riskPerTrade: 9 } : {})
    }
  })

interface Seen {
  readonly bar: ClosedBar
  readonly step: typeof Step.Type
}

/** A market's bars with the step behind each; a hole is a bar that never was. */
const seenOf = (walk: Course["walks"][number]): ReadonlyArray<Seen> => {
  let close = PRICE
  return walk.flatMap((step, index): ReadonlyArray<Seen> => {
    const open = Math.round(close * (1 + step.jump / 1_000))
    close = Math.round(open * (1 + step.move / 1_000))
    if (step.hole && index > 0) return []
    const bar = barAt(index + 1, close, {
      open,
      high: Math.round(Math.max(open, close) * (1 + step.spread / 1_000)),
      low: Math.round(Math.min(open, close) * (1 - step.spread / 1_000)),
      volume: step.volume
    })
    return [{ bar, step }]
  })
}

/** Judges the drawn ballot of each bar, as the pipeline judges its own. */
const deciderOf = (seen: ReadonlyArray<Seen>): Decider<Decision> => {
  let at = -1
  return {
    see: () => {
      at += 1
      return 0
    },
    decide: (books, now) => {
      const { bar, step } = seen[at]!
      const ballot = ballotFor(step.side, step.side === "hold" ? {} : { score: step.score / 10 })
      return judge(books, observe(bar), ballot, now)
    }
  }
}

const run = (
  course: Course,
  options: { readonly greedy: boolean; readonly reversed?: boolean },
  each: (drivers: ReadonlyArray<Driver<Decision>>) => void = () => {}
) => {
  const trades: Array<ClosedTrade> = []
  const events = new Map<string, Array<JournalEvent>>()
  const named = course.walks.map((walk, index) => ({ instrument: coin(NAMES[index]!), seen: seenOf(walk) }))
  const markets = options.reversed === true ? named.toReversed() : named
  const drivers = makeDrivers(
    { account: "paper", settings: settingsFor(course.account, options.greedy), baseMillis: BAR },
    markets.map(({ instrument, seen }) => {
      const told: Array<JournalEvent> = []
      events.set(instrument.id, told)
      return {
        instrument,
        decider: deciderOf(seen),
        onEvent: (event: JournalEvent) => told.push(event),
        onTrade: (trade: ClosedTrade) => trades.push(trade)
      }
    })
  )
  stepAll(
    drivers,
    markets.map(({ instrument, seen }) => ({ instrument, bars: seen.map(({ bar }) => bar) })),
    each
  )
  return { drivers, trades, events, account: drivers[0]!.books.account }
}

const arbitrary = { runs: 40, seed: 7 } as const
const Cases = { course: Course, greedy: Schema.Boolean }

describe("one account over several markets", () => {
  it.prop(
    "L-6: has at every close the venue's cash, and each market its own amount and orders",
    Cases,
    ({ course, greedy }) => {
      run(course, { greedy }, (drivers) => {
        const cash = drivers[0]!.books.account.quote
        for (const { books, exchange } of drivers) {
          const theirs = accountOf(exchange)
          assert.deepStrictEqual([cash, books.base, books.lastReportSeq], [
            theirs.quote,
            theirs.base,
            theirs.lastReportSeq
          ])
          assert.deepStrictEqual(
            [...books.working.keys()].toSorted(),
            theirs.orders.map(({ intentId }) => intentId).toSorted()
          )
          if (course.account === "spot") assert.isTrue(books.base >= 0 && cash >= 0)
        }
        const { fees, interest, market, owner, trader } = drivers[0]!.exchange.ledger.quote
        assert.strictEqual(owner + trader + market + fees + interest, 0)
        assert.strictEqual(owner, -CAPITAL * 10_000)
      })
    },
    { arbitrary }
  )

  it.prop(
    "L-6: explains its cash by closed trades and open positions of all markets, exactly",
    Cases,
    ({ course, greedy }) => {
      const { account, drivers, trades } = run(course, { greedy })
      const sum = (of: (trade: ClosedTrade) => number) => trades.reduce((all, trade) => all + of(trade), 0)
      let [held, fees, interest] = [0, sum((trade) => trade.fees), sum((trade) => trade.interest)]
      for (const { books: { position } } of drivers) {
        if (position === null) continue
        const sign = position.side === "long" ? 1 : -1
        held += sign * (position.enteredCost - position.exitedProceeds) + position.fees + position.interest
        fees += position.fees
        interest += position.interest
      }
      assert.strictEqual(account.quote, CAPITAL * 10_000 + sum(({ pnl }) => pnl) - held)
      assert.deepStrictEqual([account.feesPaid, account.interestPaid], [fees, interest])
      assert.deepStrictEqual([account.realized, account.closedCount], [sum(({ pnl }) => pnl), trades.length])
      assert.strictEqual(new Set(trades.map(({ id }) => id)).size, trades.length, "no two trades share an id")
    },
    { arbitrary }
  )

  it.prop(
    "has as its peak the highest equity at any close, and none between two bars of one instant",
    Cases,
    ({ course, greedy }) => {
      let peak = CAPITAL * 10_000
      run(course, { greedy }, ([first]) => {
        const { account } = first!.books
        peak = Math.max(peak, equityOf(account))
        assert.strictEqual(account.drawdown.peak, peak)
      })
    },
    { arbitrary }
  )

  it.prop("keeps closed trades in the order of their exits", Cases, ({ course, greedy }) => {
    const { trades } = run(course, { greedy })
    const exits = trades.map(({ exitTime }) => exitTime)
    assert.deepStrictEqual(exits, exits.toSorted((a, b) => a - b))
  }, { arbitrary })

  it.prop(
    "is told the same by every market in any order, where cash is not fought for",
    { course: Course },
    ({ course }) => {
      const one = run(course, { greedy: false })
      const other = run(course, { greedy: false, reversed: true })
      assert.deepStrictEqual(other.events, one.events)
      const moneyOf = (
        { account }: typeof one
      ) => [account.quote, account.drawdown, account.day, equityOf(account)]
      assert.deepStrictEqual(moneyOf(other), moneyOf(one))
      const plain = ({ trades }: typeof one) =>
        trades.map((trade) => JSON.stringify({ ...trade, id: "" })).toSorted()
      assert.deepStrictEqual(plain(other), plain(one))
    },
    { arbitrary }
  )

  it.prop("of one market is what the plain driver makes of it", Cases, ({ course, greedy }) => {
    const [walk] = course.walks
    const { drivers: [together] } = run({ ...course, walks: [walk!] }, { greedy })
    const seen = seenOf(walk!)
    const alone = makeDriver({
      account: "paper",
      instrument: coin("BTC"),
      settings: settingsFor(course.account, greedy),
      baseMillis: BAR,
      decider: deciderOf(seen)
    })
    for (const { bar } of seen) stepBar(alone, bar)
    assert.strictEqual(stateHash(together!.books), stateHash(alone.books))
    assert.deepStrictEqual(accountOf(together!.exchange), accountOf(alone.exchange))
  }, { arbitrary })
})
