/**
 * Numbers as text: grouping, signs, units, dates.
 * In: plain numbers. Out: the exact text, the same under any locale.
 * The table is what a person sees.
 */
import { assert, describe, it } from "@effect/vitest"
import {
  formatDate,
  formatDuration,
  formatNumber,
  formatShare,
  formatValue
} from "../../src/report/format.ts"

const HOUR = 3_600_000

describe("formatValue", () => {
  it.each(
    [
      [1_234.5, "quote", "1,234.50 USDT"],
      [-0.001, "quote", "0.00 USDT"],
      [-1_234_567.891, "quote", "-1,234,567.89 USDT"],
      [0.1234, "share", "12.34 %"],
      [-0.5, "share", "-50.00 %"],
      [0.000_012, "share", "0.0012 %"],
      [1.085_34, "number", "1.09"],
      [0, "number", "0.00"],
      [-0, "number", "0.00"],
      [0.004_2, "number", "0.0042"],
      [0.000_1, "number", "0.00010"],
      [-3e-9, "number", "> -0.0001"],
      [2.3e-28, "share", "< 0.0001 %"],
      [5e31, "number", "5.00e+31"],
      [1_234, "count", "1,234"],
      [2.5, "count", "2.5"],
      [26 * HOUR, "duration", "1 d 2 h"],
      [Date.UTC(2024, 1, 29, 23, 59, 59), "instant", "2024-02-29T23:59Z"]
    ] as const
  )("%d as %s is %s", (value, unit, text) => assert.strictEqual(formatValue(value, unit, "USDT", 2), text))

  it("a currency of whole units shows no decimals", () => {
    assert.strictEqual(formatValue(1_234.5, "quote", "JPY", 0), "1,235 JPY")
    assert.strictEqual(formatValue(1_234.5, "quote", "BTC", 8), "1,234.50000000 BTC")
    assert.strictEqual(formatValue(0, "quote", "JPY", 0), "0 JPY")
  })

  it("a small amount of such a currency shows two, since whole units would hide it", () => {
    assert.strictEqual(formatValue(-3.059, "quote", "JPY", 0), "-3.06 JPY")
    assert.strictEqual(formatValue(99.994, "quote", "JPY", 0), "99.99 JPY")
    assert.strictEqual(formatValue(100, "quote", "JPY", 0), "100 JPY")
    assert.strictEqual(formatValue(0.5, "quote", "BTC", 8), "0.50000000 BTC")
  })

  it("what is no number is N/A in every unit", () => {
    for (const unit of ["number", "share", "quote", "count", "duration", "instant"] as const) {
      for (const value of [null, Number.NaN, Infinity, -Infinity]) {
        assert.strictEqual(formatValue(value, unit, "USDT", 2), "N/A")
      }
    }
  })
})

describe("formatNumber", () => {
  it("never reads as zero unless it is zero", () => {
    assert.strictEqual(formatNumber(0.005), "0.01")
    assert.strictEqual(formatNumber(0.004_999), "0.0050")
    assert.strictEqual(formatShare(0.000_04), "0.0040 %")
  })
})

describe("formatDuration", () => {
  it.each(
    [
      [0, "0 s"],
      [250, "250 ms"],
      [45_000, "45 s"],
      [60_000, "1 min"],
      [90_000, "1 min 30 s"],
      [4 * HOUR + 15 * 60_000 + 59_000, "4 h 15 min"],
      [24 * HOUR, "1 d"],
      [24 * HOUR + 59 * 60_000, "1 d"],
      [1_234 * 24 * HOUR + 3 * HOUR, "1,234 d 3 h"],
      [-45_000, "-45 s"]
    ] as const
  )("%d ms is %s", (millis, text) => assert.strictEqual(formatDuration(millis), text))
})

describe("formatDate", () => {
  it.each(["1900-02-28", "1900-03-01", "1999-12-31", "2000-02-29", "2024-02-29", "2100-02-28", "2100-03-01"])(
    "knows the leap years around %s",
    (date) => assert.strictEqual(formatDate(Date.parse(date)), date)
  )
})
