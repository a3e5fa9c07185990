/**
 * Numbers and dates as text, whatever the number.
 * In: any integer, any instant. Out: text that leads back to it.
 * Dates are held against the language's own calendar.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { fixed, formatDate, formatInstant } from "../../src/report/format.ts"

describe("fixed", () => {
  it.prop("only commas are added: taking them away gives the number back", {
    value: Schema.Int.check(Schema.isBetween({ minimum: -1e14, maximum: 1e14 }))
  }, ({ value }) => {
    assert.strictEqual(Number(fixed(value, 0).replaceAll(",", "")), value)
    assert.match(fixed(value, 2), /^-?\d{1,3}(,\d{3})*\.\d{2}$/)
  }, { arbitrary: { runs: 200, seed: 5 } })
})

describe("formatDate", () => {
  const range = { minimum: Date.UTC(1, 0, 1), maximum: Date.UTC(9999, 11, 31) }

  it.prop("agrees with the language's calendar on any day of ten thousand years", {
    instant: Schema.Int.check(Schema.isBetween(range))
  }, ({ instant }) => {
    const iso = new Date(instant).toISOString()
    assert.strictEqual(formatDate(instant), iso.slice(0, 10))
    assert.strictEqual(formatInstant(instant), `${iso.slice(0, 16)}Z`)
  }, { arbitrary: { runs: 200, seed: 11 } })
})
