/**
 * What holds of the exchange whatever is asked of it.
 * In: generated markets and orders, spot and margin. Out: properties on books, fills and replays.
 * The figures are folded here a second time from the reports alone, in plain bigint.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Candle } from "../../src/domain/Candle.ts"
import { ppm, quote } from "../../src/domain/money.ts"
import type { VenueReport } from "../../src/domain/Order.ts"
import {
  accountOf,
  closeBar,
  openBar,
  reportsAfter,
  restoreExchange,
  snapshotOf
} from "../../src/simulator/Exchange.ts"
import type { Exchange, ExchangeSnapshot } from "../../src/simulator/Exchange.ts"
import { CENTRE, play, Steps, turnsOf } from "./exchangeDriver.ts"
import { exchangeOf, yen } from "./exchangeKit.ts"

const RUNS = { arbitrary: { runs: 60 } }

const ACCOUNTS = ["spot", "margin"] as const

type Filled = Extract<VenueReport, { readonly _tag: "Filled" }>
const fillsOf = (exchange: Exchange): ReadonlyArray<Filled> =>
  reportsAfter(exchange, 0).filter((report) => report._tag === "Filled")

const made = (account: "spot" | "margin", slippage = 500): Exchange =>
  exchangeOf({
    account,
    slippage: ppm(slippage),
    participation: 0.1,
    capital: quote(yen(60_000)),
    latencyMs: 0
  })

const halfAway = (dividend: bigint, divisor: bigint): bigint =>
  dividend < 0n ? -halfAway(-dividend, divisor) : (dividend + divisor / 2n) / divisor

const hundredMillion = 100_000_000n

describe.each(ACCOUNTS)("the exchange, %s", (account) => {
  it.prop(
    "L-6: money and coins are conserved: the reports alone explain both balances, fees and interest included",
    [Steps],
    ([steps]) => {
      const exchange = made(account)
      play(exchange, turnsOf(steps))
      let cash = BigInt(yen(60_000))
      let coins = 0n
      for (const report of reportsAfter(exchange, 0)) {
        if (report._tag === "InterestCharged") cash -= BigInt(report.amount)
        if (report._tag !== "Filled") continue
        const value = BigInt(report.amount) * BigInt(report.price) / hundredMillion
        const rate = report.liquidity === "maker" ? 0n : 1_000n
        assert.strictEqual(BigInt(report.fee), halfAway(value * rate, 1_000_000n))
        cash += (report.side === "buy" ? -value : value) - BigInt(report.fee)
        coins += BigInt(report.side === "buy" ? report.amount : -report.amount)
      }
      const books = accountOf(exchange)
      assert.strictEqual(BigInt(books.quote), cash)
      assert.strictEqual(BigInt(books.base), coins)
      const { quote: money, base } = exchange.ledger
      assert.strictEqual(money.owner + money.trader + money.market + money.fees + money.interest, 0)
      assert.strictEqual(base.trader + base.market, 0)
      if (account === "spot") assert.isTrue(cash >= 0n && coins >= 0n)
    },
    RUNS
  )

  it.prop(
    "L-43: every accepted order is accounted for: filled, cancelled and still working add up to its amount",
    [Steps],
    ([steps]) => {
      const exchange = made(account)
      const taken = play(exchange, turnsOf(steps))
      const parts = new Map<string, number>()
      const add = (intentId: string, amount: number) =>
        parts.set(intentId, (parts.get(intentId) ?? 0) + amount)
      for (const report of reportsAfter(exchange, 0)) {
        if (report._tag === "Filled") {
          assert.isAbove(report.amount, 0)
          add(report.intentId, report.amount)
          assert.strictEqual(
            report.complete,
            parts.get(report.intentId) === taken.get(report.intentId)?.amount
          )
        }
        if (report._tag === "Canceled") add(report.intentId, report.remaining)
      }
      for (const order of accountOf(exchange).orders) add(order.intentId, order.remaining)
      for (const [intentId, order] of taken) assert.strictEqual(parts.get(intentId), order.amount, intentId)
      assert.deepStrictEqual(
        reportsAfter(exchange, 0).map((report) => report.reportSeq),
        [...exchange.entries.keys()].map((at) => at + 1)
      )
    },
    RUNS
  )

  it.prop(
    "an order takes no more of a bar than its share, and nothing of a bar without volume",
    [Steps],
    ([steps]) => {
      const exchange = made(account)
      const turns = turnsOf(steps)
      play(exchange, turns)
      const sums = new Map<string, number>()
      for (const entry of exchange.entries) {
        if (entry.report._tag !== "Filled") continue
        const key = `${entry.bar} ${entry.report.intentId}`
        sums.set(key, (sums.get(key) ?? 0) + entry.report.amount)
      }
      for (const [key, sum] of sums) {
        const bar = turns.find((turn) => turn.bar.openTime === Number(key.split(" ")[0]))?.bar as Candle
        assert.isAtMost(sum, bar.volume * 0.1 * 1e8)
        assert.strictEqual(sum % 10_000, 0)
      }
    },
    RUNS
  )

  it.prop("a reduce-only fill never turns or enlarges the position", [Steps], ([steps]) => {
    const exchange = made(account)
    const taken = play(exchange, turnsOf(steps))
    let position = 0
    for (const fill of fillsOf(exchange)) {
      const after = position + (fill.side === "buy" ? fill.amount : -fill.amount)
      if (taken.get(fill.intentId)?.reduceOnly === true) {
        assert.isBelow(Math.abs(after), Math.abs(position))
        assert.isTrue(after === 0 || Math.sign(after) === Math.sign(position))
      }
      position = after
    }
  }, RUNS)

  it.prop(
    "P-64: no fill is better than its bar allowed, no limit worse than its price",
    [Steps],
    ([steps]) => {
      const exchange = made(account)
      const turns = turnsOf(steps)
      const taken = play(exchange, turns)
      for (const entry of exchange.entries) {
        if (entry.report._tag !== "Filled") continue
        const { intentId, liquidity, price, side } = entry.report
        const bar = turns.find((turn) => turn.bar.openTime === entry.bar)?.bar as Candle
        const order = taken.get(intentId)
        assert.isTrue(side === "buy" ? price >= yen(bar.low) : price <= yen(bar.high))
        if (order?.type === "limit") {
          assert.isTrue(side === "buy" ? price <= (order.price ?? 0) : price >= (order.price ?? 0))
        }
        if (order?.type === "market") {
          assert.isTrue(
            side === "buy" ? price >= yen(bar.open) * 1.0005 - 1e-6 : price <= yen(bar.open) * 0.9995 + 1e-6
          )
          assert.strictEqual(entry.phase, "open")
        }
        if (order?.type !== "limit") assert.strictEqual(liquidity, "taker")
      }
    },
    RUNS
  )

  it.prop(
    "bars may be told twice, at once or all over again, and nothing happens twice",
    [Steps],
    ([steps]) => {
      const turns = turnsOf(steps)
      const once = made(account)
      const perBar: Array<ReadonlyArray<VenueReport>> = []
      play(once, turns, {
        each: (n) =>
          perBar.push(
            once.entries.filter((entry) => entry.bar === turns[n]?.bar.openTime && entry.phase !== "request")
              .map((entry) => entry.report)
          )
      })
      const twice = made(account)
      play(twice, turns, { twice: true })
      assert.deepStrictEqual(snapshotOf(twice), snapshotOf(once))
      const before = snapshotOf(once)
      turns.forEach((turn, n) =>
        assert.deepStrictEqual([...openBar(once, turn.bar), ...closeBar(once, turn.bar)], perBar[n])
      )
      assert.deepStrictEqual(snapshotOf(once), before)
    },
    RUNS
  )

  it.prop("a restart from a snapshot at any bar changes nothing that follows", [Steps], ([steps]) => {
    const turns = turnsOf(steps)
    const texts: Array<string> = []
    const straight = made(account)
    play(straight, turns, { each: () => texts.push(JSON.stringify(snapshotOf(straight))) })
    const cut = Math.floor(turns.length / 2)
    const text = texts[cut] as string
    const restored = restoreExchange(straight.options, JSON.parse(text) as ExchangeSnapshot)
    assert.strictEqual(JSON.stringify(snapshotOf(restored)), text)
    play(restored, turns, { from: cut + 1 })
    assert.strictEqual(JSON.stringify(snapshotOf(restored)), texts.at(-1))
  }, RUNS)
})

describe("the exchange", () => {
  it.prop("a snapshot does not change when the exchange does", [Steps], ([steps]) => {
    const turns = turnsOf(steps)
    const exchange = made("margin")
    const kept: Array<readonly [ExchangeSnapshot, string]> = []
    play(exchange, turns, {
      each: () => {
        const snapshot = snapshotOf(exchange)
        kept.push([snapshot, JSON.stringify(snapshot)])
      }
    })
    for (const [snapshot, text] of kept) assert.strictEqual(JSON.stringify(snapshot), text)
  }, { arbitrary: { runs: 40 } })

  it.prop(
    "a mirrored market gives mirrored fills in margin: sides exchanged, prices reflected, amounts equal",
    [Steps],
    ([steps]) => {
      // Slippage is a share of the price and money buys unlike amounts at unlike prices; without the first and far from the second all is exact.
      const rich = { account: "margin", participation: 0.1, capital: quote(yen(500_000_000)) } as const
      const straight = exchangeOf(rich)
      const mirrored = exchangeOf(rich)
      play(straight, turnsOf(steps))
      play(mirrored, turnsOf(steps, true))
      const told = (exchange: Exchange, reflect: boolean) =>
        exchange.entries.map(({ report }) => {
          if (report._tag === "InterestCharged") return [report._tag, report.at]
          if (report._tag === "Canceled") {
            return [report._tag, report.intentId, report.remaining, report.words]
          }
          const side = reflect ? (report.side === "buy" ? "sell" : "buy") : report.side
          const at = reflect ? yen(2 * CENTRE) - report.price : report.price
          return [report.intentId, side, report.amount, at, report.liquidity, report.complete]
        })
      assert.deepStrictEqual(told(mirrored, true), told(straight, false))
    },
    RUNS
  )

  it("a snapshot of another instrument or account is not restored", () => {
    const snapshot = snapshotOf(made("spot"))
    assert.throws(() => restoreExchange(made("margin").options, snapshot), /instrument and account/)
  })
})
