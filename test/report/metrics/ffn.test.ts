/**
 * The metrics against ffn's own expected values on real share prices, every recorded one.
 * In: golden/ffn-prices.csv and ffn-stats.json. Out: agreement to the three decimals that are printed.
 * Its year has 365.25 days; its max drawdown is negative.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { cagr } from "../../../src/report/metrics/cagr.ts"
import { maxDrawdown } from "../../../src/report/metrics/maxDrawdown.ts"
import { netReturn } from "../../../src/report/metrics/netProfit.ts"
import { referencePath } from "../../kit/reference.ts"

const prices = referencePath("golden/ffn-prices.csv")
const stats = referencePath("golden/ffn-stats.json")
const isAbsent = prices === undefined || stats === undefined

const SHARES = ["AAPL", "MSFT", "C"] as const
type Share = (typeof SHARES)[number]
type Expected = Readonly<Record<Share, number>>

interface Stats {
  readonly max_drawdown_first_10_rows: Expected
  readonly cagr_all_rows: Expected
  readonly cagr_AAPL_first_10_rows: number
  readonly total_return_first_11_rows: Expected
}

const lines = isAbsent ? [] : readFileSync(prices, "utf8").trim().split("\n").slice(1)
const rows = lines.map((line) => line.split(","))

/** Written `3/10/2004`: month, day, year. */
const days = rows.map(([date = ""]) => {
  const [month = 0, day = 0, year = 0] = date.split("/").map(Number)
  return Date.UTC(year, month - 1, day) / 86_400_000
})

const pricesOf = (share: Share): ReadonlyArray<number> =>
  rows.map((row) => Number(row[1 + SHARES.indexOf(share)]))

const growth = (share: Share, count: number): number => {
  const series = pricesOf(share).slice(0, count)
  return cagr(series[0]!, series.at(-1)!, (days[count - 1]! - days[0]!) / 365.25)
}

const table = (): ReadonlyArray<readonly [name: string, actual: number, expected: number]> => {
  if (isAbsent) return []
  const expected: Stats = JSON.parse(readFileSync(stats, "utf8"))
  return [
    ...SHARES.map((share) => {
      const series = pricesOf(share).slice(0, 10)
      const fall = -maxDrawdown(series, series[0]!)
      return [`max drawdown of ${share}`, fall, expected.max_drawdown_first_10_rows[share]] as const
    }),
    ...SHARES.map((share) =>
      [`CAGR of ${share}`, growth(share, rows.length), expected.cagr_all_rows[share]] as const
    ),
    ["CAGR of AAPL over ten rows", growth("AAPL", 10), expected.cagr_AAPL_first_10_rows],
    ...SHARES.map((share) => {
      const series = pricesOf(share)
      return [
        `total return of ${share}`,
        netReturn(series[0]!, series[10]!),
        expected.total_return_first_11_rows[share]
      ] as const
    })
  ]
}

describe.skipIf(isAbsent)("ffn (needs the reference data)", () => {
  it("every recorded value has its row, none is left out", () => {
    assert.strictEqual(table().length, 10)
  })

  it.each(table())("%s agrees", (_, actual, expected) => {
    assert.closeTo(actual, expected, 0.0005)
  })
})
