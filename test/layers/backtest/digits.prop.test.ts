/**
 * Digits that lose nothing: exact decimals of scaled money, 17 digits of any float.
 * In: random integers and random bits. Out: the same value read back.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { decimal } from "../../../layers/backtest/csv.ts"
import { significant } from "../../../layers/backtest/significant.ts"
import { toFloat } from "../../../src/domain/money.ts"

const whole = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

/** A scaled integer as decimal text, by its digits alone. */
const spelled = (scaled: number, scale: number): string => {
  const digits = String(Math.abs(scaled)).padStart(scale + 1, "0")
  const point = digits.length - scale
  const fraction = digits.slice(point).replace(/0+$/, "")
  const sign = scaled < 0 ? "-" : ""
  return fraction === "" ? `${sign}${digits.slice(0, point)}` : `${sign}${digits.slice(0, point)}.${fraction}`
}

const floatOf = (high: number, low: number): number => {
  const view = new DataView(new ArrayBuffer(8))
  view.setUint32(0, high)
  view.setUint32(4, low)
  return view.getFloat64(0)
}

describe("digits", () => {
  it.prop(
    "money below 2^52 units of its last digit is spelled exactly, at every scale in use",
    [whole(-(2 ** 52) + 1, 2 ** 52 - 1), Schema.Literals([0, 2, 4, 8])],
    ([scaled, scale]) => {
      assert.strictEqual(decimal(toFloat(scaled, scale), scale), spelled(scaled, scale))
    },
    { arbitrary: { runs: 200 } }
  )

  it.prop(
    "any finite float is read back bit for bit from at most 17 significant digits; what is not finite is empty",
    [whole(0, 4_294_967_295), whole(0, 4_294_967_295)],
    ([high, low]) => {
      const value = floatOf(high, low)
      const text = significant(value)
      if (!Number.isFinite(value)) return assert.strictEqual(text, "")
      assert.isTrue(Object.is(Number(text), value === 0 ? 0 : value), `${value} became ${text}`)
      assert.match(text, /^-?\d+(\.\d*[1-9])?(e[+-]\d+)?$/)
      const digits = text.replace(/e.*$/, "").replace(/^-?0*\.?0*|\D/g, "")
      assert.isAtMost(digits.length, 17)
    },
    { arbitrary: { runs: 200 } }
  )

  it("numbers as people know them", () => {
    const known: ReadonlyArray<readonly [number, string]> = [
      [42_488, "42488"],
      [0, "0"],
      [-0, "0"],
      [0.5, "0.5"],
      [42_419.73, "42419.730000000003"],
      [2 ** -30, "9.3132257461547852e-10"],
      [1e21, "1e+21"],
      [Number.NaN, ""],
      [Infinity, ""]
    ]
    for (const [value, text] of known) assert.strictEqual(significant(value), text)
  })
})
