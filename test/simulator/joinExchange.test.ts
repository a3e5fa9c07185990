/**
 * Several markets of one account at the venue: one cash, each its own coins, orders and report numbers.
 * In: two exchanges that share a ledger, orders and bars. Out: refusals, fills, balances.
 * L-6: what one market was promised no other one spends.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { quote } from "../../src/domain/money.ts"
import type { VenueReport } from "../../src/domain/Order.ts"
import {
  accountOf,
  closeBar,
  joinExchange,
  openBar,
  reportsAfter,
  snapshotOf,
  submit
} from "../../src/simulator/Exchange.ts"
import type { Exchange } from "../../src/simulator/Exchange.ts"
import { ExchangeBroken } from "../../src/simulator/ledger.ts"
import {
  accept,
  BAR,
  bitbank,
  btc,
  candle,
  closeOf,
  exchangeOf,
  market,
  still,
  stop,
  wordsOf,
  yen
} from "./exchangeKit.ts"

const ether: Instrument = { ...bitbank, id: "bitbank:ETH/JPY", symbol: "ETH/JPY", base: "ETH" }
const inEther = { instrument: ether.id }

/** Two markets at ¥1,000,000 on ¥1,000,000, after the bar 0. */
const pair = (account: "spot" | "margin" = "spot", capital = 1_000_000): readonly [Exchange, Exchange] => {
  const first = exchangeOf({ account, capital: quote(yen(capital)) })
  const second = joinExchange(first, { ...first.options, instrument: ether })
  for (const exchange of [first, second]) walk(exchange, 0, 1_000_000)
  return [first, second]
}
const walk = (exchange: Exchange, n: number, at: number): ReadonlyArray<VenueReport> => {
  const opened = openBar(exchange, still(n, at))
  return [...opened, ...closeBar(exchange, still(n, at))]
}
const codeOf = (exchange: Exchange, order: Parameters<typeof submit>[1]): string => {
  const outcome = submit(exchange, order, closeOf(0))
  return outcome._tag === "Refused" ? outcome.code : outcome._tag
}

describe("joinExchange", () => {
  it("shares the cash, not the coins, and pays the capital in once", () => {
    const [first, second] = pair()
    accept(first, market("a#entry.1", "buy", 0.3), closeOf(0))
    accept(second, market("b#entry.1", "buy", 0.2, inEther), closeOf(0))
    walk(first, 1, 1_000_000)
    walk(second, 1, 1_000_000)
    const cash = yen(1_000_000 - 300_000 - 300 - 200_000 - 200)
    assert.deepStrictEqual([accountOf(first).quote, accountOf(second).quote], [cash, cash])
    assert.deepStrictEqual([accountOf(first).base, accountOf(second).base], [btc(0.3), btc(0.2)])
    const { fees, interest, market: sold, owner, trader } = first.ledger.quote
    assert.strictEqual(owner + trader + sold + fees + interest, 0)
    assert.strictEqual(owner, -yen(1_000_000))
  })

  it("numbers the reports and orders of each market apart", () => {
    const [first, second] = pair()
    const ids = [
      accept(first, market("a#entry.1", "buy", 0.1), closeOf(0)),
      accept(second, market("b#entry.1", "buy", 0.1, inEther), closeOf(0))
    ]
    const reports = [walk(first, 1, 1_000_000), walk(second, 1, 1_000_000)].flat()
    assert.deepStrictEqual(ids, ["S-1", "S-1"])
    assert.deepStrictEqual(reports.map(({ reportSeq }) => reportSeq), [1, 1])
    assert.strictEqual(reportsAfter(second, 0).length, 1)
  })

  it("is stored by nobody alone: half an account restores nothing", () => {
    for (const exchange of pair()) assert.throws(() => snapshotOf(exchange), ExchangeBroken)
  })

  it("knows every market of the account, also the third", () => {
    const [first, second] = pair()
    const third = joinExchange(second, { ...first.options, instrument: { ...ether, id: "bitbank:XRP/JPY" } })
    walk(third, 0, 1_000_000)
    accept(first, market("a#entry.1", "buy", 0.5), closeOf(0))
    accept(second, market("b#entry.1", "buy", 0.4, inEther), closeOf(0))
    const order = (amount: number) => market("c#entry.1", "buy", amount, { instrument: "bitbank:XRP/JPY" })
    assert.strictEqual(codeOf(third, order(0.1)), "InsufficientFunds")
    assert.strictEqual(codeOf(third, order(0.05)), "Accepted")
  })
})

