/**
 * docs/metrics.md against the code: the same rows, in the same order, with the same N/A rules.
 * In: the page's tables. Out: equality, row by row.
 * A page of formulas that lags behind is worse than none.
 */
import { assert, describe, it } from "@effect/vitest"
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { EQUITY_METRICS } from "../../src/report/sheet/equityMetrics.ts"
import { TRADE_METRICS } from "../../src/report/sheet/tradeMetrics.ts"
import * as suspicions from "../../src/report/suspicions.ts"

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const page = readFileSync(pathOf("../../docs/metrics.md"), "utf8")

/** Cells of the table under a heading, without its head. */
const tableOf = (heading: string): ReadonlyArray<ReadonlyArray<string>> => {
  const section = page.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? ""
  return section.split("\n").filter((line) => line.startsWith("| `")).map((line) =>
    line.split(" | ").map((cell) => cell.replace(/^\|\s*|\s*\|$/g, "").replaceAll("`", "").trim())
  )
}

const leading = (minDays: number, minTrades: number): string =>
  [
    minDays > 0 ? `< ${minDays} days` : "",
    minTrades > 0 ? `< ${minTrades} trade${minTrades === 1 ? "" : "s"}` : ""
  ].filter((rule) => rule !== "").join("; ")

describe("docs/metrics.md", () => {
  it("lists the rows of the sheet, with the labels that are printed", () => {
    const named = (metrics: ReadonlyArray<{ readonly id: string; readonly label: string }>) =>
      metrics.map(({ id, label }) => [id, label])
    assert.deepStrictEqual(tableOf("Equity").map((cells) => cells.slice(0, 2)), named(EQUITY_METRICS))
    assert.deepStrictEqual(tableOf("Trades").map((cells) => cells.slice(0, 2)), named(TRADE_METRICS))
  })

  it("states the minimum of days and trades of every row", () => {
    const rows = [...tableOf("Equity"), ...tableOf("Trades")]
    const rules = [
      ...EQUITY_METRICS.map(({ minDays, minTrades }) => leading(minDays, minTrades)),
      ...TRADE_METRICS.map(({ minTrades }) => leading(0, minTrades))
    ]
    rows.forEach((cells, index) => {
      assert.strictEqual(cells.length, 5, cells[0])
      const stated = (cells[3] ?? "").split("; ").filter((rule) => rule.startsWith("<")).join("; ")
      assert.strictEqual(stated, rules[index], cells[0])
      assert.notStrictEqual(cells[3], "", cells[0])
      assert.notStrictEqual(cells[2], "", cells[0])
    })
  })

  it("lists every doubt with its threshold", () => {
    const rows = new Map(tableOf("Read with care").map(([id = "", when = ""]) => [id, when]))
    assert.deepStrictEqual([...rows.keys()], suspicions.DOUBT_IDS)
    const threshold = (id: string, number: number) => assert.include(rows.get(id) ?? "", String(number), id)
    threshold("tooFewTrades", suspicions.FEW_TRADES)
    threshold("shortPeriod", suspicions.SHORT_DAYS)
    threshold("sharpeTooGood", suspicions.SHARPE_TOO_GOOD)
    threshold("deflatedSharpe", suspicions.DEFLATED_ENOUGH * 100)
    threshold("tooManyParameters", suspicions.TRADES_PER_PARAMETER)
    threshold("oneMonth", suspicions.FEWEST_MONTHS)
    threshold("winRateTooGood", suspicions.FEW_LOSSES)
    threshold("neverRecovered", suspicions.NOTABLE_FALL * 100)
  })

  it("every file that it names is there", () => {
    const links = [...page.matchAll(/\]\((\.\.[^)#]+)\)/g)].map((match) => match[1] ?? "")
    assert.isAbove(links.length, 0)
    assert.deepStrictEqual(links.filter((link) => !existsSync(pathOf(`../../docs/${link}`))), [])
  })
})
