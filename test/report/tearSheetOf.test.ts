/**
 * The tear sheet: what it fixes, when it refuses, what stands beside it.
 * In: ledgers made for the purpose. Out: rows.
 * The N/A rules of the conventions, each at its boundary.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Ledger } from "../../src/report/Ledger.ts"
import { sharpe } from "../../src/report/metrics/sharpe.ts"
import { returnsFrom } from "../../src/report/series/returns.ts"
import type { MetricRow } from "../../src/report/TearSheet.ts"
import { tearSheetOf } from "../../src/report/tearSheetOf.ts"
import { CAPITAL, DAY, FROM, ledgerOf, mixed, tradeOf, wavy } from "./ledgers.ts"

const rowOf = (ledger: Ledger, id: string): MetricRow => {
  const { equity, trades } = tearSheetOf(ledger)
  const found = [...equity, ...trades].filter((row) => row.id === id)
  assert.strictEqual(found.length, 1, `one row ${id}`)
  return found[0]!
}

const valueOf = (ledger: Ledger, id: string): number => {
  const { note, value } = rowOf(ledger, id)
  assert.isNotNull(value, note ?? id)
  return value ?? Number.NaN
}

const year = ledgerOf(wavy(365), mixed(60), { holds: wavy(365, 0.006, 0.011) })

describe("tearSheetOf", () => {
  it("has every row of the two sets, each once", () => {
    const { equity, trades } = tearSheetOf(year)
    const ids = [...equity, ...trades].map(({ id }) => id)
    assert.strictEqual(new Set(ids).size, ids.length)
    const demanded =
      "totalTrades winRate profitFactor expectancy expectancyRatio averageWin averageLoss payoffRatio sqn " +
      "kellyFraction maxConsecutiveWins maxConsecutiveLosses averageDuration exposureTime turnover fees slippage netProfit " +
      "netReturn cagr volatility sharpe sortino calmar omega ulcerIndex valueAtRisk95 valueAtRisk99 expectedShortfall95 " +
      "maxDrawdown maxDrawdownAmount maxDrawdownStart maxDrawdownEnd maxDrawdownDuration averageDrawdown recoveryFactor " +
      "timeUnderWater marketChange alpha beta probabilisticSharpe deflatedSharpe parameterCount"
    assert.deepStrictEqual(demanded.split(" ").filter((id) => !ids.includes(id)), [])
  })

  it("a ratio is of daily returns with idle days, 365 a year, n - 1, against the capital on the first day", () => {
    const equity = [...wavy(20), ...Array.from({ length: 10 }, () => wavy(20).at(-1)!)]
    const returns = returnsFrom(CAPITAL, equity)
    assert.strictEqual(returns.length, 30)
    assert.strictEqual(
      valueOf(ledgerOf(equity, mixed(10)), "sharpe"),
      sharpe(returns, { periodsPerYear: 365, ddof: 1, riskFree: 0, annualisation: "arithmetic" })
    )
    const lossOfFirstDay = ledgerOf([CAPITAL * 0.9, CAPITAL * 0.95])
    assert.closeTo(valueOf(lossOfFirstDay, "maxDrawdown"), 0.1, 1e-12)
  })

  it("growth is by the elapsed time, not by the number of days written down", () => {
    const half = ledgerOf([CAPITAL * 1.1, ...wavy(19).map(() => CAPITAL * 1.1)], [], {
      to: FROM + 18.25 * DAY
    })
    assert.closeTo(valueOf(half, "cagr"), 1.1 ** 20 - 1, 1e-9)
  })

  it("both columns are one formula: the same equity has the same figures", () => {
    const equity = wavy(120)
    const twins = ledgerOf(equity, mixed(20), { holds: equity })
    for (const { hold, id, value } of tearSheetOf(twins).equity) {
      if (hold !== null) assert.strictEqual(hold, value, id)
    }
    assert.closeTo(valueOf(twins, "beta"), 1, 1e-12)
    assert.closeTo(valueOf(twins, "alpha"), 0, 1e-12)
    assert.strictEqual(rowOf(twins, "informationRatio").note, "moves exactly as buy-and-hold")
  })

  it("buy-and-hold makes no trades and was not chosen from variants", () => {
    const { equity, trades } = tearSheetOf(year)
    assert.isTrue(trades.every(({ hold }) => hold === null))
    const ownOnly = equity.filter(({ hold }) => hold === null).map(({ id }) => id)
    for (const id of ["marketChange", "deflatedSharpe", "alpha", "beta", "parameterCount", "trials"]) {
      assert.include(ownOnly, id)
    }
    assert.isNotNull(rowOf(year, "sharpe").hold)
  })

  it("the lowest ratio of ninety days is that of the worst quarter", () => {
    const good = wavy(100)
    const bad = wavy(100, 0.002, 0.009).map((equity) => equity / CAPITAL * good.at(-1)!)
    const both = ledgerOf([...good, ...bad], mixed(10))
    assert.isBelow(valueOf(both, "lowestQuarterSharpe"), 0)
    assert.closeTo(
      valueOf(ledgerOf(wavy(90), mixed(10)), "lowestQuarterSharpe"),
      valueOf(ledgerOf(wavy(90), mixed(10)), "sharpe"),
      1e-9
    )
  })

  it("more variants tried deflate the ratio", () => {
    assert.isBelow(valueOf({ ...year, trials: 1_000 }, "deflatedSharpe"), valueOf(year, "deflatedSharpe"))
  })
})

describe("N/A", () => {
  const judged = "sharpe sortino calmar omega probabilisticSharpe deflatedSharpe alpha beta informationRatio"
    .split(" ")

  it("nine trades judge no strategy, ten do; buy-and-hold needs none", () => {
    const nine = ledgerOf(wavy(60), mixed(9), { holds: wavy(60, 0.006, 0.011) })
    for (const id of judged) {
      assert.strictEqual(rowOf(nine, id).note, "needs 10 closed trades, there are 9", id)
    }
    for (
      const id of "winRate profitFactor expectancy expectancyRatio payoffRatio sqn kellyFraction".split(" ")
    ) {
      assert.strictEqual(rowOf(nine, id).note, "needs 10 closed trades, there are 9", id)
    }
    assert.isNotNull(rowOf(nine, "sharpe").hold)
    const ten = ledgerOf(wavy(60), mixed(10), { holds: wavy(60, 0.006, 0.011) })
    for (const id of [...judged, "winRate", "profitFactor", "sqn"]) assert.isNotNull(rowOf(ten, id).value, id)
  })

  it("less than fourteen elapsed days annualise nothing, for buy-and-hold neither", () => {
    const full = ledgerOf(wavy(14), mixed(14))
    assert.isNotNull(rowOf(full, "cagr").value)
    const short = { ...full, to: FROM + 14 * DAY - 60_000 }
    for (const id of ["cagr", "volatility", "sharpe", "ulcerIndex", "recoveryFactor"]) {
      const { hold, note } = rowOf(short, id)
      assert.strictEqual(note, "needs 14 days, there are 13.9", id)
      assert.isNull(hold, id)
    }
  })

  it("a tail of one in a hundred needs a hundred days", () => {
    assert.isNull(rowOf(ledgerOf(wavy(99)), "valueAtRisk99").value)
    assert.isNotNull(rowOf(ledgerOf(wavy(100)), "valueAtRisk99").value)
    assert.isNull(rowOf(ledgerOf(wavy(19)), "valueAtRisk95").value)
    assert.isNotNull(rowOf(ledgerOf(wavy(20)), "expectedShortfall95").value)
    assert.isNull(rowOf(ledgerOf(wavy(89), mixed(10)), "lowestQuarterSharpe").value)
    assert.isNotNull(rowOf(ledgerOf(wavy(90), mixed(10)), "lowestQuarterSharpe").value)
  })

  it("facts are never refused", () => {
    const one = ledgerOf([CAPITAL - 100], [-100])
    for (
      const id of "netProfit netReturn maxDrawdown maxDrawdownAmount totalTrades fees averageLoss worstTrade"
        .split(" ")
    ) {
      assert.isNotNull(rowOf(one, id).value, id)
    }
  })

  it("no loss is no profit factor, in words", () => {
    const wins = ledgerOf(wavy(30), mixed(20).map(Math.abs))
    assert.deepInclude(rowOf(wins, "profitFactor"), { value: null, note: "no trade lost" })
    assert.deepInclude(rowOf(wins, "payoffRatio"), { value: null, note: "needs wins and losses" })
  })

  it("equity that never moves has no ratio, in words", () => {
    const flat = ledgerOf(wavy(30, 0, 0), mixed(20))
    assert.deepInclude(rowOf(flat, "sharpe"), { value: null, note: "daily returns do not vary" })
    assert.deepInclude(rowOf(flat, "calmar"), { value: null, note: "equity never fell" })
    assert.deepInclude(rowOf(flat, "omega"), { value: null, note: "no day lost" })
    assert.deepInclude(rowOf(flat, "maxDrawdownEnd"), { value: null, note: "equity never fell" })
    assert.strictEqual(rowOf(flat, "recoveryFactor").note, "equity never fell")
    assert.strictEqual(rowOf(flat, "maxDrawdown").value, 0)
    assert.strictEqual(rowOf(flat, "maxDrawdownAmount").value, 0)
    assert.strictEqual(rowOf(flat, "maxDrawdownDuration").value, 0)
  })

  it("a loss of nothing is not printed as minus nothing", () => {
    assert.isTrue(Object.is(rowOf(ledgerOf(wavy(30, 0, 0)), "valueAtRisk95").value, 0))
  })

  it("equity that was lost is said to be lost", () => {
    const lost = ledgerOf([...wavy(15), 0, ...wavy(4).map(() => 5)], mixed(20))
    assert.strictEqual(rowOf(lost, "sharpe").note, "equity fell to zero or below")
    assert.strictEqual(rowOf(lost, "maxDrawdown").value, 1)
  })

  it("a run without days says so", () => {
    const none = ledgerOf([])
    assert.strictEqual(rowOf(none, "timeUnderWater").note, "no days")
    assert.strictEqual(rowOf(none, "exposureTime").note, "no bars")
    assert.strictEqual(rowOf(none, "cagr").note, "needs 14 days, there are 0")
    assert.strictEqual(rowOf(ledgerOf([CAPITAL], [5]), "winRate").note, "needs 10 closed trades, there is 1")
    assert.strictEqual(rowOf(none, "averageWin").note, "needs 1 closed trade, there is none")
  })
})

describe("caps", () => {
  it("a fortnight of luck is not printed as a million per cent a year", () => {
    const lucky = ledgerOf(wavy(14, 0.05, 0), mixed(14))
    const row = rowOf(lucky, "cagr")
    assert.strictEqual(row.value, 100)
    assert.match(row.note ?? "", /^cut from [\d,.e+]+ %, which 14 days cannot show$/)
    assert.isAtMost(valueOf(lucky, "sharpe"), 100)
  })

  it("a cut figure of buy-and-hold says whose it is", () => {
    const row = rowOf(ledgerOf(wavy(14), mixed(14), { holds: wavy(14, 0.05, 0) }), "cagr")
    assert.strictEqual(row.hold, 100)
    assert.match(row.note ?? "", /^buy and hold: cut from /)
    assert.isNotNull(row.value)
  })

  it("a ratio beyond belief is cut on either side", () => {
    const down = ledgerOf(wavy(30, -0.001, 0.001_001), mixed(20))
    assert.strictEqual(valueOf(down, "sharpe"), -100)
  })
})

describe("the deepest fall", () => {
  const deepest = {
    share: 0.3,
    amount: 31_000,
    peakAt: FROM + DAY / 2,
    troughAt: FROM + DAY,
    recoveredAt: FROM + 3 * DAY
  }

  it("is the one seen at any bar where that is deeper, with its dates", () => {
    const ledger = ledgerOf(wavy(30), mixed(20), { deepest })
    assert.strictEqual(valueOf(ledger, "maxDrawdown"), 0.3)
    assert.strictEqual(valueOf(ledger, "maxDrawdownAmount"), 31_000)
    assert.strictEqual(valueOf(ledger, "maxDrawdownStart"), deepest.peakAt)
    assert.strictEqual(valueOf(ledger, "maxDrawdownBottom"), deepest.troughAt)
    assert.strictEqual(valueOf(ledger, "maxDrawdownEnd"), deepest.recoveredAt)
    assert.strictEqual(valueOf(ledger, "maxDrawdownDuration"), 2.5 * DAY)
  })

  it("of buy-and-hold too, where the run has seen it", () => {
    assert.strictEqual(rowOf(ledgerOf(wavy(30), [], { holdDeepest: deepest }), "maxDrawdown").hold, 0.3)
    assert.strictEqual(rowOf(ledgerOf(wavy(30), [], { holdDeepest: null }), "maxDrawdown").hold, 0)
  })

  it("that is still open lasts until the end of the run and has no end", () => {
    const open = ledgerOf([CAPITAL, CAPITAL / 2, CAPITAL / 2], [], { to: FROM + 2.5 * DAY })
    assert.deepInclude(rowOf(open, "maxDrawdownEnd"), { value: null, note: "not recovered by the end" })
    assert.strictEqual(valueOf(open, "maxDrawdownDuration"), 1.5 * DAY)
    assert.strictEqual(valueOf(open, "longestUnderWater"), 1.5 * DAY)
  })
})

describe("trades", () => {
  it("a trade's share is of what its entry cost, whichever side", () => {
    const short = { ...tradeOf(500, 0), side: "short" as const, cost: 5_000 }
    const ledger = ledgerOf([CAPITAL], [], { trades: [short, tradeOf(-400, 1)] })
    assert.strictEqual(valueOf(ledger, "bestTrade"), 0.1)
    assert.strictEqual(valueOf(ledger, "worstTrade"), -0.04)
  })

  it("costs are fees, slippage and interest, as money and as a share of what was there to pay them", () => {
    const ledger = ledgerOf([CAPITAL + 50], [], { fees: 20, slippage: 20, interest: 10 })
    assert.strictEqual(valueOf(ledger, "costs"), 50)
    assert.strictEqual(valueOf(ledger, "costShare"), 0.5)
    assert.strictEqual(rowOf({ ...ledger, equity: CAPITAL - 50 }, "costShare").note, "no profit before costs")
  })
})
