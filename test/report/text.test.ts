/**
 * The tear sheet on a terminal.
 * In: sheets made by hand. Out: lines, aligned and wrapped.
 * What a person reads is shown whole once; the rest are rules.
 */
import { assert, describe, it } from "@effect/vitest"
import type { MetricRow, TearSheet } from "../../src/report/TearSheet.ts"
import { tearSheetText } from "../../src/report/text.ts"

const currency = { quote: "USDT", decimals: 2 }

const row = (label: string, others: Partial<MetricRow> = {}): MetricRow => ({
  id: label,
  label,
  unit: "number",
  value: 1,
  hold: null,
  note: null,
  ...others
})

const sheet: TearSheet = {
  equity: [
    row("Net profit", { unit: "quote", value: 1_234.5, hold: -10 }),
    row("Sharpe ratio", { value: null, hold: 1.5, note: "needs 14 days, there are 3" }),
    row("Sortino ratio", { value: null, note: "needs 14 days, there are 3" }),
    row("CAGR", { unit: "share", value: 100, note: "cut from 5,000.00 %" })
  ],
  trades: [row("Closed trades", { unit: "count", value: 3 }), row("Win rate", { unit: "share", value: 0.5 })],
  suspicions: [
    { id: "tooFewTrades", words: "Only 3 trades were closed; below 30 chance decides most of every figure." },
    { id: "losesToHold", words: "Short." }
  ]
}

describe("tearSheetText", () => {
  it("prints two columns, notes by number, doubts wrapped", () => {
    assert.deepStrictEqual(tearSheetText(sheet, currency, 60), [
      "Equity                            strategy      buy and hold",
      "  Net profit                 1,234.50 USDT       -10.00 USDT",
      "  Sharpe ratio                         N/A (1)          1.50",
      "  Sortino ratio                        N/A (1)             -",
      "  CAGR                         10,000.00 % (2)             -",
      "  (1) needs 14 days, there are 3",
      "  (2) cut from 5,000.00 %",
      "",
      "Trades                                              strategy",
      "  Closed trades                                            3",
      "  Win rate                                           50.00 %",
      "",
      "Read with care",
      "  - Only 3 trades were closed; below 30 chance decides most",
      "    of every figure.",
      "  - Short."
    ])
  })

  it("says that nothing was found when nothing was", () => {
    assert.match(
      tearSheetText({ ...sheet, suspicions: [] }, currency).join("\n"),
      /No check found a reason for doubt/
    )
  })

  it("keeps to the width, which is never below sixty nor the table above a hundred and twenty", () => {
    const widths = (width: number) => tearSheetText(sheet, currency, width).map((line) => line.length)
    assert.isAtMost(Math.max(...widths(100)), 100)
    assert.strictEqual(Math.max(...widths(100)), 100)
    assert.strictEqual(Math.max(...widths(20)), 60)
    assert.strictEqual(Math.max(...widths(500)), 120)
  })

  it("figures that need more room than the width keep their columns", () => {
    const wide: TearSheet = {
      ...sheet,
      equity: [
        row("A label that is much longer than the others are", { unit: "quote", value: 1e14, hold: 1e14 })
      ]
    }
    const [head = "", line = ""] = tearSheetText(wide, currency, 60)
    assert.strictEqual(head.length, line.length)
    assert.isAbove(line.length, 60)
  })
})
