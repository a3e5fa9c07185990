/**
 * The tear sheet of any ledger.
 * In: ledgers by chance, ruined ones and empty ones too. Out: rows that can be printed and written to JSON.
 * "Never NaN, never infinite" is a promise of the contract.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { tearSheetOf } from "../../src/report/tearSheetOf.ts"
import { tearSheetText } from "../../src/report/text.ts"
import { CAPITAL, ledgerOf } from "./ledgers.ts"

const between = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

describe("tearSheetOf", () => {
  it.prop("every row is finite or says why not, and so is every line of text", {
    steps: Schema.Array(between(-50, 50)),
    results: Schema.Array(between(-100, 100)),
    repeats: between(1, 30),
    ruin: Schema.Boolean
  }, ({ repeats, results, ruin, steps }) => {
    let equity = CAPITAL
    const days = Array.from({ length: repeats }, () => steps).flat().map((step) => equity *= 1 + step / 1_000)
    if (ruin && days.length > 0) days[Math.floor(days.length / 2)] = -1
    const trades = Array.from({ length: repeats }, () => results).flat()
    const ledger = ledgerOf(days, trades, { holds: days.map((value) => CAPITAL + (value - CAPITAL) / 2) })
    const sheet = tearSheetOf(ledger)
    for (const { hold, id, note, value } of [...sheet.equity, ...sheet.trades]) {
      assert.isTrue(value === null ? note !== null : Number.isFinite(value), `${id}: ${value}, ${note}`)
      assert.isTrue(hold === null || Number.isFinite(hold), `${id} of hold: ${hold}`)
      assert.isFalse(Object.is(value, -0), id)
    }
    const text = tearSheetText(sheet, ledger).join("\n")
    assert.notMatch(text, /NaN|Infinity|undefined|null/)
  }, { arbitrary: { runs: 150, seed: 17 } })
})
