/**
 * What is said against a result, each doubt at its threshold.
 * In: ledgers that are sound but for one thing. Out: that doubt, with its figures, and no other.
 * A sound ledger has none: doubts that always speak are not read.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Ledger } from "../../src/report/Ledger.ts"
import { tearSheetOf } from "../../src/report/tearSheetOf.ts"
import { CAPITAL, DAY, FROM, ledgerOf, mixed, wavy } from "./ledgers.ts"

const doubts = (ledger: Ledger): ReadonlyArray<string> => tearSheetOf(ledger).suspicions.map(({ id }) => id)

const wordsOf = (ledger: Ledger, id: string): string =>
  tearSheetOf(ledger).suspicions.find((suspicion) => suspicion.id === id)?.words ?? `no ${id}`

/** Three years of a modest edge: nothing to object to. */
const steady = wavy(1_095, 0.004, 0.0064)
const sound = ledgerOf(steady, mixed(300))

const open = (result: number): Ledger["open"] => [
  { instrument: "binance:BTC/USDT", side: "long", entryTime: FROM, entryPrice: 100, amount: 1, result }
]

describe("suspicionsOf", () => {
  it("a sound result is not doubted", () => assert.deepStrictEqual(doubts(sound), []))

  it("too few trades: below thirty, and none at all", () => {
    assert.deepStrictEqual(doubts({ ...sound, trades: ledgerOf([], mixed(29)).trades }), ["tooFewTrades"])
    assert.notInclude(doubts({ ...sound, trades: ledgerOf([], mixed(30)).trades }), "tooFewTrades")
    assert.match(wordsOf(ledgerOf(steady, [1]), "tooFewTrades"), /^Only 1 trade was closed/)
    assert.match(wordsOf(ledgerOf(steady), "tooFewTrades"), /^Not one trade was closed/)
  })

  it("a short run: below ninety days", () => {
    assert.include(doubts(ledgerOf(wavy(89), mixed(60))), "shortPeriod")
    assert.notInclude(doubts(ledgerOf(wavy(90), mixed(60))), "shortPeriod")
    assert.match(wordsOf(ledgerOf(wavy(1), mixed(60)), "shortPeriod"), /covers 1 day;/)
    const cut = (to: number) => wordsOf({ ...ledgerOf(wavy(90), mixed(60)), to: FROM + to }, "shortPeriod")
    assert.match(cut(62.5 * DAY), /covers 62\.5 days;/)
    assert.match(cut(90 * DAY - 1), /covers 89\.9 days;/, "never the ninety that it is not")
    assert.match(cut(DAY / 24), /covers 1 h;/)
  })

  it("flat equity: idle on more than half of the days, or on all", () => {
    const idle = (share: number) =>
      ledgerOf(steady.map((_, day) => steady[Math.floor(day * share)]!), mixed(300))
    assert.include(doubts(idle(0.4)), "flatEquity")
    assert.notInclude(doubts(idle(0.6)), "flatEquity")
    assert.notInclude(
      doubts(ledgerOf([1, 1, 2, 2].map((step) => CAPITAL + step))),
      "flatEquity",
      "half is not most"
    )
    assert.match(
      wordsOf(ledgerOf(wavy(100, 0, 0)), "flatEquity"),
      /any of the 100 calendar days that the run touches: nothing was at risk/
    )
    assert.match(
      wordsOf(ledgerOf([CAPITAL]), "flatEquity"),
      /not move on the one calendar day that the run touches:/
    )
    assert.match(
      wordsOf(idle(0.4), "flatEquity"),
      /not move on \d+ of the 1,095 calendar days that the run touches:/
    )
  })

  it("a Sharpe ratio above three", () => {
    const good = ledgerOf(wavy(1_095, 0.004, 0.001), mixed(300))
    assert.deepStrictEqual(doubts(good), ["sharpeTooGood"])
    assert.match(wordsOf(good, "sharpeTooGood"), /A Sharpe ratio of \d+\.\d\d on daily returns is above 3/)
  })

  it("a Sharpe ratio that as many trials would have found by chance", () => {
    const tried = { ...sound, trials: 1_000_000 }
    assert.deepStrictEqual(doubts(tried), ["deflatedSharpe"])
    assert.match(wordsOf(tried, "deflatedSharpe"), /of 1,000,000 variants, below 95\.00 %: chance alone/)
    const weak = ledgerOf(wavy(1_095, 0.004, 0.008), mixed(300))
    assert.match(wordsOf(weak, "deflatedSharpe"), /for one variant,.*speaks for an edge\.$/)
    assert.match(wordsOf({ ...weak, trials: 2 }, "deflatedSharpe"), /for the best of 2 variants,/)
  })

  it("fewer than ten trades for each parameter", () => {
    assert.deepStrictEqual(doubts({ ...sound, parameterCount: 31 }), ["tooManyParameters"])
    assert.deepStrictEqual(doubts({ ...sound, parameterCount: 30 }), [])
    assert.match(
      wordsOf({ ...sound, parameterCount: 31 }, "tooManyParameters"),
      /asks for 310 trades.*there are 300/
    )
  })

  it("counts of one are written as one", () => {
    const one = (results: ReadonlyArray<number>, id: string, parameterCount = 2) =>
      wordsOf({ ...ledgerOf(steady, results), parameterCount }, id)
    assert.match(one([5], "tooManyParameters", 1), /^1 setting could have been .*, there is 1\.$/)
    assert.match(one([5, -4], "tooManyParameters"), /^2 settings could have been .*, there are 2\.$/)
    assert.match(one([5, -4], "oneTrade"), /the other 1 comes to -4\.00 USDT\.$/)
    assert.match(one([5], "winRateTooGood"), /^1 of 1 trade won and none lost/)
    assert.match(one([5], "tooFewTrades"), /^Only 1 trade was/)
  })

  it("one trade makes the profit: nothing is left without the best", () => {
    const losing = Array.from({ length: 60 }, (_, index) => index % 2 === 0 ? 100 : -101)
    const carried = ledgerOf(steady, [...losing, 40])
    assert.include(doubts(carried), "oneTrade")
    assert.match(wordsOf(carried, "oneTrade"), /without its 100\.00 USDT the other 60 come to -90\.00 USDT/)
    assert.include(doubts(ledgerOf(steady, [...losing, 65, 65])), "oneTrade", "nothing is left")
    assert.notInclude(doubts(ledgerOf(steady, [...losing, 65, 66])), "oneTrade", "something is left")
    assert.notInclude(doubts(ledgerOf(steady, losing)), "oneTrade", "no profit, nothing to explain")
    assert.include(doubts(ledgerOf(steady, [5, -4])), "oneTrade")
    assert.notInclude(doubts(ledgerOf(steady, [5])), "oneTrade", "one trade alone is too few anyway")
  })

  it("one month makes the profit", () => {
    const jump = wavy(1_095, 0.004, 0.0085).map((equity, day) => day < 400 ? equity : equity + 30_000)
    const carried = ledgerOf(jump, mixed(300))
    assert.include(doubts(carried), "oneMonth")
    assert.match(wordsOf(carried, "oneMonth"), /in one month, 2025-02: the other 35 come to -/)
    assert.notInclude(doubts(ledgerOf(wavy(40, 0.01, 0), mixed(60))), "oneMonth", "two months are too few")
  })

  it.each(
    [
      [[50, -20, -20], true],
      [[40, -20, -20], false],
      [[50, 20, -20], true],
      [[50, 20, -19], false],
      [[50, -20], false],
      [[-5, -5, -5], false]
    ] as const
  )("months of %j: carried by one is %s", (gains, isCarried) => {
    let equity = CAPITAL
    const days = gains.map((gain, month) => ({
      date: `2024-0${month + 1}-28`,
      end: FROM + (month + 1) * 30 * DAY,
      equity: equity += gain,
      hold: CAPITAL
    }))
    assert.strictEqual(doubts({ ...sound, days }).includes("oneMonth"), isCarried)
  })

  it("profit that is still open", () => {
    const profit = sound.equity - CAPITAL
    assert.deepStrictEqual(doubts({ ...sound, open: open(profit * 0.51) }), ["openProfit"])
    assert.deepStrictEqual(doubts({ ...sound, open: open(profit * 0.5) }), [])
    assert.notInclude(
      doubts({ ...sound, equity: CAPITAL, open: open(5) }),
      "openProfit",
      "there is no profit"
    )
  })

  it("costs above the edge", () => {
    const even = { ...sound, equity: CAPITAL - 1, hold: 0 }
    assert.include(doubts({ ...even, fees: 1, slippage: 1 }), "costsAboveEdge")
    assert.notInclude(doubts({ ...even, equity: CAPITAL, fees: 1, slippage: 1 }), "costsAboveEdge")
    assert.notInclude(
      doubts({ ...even, fees: 0.5, slippage: 0.5 }),
      "costsAboveEdge",
      "no edge to compare with"
    )
    assert.match(
      wordsOf({ ...even, fees: 1, slippage: 1 }, "costsAboveEdge"),
      /Costs of 2\.00 USDT.*the 1\.00 USDT earned/
    )
  })

  it("nearly all trades won and few losses were seen", () => {
    const of = (wins: number, losses: number) =>
      ledgerOf(steady, [
        ...Array.from({ length: wins }, () => 10),
        ...Array.from({ length: losses }, () => -1)
      ])
    assert.deepStrictEqual(doubts(of(90, 9)), ["winRateTooGood"])
    assert.deepStrictEqual(doubts(of(90, 10)), [])
    assert.deepStrictEqual(doubts(of(80, 9)), [])
    assert.notInclude(
      doubts(ledgerOf(steady, [...mixed(60).map(Math.abs), ...Array.from({ length: 60 }, () => 0)])),
      "winRateTooGood",
      "a zero is no win"
    )
    const nineInTen = [...Array.from({ length: 36 }, () => 10), 0, -1, -1, -1]
    assert.deepStrictEqual(doubts(ledgerOf(steady, nineInTen)), ["winRateTooGood"])
    assert.notInclude(doubts(ledgerOf(steady, [])), "winRateTooGood")
    assert.include(doubts(ledgerOf(steady, [1])), "winRateTooGood")
    assert.match(wordsOf(of(40, 0), "winRateTooGood"), /40 of 40 trades won and none lost/)
  })

  it("buying and holding would have been better", () => {
    assert.deepStrictEqual(doubts({ ...sound, hold: sound.equity + 1 }), ["losesToHold"])
    assert.deepStrictEqual(doubts({ ...sound, hold: sound.equity }), [])
    assert.strictEqual(
      wordsOf({ ...sound, equity: CAPITAL * 0.9, hold: CAPITAL * 1.2 }, "losesToHold"),
      "Buying and holding would have returned 20.00 %, the strategy returned -10.00 %."
    )
  })

  it("the deepest drawdown was not recovered, if it is worth the name", () => {
    const fall = {
      share: 0.5,
      amount: 1,
      peakAt: FROM + 95 * DAY,
      troughAt: FROM + 96 * DAY,
      recoveredAt: null
    }
    assert.deepStrictEqual(doubts({ ...sound, deepest: fall }), ["neverRecovered"])
    assert.match(
      wordsOf({ ...sound, deepest: fall }, "neverRecovered"),
      /50\.00 %, was never recovered: it has lasted 1,000 days/
    )
    assert.deepStrictEqual(doubts({ ...sound, deepest: { ...fall, recoveredAt: FROM + 97 * DAY } }), [])
    assert.deepStrictEqual(doubts({ ...sound, deepest: { ...fall, share: 0.05 } }), ["neverRecovered"])
    assert.deepStrictEqual(doubts({ ...sound, deepest: { ...fall, share: 0.049 } }), [])
    assert.notInclude(doubts(ledgerOf([...steady, steady.at(-1)! * 0.99], mixed(300))), "neverRecovered")
  })

  it("the words never contain a number that is none", () => {
    for (const ledger of [ledgerOf([]), ledgerOf([0, -5], [-CAPITAL]), ledgerOf([CAPITAL], [0, 0])]) {
      for (const { words } of tearSheetOf(ledger).suspicions) {
        assert.notMatch(words, /NaN|Infinity|N\/A|undefined/)
      }
    }
  })
})
