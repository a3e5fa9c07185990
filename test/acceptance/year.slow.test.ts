/**
 * A year of a real market through the program itself: does it trade as often as it was designed to?
 * In: the reference file, when it is there. Out: closed trades a month and by strategy, from the journal by plain SQL.
 * A bar that is too narrow or a strategy that never wins a vote shows here and in no smaller test (decisions 29).
 */
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { plainRows } from "../kit/journalFile.ts"
import type { PlainRow } from "../kit/journalFile.ts"
import { referencePath } from "../kit/reference.ts"
import { scratch } from "../kit/scratch.ts"
import { journalUnder, startProgram } from "./program.ts"

const YEAR = referencePath("data/binance-btcusdt-15m-2024.csv.gz")
const STRATEGIES = ["ATRBased", "MochipoyAlert", "MultiTimeframe", "FibonacciRetracement"]
/** What rounding to a lot may leave behind: less is flat. */
const DUST = 10

interface Filled {
  readonly _tag: string
  readonly at: number
  readonly intentId: string
  readonly side: "buy" | "sell"
  readonly amount: number
}

/** Closed trades folded from fills alone: a position that returns to nothing, under the strategy that opened it. */
const closedTrades = (rows: ReadonlyArray<PlainRow>) => {
  const strategyOf = new Map<string, string>()
  const trades: Array<{ readonly month: string; readonly strategy: string }> = []
  let held = 0
  let opener = ""
  for (const row of rows) {
    if (row.kind === "OrderSending") {
      const { order } = JSON.parse(row.body) as {
        readonly order: { readonly intentId: string; readonly strategy: string }
      }
      strategyOf.set(order.intentId, order.strategy)
    }
    if (row.kind !== "VenueReported") continue
    const { report } = JSON.parse(row.body) as { readonly report: Filled }
    if (report._tag !== "Filled") continue
    if (held === 0) opener = strategyOf.get(report.intentId) ?? "unknown"
    held += report.side === "buy" ? report.amount : -report.amount
    if (Math.abs(held) > DUST) continue
    held = 0
    trades.push({ month: new Date(report.at).toISOString().slice(0, 7), strategy: opener })
  }
  return trades
}

const countBy = (values: ReadonlyArray<string>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

describe("a year of BTC/USDT at 15 minutes", () => {
  it.skipIf(YEAR === undefined)(
    "closes 50 to 150 trades in each month, and each strategy opens at least ten of them",
    { timeout: 300_000 },
    async () => {
      const folder = scratch({})
      const program = startProgram(folder, `trade --data ${YEAR} --speed max --home home --port 0 --json`)
      assert.strictEqual(await program.ended, 0, program.output().slice(-2_000))
      const trades = closedTrades(plainRows(journalUnder(join(folder, "home"))))
      const report = JSON.parse(program.output().trimEnd().split("\n").at(-1) ?? "") as {
        readonly kind: string
        readonly trades: { readonly count: number }
      }
      assert.deepStrictEqual([report.kind, report.trades.count], ["Report", trades.length])

      const months = countBy(trades.map(({ month }) => month))
      const strategies = countBy(trades.map(({ strategy }) => strategy))
      console.log([...months, ...strategies].map(([name, count]) => `${name} ${count}`).join("\n"))
      const lacking = STRATEGIES.filter((strategy) => (strategies.get(strategy) ?? 0) < 10)
      assert.deepStrictEqual(lacking, [])
      const odd = [...months].filter(([, count]) => count < 50 || count > 150)
      assert.deepStrictEqual(odd, [])
    }
  )
})
