/**
 * Monthly returns from days.
 * In: days of a ledger. Out: one return a month, each on what the month began with.
 * The months, compounded, must be the whole.
 */
import { assert, describe, it } from "@effect/vitest"
import { monthsOf } from "../../src/report/months.ts"
import { CAPITAL, ledgerOf, wavy } from "./ledgers.ts"

const day = (date: string, equity: number) => ({ date, equity, end: 0, hold: 0 })

describe("monthsOf", () => {
  it("the first month is measured from the capital, the next from the month before", () => {
    const days = [day("2023-12-30", 90), day("2023-12-31", 110), day("2024-01-01", 55), day("2024-02-01", 66)]
    const months = monthsOf(days, 100)
    assert.deepStrictEqual(months.map(({ month, year }) => [year, month]), [[2023, 12], [2024, 1], [2024, 2]])
    months.forEach(({ share }, index) => assert.closeTo(share, [0.1, -0.5, 0.2][index]!, 1e-12))
    assert.deepStrictEqual(months.map(({ gain }) => gain), [10, -55, 11])
  })

  it("compounded, the months are the whole run", () => {
    const equity = wavy(200)
    const months = monthsOf(ledgerOf(equity).days, CAPITAL)
    assert.strictEqual(months.length, 7)
    const total = months.reduce((value, { share }) => value * (1 + share), CAPITAL)
    assert.closeTo(total, equity.at(-1)!, 1e-6)
  })

  it("a month that began with nothing has no return", () => {
    assert.deepStrictEqual(monthsOf([day("2024-01-31", 0), day("2024-02-29", 5)], 100).length, 1)
    assert.deepStrictEqual(monthsOf([], 100), [])
    assert.strictEqual(monthsOf([day("2024-01-31", 1)], 0.5)[0]?.share, 1)
  })
})