describe("a spot account of two markets", () => {
  it("refuses a buy beyond what the other market's working orders leave", () => {
    const [first, second] = pair()
    accept(first, market("a#entry.1", "buy", 0.6), closeOf(0))
    assert.strictEqual(codeOf(second, market("b#entry.1", "buy", 0.4, inEther)), "InsufficientFunds")
    // 1,000,000 - 600,600 = 399,400; 0.399 costs 399,399.
    assert.strictEqual(codeOf(second, market("c#entry.1", "buy", 0.399, inEther)), "Accepted")
  })

  it("fills no order with money that was pledged to another market", () => {
    const [first, second] = pair()
    accept(first, market("a#entry.1", "buy", 0.5), closeOf(0))
    accept(second, market("b#entry.1", "buy", 0.499, inEther), closeOf(0))
    // The first opens a tenth dearer: of its 550,000 only what the second's 499,499 leave is there.
    const [fill, rest] = walk(first, 1, 1_100_000)
    assert.strictEqual(
      fill === undefined ? "" : wordsOf(fill),
      "a#entry.1 buy 0.4545 @ 1100000 fee 499.95 taker"
    )
    assert.strictEqual(rest?._tag, "Canceled")
    assert.deepStrictEqual(walk(second, 1, 1_000_000).map(wordsOf), [
      "b#entry.1 buy 0.499 @ 1000000 fee 499 taker done"
    ])
    assert.isAtLeast(accountOf(first).quote, 0)
  })

  it("sells coins of one market whatever the other holds, and only those it has", () => {
    const [first, second] = pair()
    accept(first, market("a#entry.1", "buy", 0.5), closeOf(0))
    walk(first, 1, 1_000_000)
    const sale = { leg: "exit", purpose: "exit", reduceOnly: true } as const
    assert.strictEqual(
      codeOf(second, market("b#exit.1", "sell", 0.5, { ...inEther, ...sale })),
      "NothingToReduce"
    )
    assert.strictEqual(codeOf(first, market("a#exit.1", "sell", 0.5, sale)), "Accepted")
  })
})

describe("a margin account of two markets", () => {
  it("carries positions of both together up to its equity, whichever side", () => {
    const [first, second] = pair("margin")
    accept(first, market("a#entry.1", "sell", 0.6), closeOf(0))
    assert.strictEqual(codeOf(second, market("b#entry.1", "buy", 0.4, inEther)), "InsufficientFunds")
    walk(first, 1, 1_000_000)
    walk(second, 1, 1_000_000)
    assert.strictEqual(codeOf(second, market("c#entry.1", "buy", 0.4, inEther)), "InsufficientFunds")
    assert.strictEqual(codeOf(second, market("d#entry.1", "buy", 0.398, inEther)), "Accepted")
  })

  it("counts what the other market has won and lost", () => {
    const room = (at: number): string => {
      const [first, second] = pair("margin")
      accept(first, market("a#entry.1", "buy", 0.5), closeOf(0))
      walk(first, 1, 1_000_000)
      walk(first, 2, at)
      walk(second, 1, 1_000_000)
      walk(second, 2, 1_000_000)
      return codeOf(second, market("b#entry.1", "sell", 0.45, inEther))
    }
    // Equity less what the first holds does not move with its price when it is long: 499,500 either way.
    assert.strictEqual(room(1_000_000), "Accepted")
    assert.strictEqual(room(1_900_000), "Accepted")
    const [first, second] = pair("margin")
    accept(first, market("a#entry.1", "sell", 0.3), closeOf(0))
    walk(first, 1, 1_000_000)
    walk(first, 2, 1_400_000)
    walk(second, 1, 1_000_000)
    // Short: 1,000,000 - 300 - 120,000 lost - 420,000 at work = 459,700.
    assert.strictEqual(codeOf(second, market("b#entry.1", "sell", 0.46, inEther)), "InsufficientFunds")
    assert.strictEqual(codeOf(second, market("c#entry.1", "sell", 0.459, inEther)), "Accepted")
  })

  it("charges each market's interest to the common cash", () => {
    const [first, second] = pair("margin")
    accept(first, market("a#entry.1", "buy", 0.3), closeOf(0))
    accept(second, market("b#entry.1", "sell", 0.2, inEther), closeOf(0))
    walk(first, 1, 1_000_000)
    walk(second, 1, 1_000_000)
    const before = accountOf(first).quote
    // Midnight in Tokyo is the open of bar 60.
    const [mine] = openBar(first, still(60, 1_000_000))
    const [theirs] = openBar(second, still(60, 1_000_000))
    assert.deepStrictEqual([mine, theirs].map((report) => report && wordsOf(report)), [
      "interest 120",
      "interest 80"
    ])
    assert.strictEqual(accountOf(second).quote, before - yen(200))
  })

  it("lets a stop of one market close it although the other has taken all that is free", () => {
    const [first, second] = pair("margin")
    accept(first, market("a#entry.1", "buy", 0.5), closeOf(0))
    walk(first, 1, 1_000_000)
    accept(first, stop("a#stop.1", "sell", 0.5, 900_000), closeOf(1))
    walk(second, 1, 1_000_000)
    accept(second, market("b#entry.1", "buy", 0.498, inEther), closeOf(1))
    walk(second, 2, 1_000_000)
    const crash = candle(2, [1_000_000, 1_000_000, 800_000, 850_000])
    openBar(first, crash)
    assert.deepStrictEqual(closeBar(first, crash).map(wordsOf), [
      "a#stop.1 sell 0.5 @ 900000 fee 450 taker done"
    ])
    assert.strictEqual(accountOf(first).base, 0)
  })

  it("is in the bar's own time: a bar of one market moves nothing in the other", () => {
    const [first, second] = pair("margin")
    accept(second, market("b#entry.1", "buy", 0.2, inEther), closeOf(0))
    walk(first, 1, 1_500_000)
    assert.deepStrictEqual([accountOf(second).lastReportSeq, second.openedAt], [0, closeOf(0) - BAR])
  })
})
